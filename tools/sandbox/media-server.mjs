// @ts-check
// A real media server of the pool: the templates of asterisk/, enrolled at the managers it is given.

import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startAsterisk } from './asterisk.mjs';

/** Ports of a server that has a loopback address to itself. RTP ranges differ by index, for servers that share an address. */
const PORTS = { webSocket: 8088, ami: 5038, sip: 5060, rtp: 10100, rtpCount: 1000 };

/**
 * @typedef {object} MediaServerOptions
 * @property {string} name
 * @property {number} index 1, 2, ...: its address is 127.0.<octet>.<index>
 * @property {string[]} managers base URLs
 * @property {string} enrolmentToken needed until it has enrolled once
 * @property {number} [capacity] seats, 50 when not given
 * @property {string} [region]
 * @property {Record<string, string>} [env] further NAILUP_ variables of asterisk/provision.sh; they win
 * @property {import('./daemon.mjs').Bind[]} [binds] files those variables name
 * @property {string} [netns] the named network namespace it lives in
 *
 * @typedef {object} MediaServer
 * @property {string} name
 * @property {string} host
 * @property {string} webSocketUrl
 * @property {string} sipUri
 * @property {{ host: string, port: number, username: string, secret: string }} ami
 * @property {string} recordingsDir where the dialplan context `listen` records
 * @property {number} pid of the Asterisk that runs now
 * @property {import('./asterisk.mjs').AsteriskProcess['cli']} cli
 * @property {import('./asterisk.mjs').AsteriskProcess['kill']} kill
 * @property {() => Promise<void>} stop
 * @property {() => Promise<void>} start
 */

/**
 * @param {MediaServerOptions & { rootfs: string, stateDir: string, octet: number, templates: string }} options
 * @returns {Promise<MediaServer>}
 * @throws {import('./machine.mjs').Fault} when it cannot enrol or boot within a minute
 */
export async function startMediaServer({ name, index, managers, enrolmentToken, capacity = 50, region = '', env = {}, binds = [], netns, rootfs, stateDir, octet, templates }) {
  const address = `127.0.${octet}.${index}`;
  const home = join(stateDir, name);
  /** @type {Record<string, string>} */
  const variables = {
    NAILUP_NAME: name,
    NAILUP_HOST: address,
    NAILUP_BIND: address,
    NAILUP_MANAGERS: managers.join(','),
    NAILUP_ENROLMENT_TOKEN: enrolmentToken,
    NAILUP_CAPACITY: String(capacity),
    NAILUP_REGION: region,
    NAILUP_WS_PORT: String(PORTS.webSocket),
    NAILUP_AMI_HOST: address,
    NAILUP_AMI_BIND: address,
    NAILUP_AMI_PORT: String(PORTS.ami),
    NAILUP_AMI_PERMIT: '127.0.0.0/8',
    NAILUP_SIP_BIND: address,
    NAILUP_SIP_PORT: String(PORTS.sip),
    NAILUP_RTP_START: String(PORTS.rtp + (index - 1) * PORTS.rtpCount),
    NAILUP_RTP_END: String(PORTS.rtp + index * PORTS.rtpCount - 1),
    NAILUP_PROFILE: 'sandbox',
    ...env,
  };
  const { NAILUP_BIND, NAILUP_HOST, NAILUP_WS_PORT, NAILUP_AMI_BIND, NAILUP_AMI_PORT } = variables;
  const recordingsDir = join(home, 'spool/recordings');
  await mkdir(recordingsDir, { recursive: true });
  const asterisk = await startAsterisk({
    title: `Media server ${name}`,
    rootfs,
    home,
    logFile: join(stateDir, `log/${name}.log`),
    netns,
    command: ['/usr/share/nailup/provision.sh'],
    env: variables,
    binds: [{ source: templates, target: '/usr/share/nailup' }, ...binds],
    listens: [{ host: NAILUP_BIND, port: Number(NAILUP_WS_PORT) }, { host: NAILUP_AMI_BIND, port: Number(NAILUP_AMI_PORT) }],
  });
  return {
    name,
    host: NAILUP_HOST,
    webSocketUrl: variables.NAILUP_WS_URL ?? `${variables.NAILUP_TLS_CERT ? 'wss' : 'ws'}://${NAILUP_HOST}:${NAILUP_WS_PORT}/ws`,
    sipUri: `sip:${variables.NAILUP_SIP_BIND}:${variables.NAILUP_SIP_PORT}`,
    ami: {
      host: NAILUP_AMI_BIND,
      port: Number(NAILUP_AMI_PORT),
      username: 'nailup',
      secret: await readFile(join(home, 'lib/nailup/ami-secret'), 'utf8'),
    },
    recordingsDir,
    get pid() { return asterisk.pid(); },
    cli: asterisk.cli,
    kill: asterisk.kill,
    stop: asterisk.stop,
    start: asterisk.start,
  };
}
