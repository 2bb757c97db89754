// @ts-check
// The relay for agents whose network lets no UDP through: real coturn with the configuration of docker/coturn/.

import { copyFile, mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { startDaemon, waitForDaemon } from './daemon.mjs';
import { Fault, isFree, run, until } from './machine.mjs';
import { userOf } from './mysql.mjs';

/**
 * @typedef {object} TurnOptions
 * @property {string} host the address it listens on and relays from
 * @property {string} secret shared with the managers (TURN_SECRET)
 * @property {string[]} [peers] addresses, or ranges first-last, it may reach; needed when it asks no manager
 * @property {{ urls: string[], key: string, ca?: string }} [managers] whom it asks for the media servers, and its API key; `ca`: PEM file
 * @property {{ certificate: string, key: string }} [certificate] PEM files: TLS too
 * @property {number} [port] 3478 when not given
 * @property {number} [tlsPort] 5349 when not given
 * @property {Record<string, string>} [env] further variables of docker/coturn/relay.sh; they win
 *
 * @typedef {object} Turn
 * @property {string} host
 * @property {string[]} urls for the managers (TURN_URLS)
 * @property {number} pid
 * @property {() => string} log what it said so far
 * @property {() => Promise<void>} stop
 */

/**
 * @param {TurnOptions & { rootfs: string, stateDir: string, templates: string }} options
 * @returns {Promise<Turn>}
 * @throws {Fault} with its last words when it does not listen within ten seconds
 */
export async function startTurn({ host, secret, peers = [], managers, certificate, port = 3478, tlsPort = 5349, env = {}, rootfs, stateDir, templates }) {
  if (!(await isFree(port, host))) throw new Fault(`The relay cannot start: somebody listens on ${host}:${port} already.`);
  const home = join(stateDir, 'turn');
  await rm(home, { recursive: true, force: true });
  await mkdir(home, { recursive: true, mode: 0o700 });
  /** @type {[string | undefined, string][]} */
  const lent = [[certificate?.certificate, 'server.crt'], [certificate?.key, 'server.key'], [managers?.ca, 'managers.crt']];
  for (const [file, name] of lent) if (file) await copyFile(file, join(home, name));
  await run('chown', ['-R', await userOf(rootfs, 'turnserver'), home]);
  const daemon = await startDaemon({
    name: 'turn',
    rootfs,
    user: 'turnserver',
    command: ['/usr/share/nailup/relay.sh'],
    env: {
      TURN_LISTEN: host,
      TURN_SECRET: secret,
      TURN_PORT: String(port),
      TURN_TLS_PORT: String(tlsPort),
      TURN_PEERS: peers.join(','),
      ...(managers ? { TURN_MANAGERS: managers.urls.join(','), TURN_API_KEY: managers.key } : {}),
      ...(managers?.ca ? { TURN_MANAGER_CA: '/var/lib/turn/managers.crt' } : {}),
      ...(certificate ? { TURN_TLS_CERT: '/var/lib/turn/server.crt', TURN_TLS_KEY: '/var/lib/turn/server.key' } : {}),
      ...env,
    },
    logFile: join(stateDir, 'log/turn.log'),
    binds: [{ source: templates, target: '/usr/share/nailup' }, { source: home, target: '/var/lib/turn', writable: true }],
  });
  await waitForDaemon(daemon, {
    name: 'The relay',
    fact: (signal) => until(async () => !(await isFree(port, host)) && (!certificate || !(await isFree(tlsPort, host))), { withinMs: 10_000, signal }),
  });
  return {
    host,
    urls: [
      `turn:${host}:${port}?transport=udp`,
      `turn:${host}:${port}?transport=tcp`,
      ...(certificate ? [`turns:${host}:${tlsPort}?transport=tcp`] : []),
    ],
    pid: daemon.pid,
    log: daemon.output,
    stop: () => daemon.stop(3000),
  };
}
