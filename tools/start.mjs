#!/usr/bin/env node
// @ts-check
// `npm start`: the whole system on this machine, from nothing. Only Node's own modules are imported: at the first start there are no others.

import { lookup } from 'node:dns/promises';
import { readFileSync } from 'node:fs';
import { rename, rm, writeFile } from 'node:fs/promises';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { certificateFor, lendCertificate } from './certificate.mjs';
import { demand, examine, report } from './doctor.mjs';
import { managerCommand, proxyKey, proxySecret, secretKey, startManager, waitForHealth } from './manager.mjs';
import { relayOf } from './relay.mjs';
import { createSandbox } from './sandbox/index.mjs';
import { Fault } from './sandbox/machine.mjs';
import { secretFile } from './sandbox/mysql.mjs';
import { MEDIA_SERVERS, USAGE, readSettings } from './settings.mjs';
import { duration, giveUp, say, step } from './steps.mjs';
import { build, buildLacks, dependenciesLack, installDependencies } from './workspace.mjs';

/** @typedef {import('./settings.mjs').Settings} Settings */

/** Resolves when somebody wants us to end: Ctrl+C, kill, or the death of the npm that started us. */
const asked = new Promise((resolve) => {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => resolve(signal));
  const family = elders();
  if (process.env.npm_lifecycle_event) setInterval(() => { if (elders() !== family) resolve('npm ended'); }, 1000).unref();
});

/** Our parent and its parent: npm starts us through a shell, and the shell outlives npm. */
function elders() {
  try {
    return `${process.ppid} ${/^PPid:\s*(\d+)/m.exec(readFileSync(`/proc/${process.ppid}/status`, 'utf8'))?.[1]}`;
  } catch {
    return String(process.ppid);
  }
}

/** Thrown between two steps when somebody asked us to end meanwhile. */
class Interrupted extends Error {}

/**
 * A step that gives way to Ctrl+C; what it started is stopped by the caller.
 * @template T
 * @param {string} title
 * @param {(progress: (text: string) => void) => Promise<T>} work
 * @returns {Promise<T>}
 */
const interruptible = (title, work) => step(title, (progress) => Promise.race([
  work(progress),
  asked.then(() => { throw new Interrupted(); }),
]));

/** @param {Settings} settings */
async function start(settings) {
  const began = performance.now();
  say('Nailup\n');
  await demand(settings);
  if (await dependenciesLack()) await interruptible('Installing dependencies', installDependencies);
  if (await buildLacks()) await interruptible('Building', build);

  const box = await interruptible('Preparing the sandbox', (progress) => createSandbox({ name: 'demo', stateDir: settings.stateDir, octet: 0, log: progress }));
  /** @type {{ stop(): Promise<void> } | undefined} */
  let manager;
  const factsFile = join(settings.stateDir, 'sandbox.json');
  try {
    const mysql = await interruptible('Starting MySQL', () => box.mysql({ port: settings.mysqlPort }));
    const relay = await relayOf(settings);
    const { env, url, internalUrl, certificate } = await surroundings(settings, box.rootfs, mysql.url, relay?.env);
    const { host, port } = settings.proxy;
    await interruptible('Bringing the database up to date', () => managerCommand(['migrate'], env));
    const { running, token, apiKey } = await interruptible('Starting the manager, with the demo accounts', async () => {
      const [started, , enrolment, key] = await Promise.all([
        startManager({ env, url: internalUrl, ca: certificate?.pem, logFile: join(settings.stateDir, 'log/manager.log') }),
        managerCommand(['seed-demo'], env),
        managerCommand(['enrolment-token', '--uses', String(MEDIA_SERVERS.length), '--name', 'npm start'], env),
        proxyKey(settings.stateDir, env),
      ]);
      return { running: started, token: enrolment.token, apiKey: key };
    });
    manager = running;
    const pstn = await interruptible('Starting the telephone network of the demo', () => box.pstn({ ...settings.pstn, proxy: `${host}:${port}` }));
    const proxy = await interruptible('Starting the SIP proxy', () => box.proxy({
      ...settings.proxy, managers: [internalUrl], apiKey, secret: env.PROXY_SECRET, carrier: pstn.sipUri, managerCa: certificate?.certificate,
    }));
    const servers = await interruptible('Starting and enrolling the media servers', () => (
      Promise.all(MEDIA_SERVERS.map(async (name, index) => {
        if (certificate) await lendCertificate(certificate, join(settings.stateDir, name));
        return box.mediaServer({
          name, index: index + 1, managers: [internalUrl], enrolmentToken: String(token),
          env: { NAILUP_SIP_PROXY: proxy.address, ...(certificate ? await publicVariables(settings, index) : {}), ...settings.mediaServers[index] },
        });
      }))
    ));
    if (relay) await interruptible('Starting the relay', () => box.turn(relay.options));
    await interruptible('Waiting until the manager has read the media servers', () => waitForHealth({
      url: internalUrl, ca: certificate?.pem, password: env.NAILUP_DEMO_PASSWORD, names: servers.map(({ name }) => name),
    }));
    await interruptible('Waiting until the SIP proxy knows the media servers', () => proxy.knows(servers.map(({ sipUri }) => sipUri.replace(/^sip:/, ''))));
    const facts = { name: 'demo', octet: 0, pid: process.pid, url, versions: box.versions, mysql, mediaServers: servers, pstn, proxy };
    await writeFile(`${factsFile}.new`, JSON.stringify(facts, null, 2), { mode: 0o600 });
    await rename(`${factsFile}.new`, factsFile);
    welcome(settings, url, env.NAILUP_DEMO_PASSWORD, performance.now() - began, relay !== undefined);
    const reason = await Promise.race([asked, running.ended.then((how) => new Fault(`The manager ended by itself (${how}): see ${settings.stateDir}/log/manager.log.`))]);
    if (reason instanceof Fault) throw reason;
  } finally {
    await rm(factsFile, { force: true });
    await step('Stopping', async () => {
      await manager?.stop();
      await box.stop();
    });
  }
}

/**
 * The environment of the manager and the addresses it is reached at.
 * @param {Settings} settings
 * @param {string} rootfs
 * @param {string} databaseUrl
 * @param {Record<string, string>} [relayEnv]
 */
async function surroundings(settings, rootfs, databaseUrl, relayEnv) {
  const { publicName, port, listen, stateDir, logLevel } = settings;
  const certificate = publicName ? await certificateFor({ name: publicName, stateDir, rootfs }) : undefined;
  const scheme = certificate ? 'https' : 'http';
  const inside = listen === '0.0.0.0' ? '127.0.0.1' : listen;
  const internalUrl = `${scheme}://${inside}:${port}`;
  if (settings.password) await writeFile(join(stateDir, 'demo-password'), settings.password, { mode: 0o600 });
  const env = {
    HOST: listen,
    PORT: String(port),
    MANAGER_NAME: 'manager-1',
    // There is no other manager to go to.
    DRAIN_SECONDS: '0',
    MANAGER_URLS: internalUrl,
    DATABASE_URL: databaseUrl,
    NAILUP_SECRET_KEY: await secretKey(stateDir),
    PROXY_SECRET: await proxySecret(stateDir),
    RECORDINGS_DIRECTORY: join(stateDir, 'recordings'),
    NAILUP_DEMO_PASSWORD: await secretFile(join(stateDir, 'demo-password')),
    LOG_LEVEL: logLevel,
    ...relayEnv,
    ...(certificate ? { TLS_CERT: certificate.certificate, TLS_KEY: certificate.key } : {}),
  };
  return { env, certificate, internalUrl, url: `${scheme}://${publicName ?? (inside === '127.0.0.1' ? 'localhost' : inside)}:${port}` };
}

/**
 * What a media server needs to be reached by other machines: the public name, WSS, and media on an address of this machine.
 * Both share that address, so their ports differ; AMI and the SIP side stay on loopback.
 * @param {Settings} settings
 * @param {number} index from 0
 * @returns {Promise<Record<string, string>>}
 */
async function publicVariables(settings, index) {
  const name = /** @type {string} */ (settings.publicName);
  const { address } = await lookup(name, { family: 4 }).catch(() => {
    throw new Fault(`The name ${name} has no IPv4 address: give one that other machines resolve, or this machine's address itself.`);
  });
  const own = Object.values(networkInterfaces()).some((list) => list?.some((entry) => entry.address === address && !entry.internal));
  return {
    NAILUP_HOST: name,
    NAILUP_WS_PORT: String(8089 + 100 * index),
    NAILUP_TLS_CERT: '/var/lib/asterisk/tls/server.crt',
    NAILUP_TLS_KEY: '/var/lib/asterisk/tls/server.key',
    NAILUP_MANAGER_CA: '/var/lib/asterisk/tls/server.crt',
    // Debian's hosts file leads a machine's own name to loopback: then listen everywhere and offer every address for media.
    // A name that leads to a router in front of this machine: listen everywhere and offer the router's address.
    NAILUP_BIND: own ? address : '0.0.0.0',
    ...(own || address.startsWith('127.') ? {} : { NAILUP_PUBLIC_ADDRESS: address }),
  };
}

/** @param {Settings} settings @param {string} url @param {string} password @param {number} took @param {boolean} relayed */
function welcome(settings, url, password, took, relayed) {
  say(`
Nailup is up after ${duration(took)}.

  Softphone      ${url}/softphone/     agent1 ... agent8
  Admin console  ${url}/admin/         admin, supervisor
  API            ${url}/api/v1         described at ${url}/api/docs
  Password       ${password}           the same for all of these demo accounts

  Call in        node tools/sandbox.mjs call --name demo --to +15550200   the queue "Support"; +15550201 is agent1
  Look inside    node tools/sandbox.mjs cli --name demo --server media-1 "confbridge list"
  Logs           ${join(settings.stateDir, 'log')}
  Stop           Ctrl+C`);
  if (!relayed) say('\n  No relay: the name leads to a router before this machine. Agents whose network lets no UDP through need one (docker/coturn/).');
  if (settings.publicName) say('\n  The certificate is self-signed: let the browser accept it once; Firefox asks per port, so open the media servers\' ports 8089 and 8189 too.');
  say('');
}

try {
  const settings = readSettings(process.argv.slice(2), process.env);
  if (settings.task === 'help') say(USAGE);
  else if (settings.task === 'check') process.exitCode = report(await examine(settings));
  else await start(settings);
} catch (error) {
  if (!(error instanceof Interrupted)) giveUp(error);
}
// A step that was left behind by Ctrl+C may still hold the process.
process.exit();
