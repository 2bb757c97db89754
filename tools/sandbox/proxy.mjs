// @ts-check
// The SIP proxy: Kamailio with docker/kamailio/, between the carriers and the media servers.

import { copyFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { runBeside, startDaemon, waitForDaemon } from './daemon.mjs';
import { Fault, run, until } from './machine.mjs';
import { userOf } from './mysql.mjs';
import { answersSip, isFreeUdp } from './sip.mjs';

/**
 * @typedef {object} ProxyOptions
 * @property {string[]} managers base URLs
 * @property {string} apiKey of a manager, with the scope routes:read
 * @property {string} secret PROXY_SECRET of the managers, 32 characters or more
 * @property {string} carrier SIP URI numbers go to, e.g. the one of the PSTN
 * @property {string[]} [carriers] who may bring callers: address, address/mask or address:port; the carrier alone when not given
 * @property {string} [host] 127.0.<octet>.110 when not given
 * @property {number} [port] 5060 when not given
 * @property {string} [managerCa] PEM file to trust for the managers' certificates
 *
 * @typedef {object} Proxy
 * @property {string} host
 * @property {number} port
 * @property {string} address host:port, what a media server gets as NAILUP_SIP_PROXY
 * @property {number} pid
 * @property {string} logFile
 * @property {() => boolean} alive
 * @property {(...command: string[]) => Promise<string>} rpc what `kamcmd` answers, e.g. to ('tm.stats')
 * @property {(servers?: string[]) => Promise<void>} knows waits until it has a list of media servers from a manager, with these host:port
 * @property {(signal?: NodeJS.Signals) => Promise<void>} kill to all its processes (SIGKILL when none is named); waits for the end, except after SIGSTOP and SIGCONT
 * @property {() => Promise<void>} stop
 * @property {() => Promise<void>} start again
 */

/**
 * @param {ProxyOptions & { rootfs: string, stateDir: string, configuration: string, host: string, port: number }} options
 * @returns {Promise<Proxy>}
 * @throws {Fault} with its last words when it does not start
 */
export async function startProxy({ managers, apiKey, secret, carrier, carriers, host, port, managerCa, rootfs, stateDir, configuration }) {
  const home = join(stateDir, 'proxy/etc');
  const logFile = join(stateDir, 'log/proxy.log');
  await mkdir(home, { recursive: true, mode: 0o700 });
  if (managerCa) await copyFile(managerCa, join(home, 'manager-ca.crt'));
  await run('chown', ['-R', await userOf(rootfs, 'kamailio'), home]);

  /** @type {import('./daemon.mjs').Daemon} */
  let daemon;
  /** @param {string[]} command */
  const rpc = async (...command) => (await runBeside(daemon.pid, ['kamcmd', '-s', 'unix:/run/kamailio/kamailio_ctl', ...command])).output;
  const start = async () => {
    if (!(await isFreeUdp(port, host))) throw new Fault(`The SIP proxy cannot start: somebody holds ${host}:${port} (UDP) already.`);
    daemon = await startDaemon({
      name: 'proxy',
      rootfs,
      user: 'kamailio',
      command: ['/usr/share/nailup/start.sh'],
      env: {
        PROXY_LISTEN: `${host}:${port}`,
        MANAGER_URLS: managers.join(','),
        API_KEY: apiKey,
        PROXY_SECRET: secret,
        CARRIER_URI: carrier,
        CARRIERS: (carriers ?? [carrier.replace(/^sip:/, '')]).join(','),
        ...(managerCa ? { MANAGER_CA: '/etc/kamailio/manager-ca.crt' } : {}),
      },
      logFile,
      family: true,
      runDirectories: ['kamailio'],
      binds: [
        { source: home, target: '/etc/kamailio', writable: true },
        { source: configuration, target: '/usr/share/nailup' },
      ],
    });
    await waitForDaemon(daemon, {
      name: 'The SIP proxy',
      fact: (signal) => until(() => answersSip(port, host), { withinMs: 15_000, signal }),
    });
  };
  await start();
  return {
    host,
    port,
    address: `${host}:${port}`,
    logFile,
    get pid() { return daemon.pid; },
    alive: () => daemon.alive(),
    rpc,
    async knows(servers = []) {
      let known = '';
      const told = await until(async () => {
        known = await rpc('htable.dump', 'servers');
        return servers.every((server) => known.includes(`name: ${server}\n`)) && (await rpc('htable.get', 'state', 'known')).includes('known');
      }, { withinMs: 15_000, everyMs: 100 });
      if (!told) throw new Fault(`The SIP proxy has not heard of ${servers.join(', ') || 'any media server'} within 15 s: see ${logFile}.`);
    },
    async kill(signal = 'SIGKILL') {
      daemon.kill(signal);
      if (signal !== 'SIGSTOP' && signal !== 'SIGCONT') await daemon.ended;
    },
    async stop() {
      daemon.kill('SIGCONT');
      await daemon.stop(5000);
    },
    start,
  };
}
