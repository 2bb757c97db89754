// @ts-check
// What every test of the proxy needs: a sandbox with Kamailio, and managers that answer as they are told.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { certificateFor } from '../certificate.mjs';
import { REPOSITORY, STATE_HOME, createSandbox } from '../sandbox/index.mjs';
import { until } from '../sandbox/machine.mjs';
import { SECRET, openPeer } from './peer.mjs';

const KEY = 'nk_key-of-the-proxy';
/** @param {string} name */
export const scenario = (name) => join(REPOSITORY, 'e2e/sipp', `${name}.xml`);

/** @typedef {Awaited<ReturnType<typeof openManager>>} Manager */
/** @typedef {Awaited<ReturnType<typeof openStage>>} Stage */

/** @param {string} host @param {number} port @param {import('../certificate.mjs').Certificate} [certificate] */
async function openManager(host, port, certificate) {
  const stub = join(dirname(fileURLToPath(import.meta.url)), 'stub-manager.mjs');
  // It dies with this process, also by kill -9.
  const child = spawn('setpriv', ['--pdeathsig', 'KILL', '--', process.execPath, stub, host, String(port), KEY, ...(certificate ? [certificate.certificate, certificate.key] : [])], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [first] = await Promise.race([once(/** @type {import('node:stream').Readable} */ (child.stdout), 'data'), once(child, 'exit')]);
  assert.match(String(first), /listening/);
  const url = `http://${host}:${certificate ? port + 1 : port}`;
  return {
    url: certificate ? `https://${host}:${port}` : url,
    /** @param {{ servers?: string[], route?: { status?: number, target?: string, delayMs?: number, drip?: boolean } }} words */
    say: (words) => fetch(`${url}/told`, { method: 'PUT', body: JSON.stringify(words) }),
    /** @returns {Promise<{ to: string, from: string, callId: string, givenUp: boolean }[]>} */
    asked: async () => (await fetch(`${url}/told`)).json(),
    freeze: () => child.kill('SIGSTOP'),
    thaw: () => child.kill('SIGCONT'),
    async close() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill('SIGKILL');
      await once(child, 'exit');
    },
  };
}

/**
 * @param {string} name
 * @param {number} octet
 * @param {{ managers?: number, carrier?: number, tls?: boolean }} [options] `carrier`: who is called, .120 when not given; .100, .120 and
 *   .121 may bring callers; `tls`: managers speak https with a certificate of their own making
 */
export async function openStage(name, octet, { managers: count = 1, carrier = 120, tls = false } = {}) {
  const at = (/** @type {number} */ index) => `127.0.${octet}.${index}`;
  const box = await createSandbox({ name, stateDir: join(STATE_HOME, name), octet, fresh: true });
  const certificate = tls ? await certificateFor({ name: at(200), stateDir: box.stateDir, rootfs: box.rootfs }) : undefined;
  const managers = await Promise.all(Array.from({ length: count }, (_, index) => openManager(at(200 + index), 3000, certificate)));
  const servers = [`sip:${at(1)}:5060`, `sip:${at(2)}:5060`];
  const target = `sip:tabcdefghijklmnopqrstuvwxyz@${at(1)}:5060`;
  await Promise.all(managers.map((manager) => manager.say({ servers, route: { target } })));
  const proxy = await box.proxy({
    managers: managers.map(({ url }) => url), apiKey: KEY, secret: SECRET, carrier: `sip:${at(carrier)}:5060`, carriers: [at(100), at(120), at(121)],
    managerCa: certificate?.certificate,
  });
  await proxy.knows([`${at(1)}:5060`, `${at(2)}:5060`]);
  /** @type {{ close(): void }[]} */
  const peers = [];
  return {
    box, proxy, managers, servers, target, at,
    /** @param {number} index its address is 127.0.<octet>.<index> @param {number} [port] */
    async peer(index, port) {
      const peer = await openPeer(at(index), port);
      peers.push(peer);
      return peer;
    },
    closePeers() { for (const peer of peers.splice(0)) peer.close(); },
    /** Transactions Kamailio holds now; waits until there is none. @returns {Promise<boolean>} */
    quiet: () => until(async () => /current: 0\b/.test(await proxy.rpc('tm.stats')), { withinMs: 20_000, everyMs: 200 }),
    async close() {
      for (const peer of peers.splice(0)) peer.close();
      await Promise.all(managers.map((manager) => manager.close()));
      await box.stop();
    },
  };
}
