// @ts-check
// The manifests of docker/kubernetes against the schema of Kubernetes, and against each other.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { parse, parseAllDocuments } from 'yaml';
import { REPOSITORY } from './sandbox/index.mjs';

const folder = join(REPOSITORY, 'docker', 'kubernetes');
const read = (/** @type {string} */ file) => readFileSync(join(folder, file), 'utf8');
const kustomization = parse(read('kustomization.yaml'));
/** @type {any[]} */
const resources = kustomization.resources.flatMap((/** @type {string} */ file) =>
  parseAllDocuments(read(file)).map((document) => {
    assert.deepEqual(document.errors.map(String), [], file);
    return document.toJS();
  }),
);
const of = (/** @type {string} */ kind) => {
  const found = resources.find((one) => one.kind === kind);
  assert.ok(found, `no ${kind}`);
  return found;
};
const pod = of('Deployment').spec.template;
const manager = pod.spec.containers[0];

/** The class of a kind, as `apps/v1` and `Deployment` name it. @param {{apiVersion: string, kind: string}} resource */
async function modelOf({ apiVersion, kind }) {
  /** @type {Record<string, new (resource: object) => {validate(): void}>} */
  const group = await import(`kubernetes-models/${apiVersion}`);
  const model = group[kind];
  assert.ok(model, `Kubernetes knows no ${kind} in ${apiVersion}`);
  return model;
}

for (const resource of resources) {
  test(`an operator's cluster takes the ${resource.kind} ${resource.metadata.name}`, async () => {
    const Model = await modelOf(resource);
    new Model(resource).validate();
  });
}

test('the schema refuses what is misspelt, so that the tests above can fail', async () => {
  const Model = await modelOf(of('Deployment'));
  const broken = structuredClone(of('Deployment'));
  broken.spec.template.spec.containers[0].ports[0].containerPort = 'http';
  assert.throws(() => new Model(broken).validate());
});

test('whatever is named exists: labels, ports, settings, secrets, volumes', () => {
  const labels = pod.metadata.labels;
  const ports = manager.ports.map((/** @type {{name: string}} */ { name }) => name);
  for (const chosen of [of('Deployment').spec.selector.matchLabels, of('Service').spec.selector, of('PodDisruptionBudget').spec.selector.matchLabels, of('NetworkPolicy').spec.podSelector.matchLabels]) {
    assert.deepEqual(chosen, labels);
  }
  assert.equal(of('HorizontalPodAutoscaler').spec.scaleTargetRef.name, of('Deployment').metadata.name);
  for (const { targetPort } of of('Service').spec.ports) assert.ok(ports.includes(targetPort));
  for (const probe of ['startupProbe', 'livenessProbe', 'readinessProbe']) assert.ok(ports.includes(manager[probe].httpGet.port), probe);
  const service = of('Ingress').spec.rules[0].http.paths[0].backend.service;
  assert.equal(service.name, of('Service').metadata.name);
  assert.ok(of('Service').spec.ports.some((/** @type {{name: string}} */ { name }) => name === service.port.name));
  const made = [...kustomization.configMapGenerator, ...kustomization.secretGenerator].map((/** @type {{name: string}} */ { name }) => name);
  for (const { envFrom } of [manager, ...pod.spec.initContainers]) for (const { configMapRef } of envFrom) assert.ok(made.includes(configMapRef.name));
  const volumes = pod.spec.volumes.map((/** @type {{name: string}} */ { name }) => name);
  for (const { volumeMounts } of [manager, ...pod.spec.initContainers]) for (const { name } of volumeMounts) assert.ok(volumes.includes(name), name);
  assert.ok(made.includes(pod.spec.volumes.find((/** @type {any} */ volume) => volume.secret).secret.secretName));
  assert.equal(of('PersistentVolumeClaim').metadata.name, pod.spec.volumes.find((/** @type {any} */ volume) => volume.persistentVolumeClaim).persistentVolumeClaim.claimName);
  assert.deepEqual(of('PersistentVolumeClaim').spec.accessModes, ['ReadWriteMany']);
});

test('every secret a manager reads is one the operator is asked for, and none lies in a manifest', () => {
  const files = kustomization.secretGenerator[0].files.map((/** @type {string} */ file) => file.replace(/^secrets\//, ''));
  for (const { name, value } of manager.env) if (name.endsWith('_FILE')) assert.ok(files.includes(value.split('/').at(-1)), name);
  const entrypoint = readFileSync(join(REPOSITORY, 'docker', 'manager', 'entrypoint.sh'), 'utf8');
  for (const { name } of manager.env) if (name.endsWith('_FILE')) assert.match(entrypoint, new RegExp(`from_file ${name.replace('_FILE', '')}$`, 'm'));
  for (const line of read('settings.env').split('\n')) assert.doesNotMatch(line, /^\w*(SECRET|PASSWORD|KEY)\w*=/);
  assert.equal(resources.some(({ kind }) => kind === 'Secret'), false);
});

test('a rollout keeps every manager that is needed: none goes before another is ready, and each has the time its shutdown takes', () => {
  const { spec } = of('Deployment');
  assert.equal(spec.strategy.rollingUpdate.maxUnavailable, 0);
  assert.ok(pod.spec.terminationGracePeriodSeconds > 30);
  assert.ok(of('PodDisruptionBudget').spec.minAvailable < of('HorizontalPodAutoscaler').spec.minReplicas);
  assert.equal(spec.replicas, undefined);
  assert.equal(manager.livenessProbe.httpGet.path, '/health/live');
  assert.equal(manager.readinessProbe.httpGet.path, '/health/ready');
});
