#!/usr/bin/env node
// @ts-check
// Shows that `docker compose -f docker/compose.yaml up` gives a working system: an engine of its own, images built from this work
// tree, two media servers, agents with a seat and with audio, the death of a media server; then with an operator's settings a carrier, who
// is called and calls, and the relay. Needs root on Debian; leaves images for the next run in .nailup/docker (--clean removes them) and no process.

import { randomBytes } from 'node:crypto';
import { mkdirSync, createWriteStream } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { DEBIAN, ensureBaseImages } from './compose-proof/base-images.mjs';
import { ensureCompose, startEngine } from './compose-proof/engine.mjs';
import { holdNoSecret, holdsNoError } from './compose-proof/logs.mjs';
import { tellRelayStory } from './compose-proof/relay.mjs';
import { tellStory } from './compose-proof/story.mjs';
import { tellTelephoneStory } from './compose-proof/telephone.mjs';
import { Fault } from './sandbox/machine.mjs';

const { values } = parseArgs({ options: { clean: { type: 'boolean', default: false } } });
const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const home = join(root, '.nailup/docker');
mkdirSync(home, { recursive: true, mode: 0o700 });
const transcript = createWriteStream(join(home, 'proof.log'), { mode: 0o600 });

/** Ports of its own, so that it runs beside a sandbox; sandbox profile for the test tone that makes audio measurable. */
const settings = {
  NAILUP_PORT: '3050', MEDIA_1_WS_PORT: '18088', MEDIA_2_WS_PORT: '18188', MEDIA_1_RTP_START: '21000', MEDIA_1_RTP_END: '21029',
  MEDIA_2_RTP_START: '21100', MEDIA_2_RTP_END: '21129', NAILUP_CAPACITY: '5', NAILUP_PROFILE: 'sandbox', PROXY_PORT: '15060',
};
const servicesLog = join(home, 'services.log');
const project = 'nailup-proof';
const carrierPort = 5070;

const say = (/** @type {string} */ text) => process.stdout.write(`${text}\n`);
/** @type {(() => Promise<unknown>)[]} undone last first */
const undo = [];
let tidying = false;

/**
 * One fact with the time it took to come true.
 * @template T
 * @param {string} what
 * @param {() => Promise<T>} work its answer, when a text, is printed too
 * @returns {Promise<T>}
 */
async function shown(what, work) {
  const start = performance.now();
  const answer = await work();
  const seconds = ((performance.now() - start) / 1000).toFixed(1).padStart(6);
  say(`${seconds} s  ${what}${typeof answer === 'string' && answer ? `: ${answer}` : ''}`);
  return answer;
}

async function tidy() {
  if (tidying) return;
  tidying = true;
  for (const step of undo.reverse()) await step().catch((error) => say(String(error)));
}

async function prove() {
  const log = (/** @type {string} */ text) => say(`          ${text}`);
  const engine = await shown('a Docker engine', () => startEngine({ home, log, onCommandOutput: (text) => transcript.write(text) }));
  undo.push(() => shown('the engine is stopped', () => engine.stop()));
  log(`storage ${engine.storageDriver}`);
  await shown('base images', () => ensureBaseImages(engine, log));
  await shown('Compose', () => ensureCompose(engine, DEBIAN, log));
  /** @param {Record<string, string>} env @returns {import('./compose-proof/system.mjs').Compose} with the relay when it has a secret */
  const composeWith = (env) => (args) => engine.docker(
    ['compose', '-p', project, '-f', join(root, 'docker/compose.yaml'), ...(env.TURN_SECRET ? ['--profile', 'turn'] : []), ...args], { env },
  );
  const compose = composeWith(settings);
  const everything = composeWith({ ...settings, TURN_SECRET: randomBytes(32).toString('hex') });

  await shown('images built from this work tree', async () => { await everything(['build']); });
  // What the same names meant in an earlier run.
  await engine.docker(['image', 'prune', '--force']);
  await engine.docker(['builder', 'prune', '--force', '--keep-storage', '2gb']);
  undo.push(() => shown('all of it is away again (down --volumes)', async () => {
    await writeFile(servicesLog, await everything(['logs', '--no-color']), { mode: 0o600 });
    await everything(['down', '--volumes', '--timeout', '10']);
  }));
  await shown('up', async () => { await compose(['up', '-d']); });
  const password = await tellStory({ engine, compose, url: `http://127.0.0.1:${settings.NAILUP_PORT}`, root, log, shown, undo });

  // An address of this machine that containers reach as they would an operator's public one.
  const address = (await engine.docker(['network', 'inspect', '--format', '{{(index .IPAM.Config 0).Gateway}}', `${project}_public`], { quiet: true })).trim();
  const withCarrier = {
    ...settings, NAILUP_LISTEN: address, NAILUP_HOST: address, NAILUP_PUBLIC_ADDRESS: address, CARRIER_URI: `sip:${address}:${carrierPort}`, CARRIERS: address,
  };
  const url = `http://${address}:${settings.NAILUP_PORT}`;
  await shown(`up again with an operator's settings: address ${address}, a carrier there`, async () => { await composeWith(withCarrier)(['up', '-d']); });
  const recording = await tellTelephoneStory({
    compose: composeWith(withCarrier), url, address, proxyPort: Number(settings.PROXY_PORT), carrierPort, password, root, home, log, shown, undo,
  });

  const withRelay = { ...withCarrier, TURN_SECRET: randomBytes(32).toString('hex'), TURN_PORT: '13478', TURN_URLS: `turn:${address}:13478?transport=udp` };
  await shown('up again with --profile turn', async () => { await composeWith(withRelay)(['up', '-d']); });
  await tellRelayStory({ engine, compose: composeWith(withRelay), url, address, password, recording, port: Number(withRelay.TURN_PORT), root, log, shown });
  await shown('the logs of proxy and relay hold no error', async () => {
    // Its only manager was made anew a moment ago; and the story asked for an address that must be refused.
    await holdsNoError(composeWith(withRelay), 'proxy', /manager 0 gives no list of media servers/);
    await holdsNoError(composeWith(withRelay), 'turn', /A peer IP [0-9.]+ denied/);
  });
  await shown('no log holds a secret', () => holdNoSecret(composeWith(withRelay), withRelay.TURN_SECRET));
}

for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) {
  process.once(signal, () => { tidy().finally(() => process.exit(1)); });
}
const start = performance.now();
try {
  await prove();
  await tidy();
  if (values.clean) await rm(home, { recursive: true, force: true });
  say(`The composed system works. ${((performance.now() - start) / 1000).toFixed(0)} s in all.`);
} catch (error) {
  say(tidying ? 'Stopped before the end.' : `FAILED: ${error instanceof Fault ? error.message : error instanceof Error ? error.stack : error}`);
  say(`What the commands wrote: ${join(home, 'proof.log')}; what the services wrote: ${servicesLog}`);
  process.exitCode = 1;
  await tidy();
}
