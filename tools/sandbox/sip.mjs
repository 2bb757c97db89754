// @ts-check
// SIPp in the root file system: plays a carrier, a media server or a stranger by a scenario file.

import { createSocket } from 'node:dgram';
import { mkdir, mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { startDaemon } from './daemon.mjs';
import { Fault, lastLines, run, until } from './machine.mjs';
import { userOf } from './mysql.mjs';

/**
 * @typedef {object} SippOptions
 * @property {string} host address it sends from and listens at, e.g. 127.0.<octet>.120
 * @property {number} [port] 5060 when not given
 * @property {string} [to] host:port it sends to; a scenario that waits for calls needs none
 * @property {string} [number] what it calls: user part of the Request-URI ([service] in the scenario)
 * @property {Record<string, string>} [keys] further [words] of the scenario
 * @property {number} [calls] how many, 1 when not given
 * @property {number} [rate] new calls a second, 10 when not given
 * @property {number} [atOnce] most at a time
 * @property {number} [timeoutSeconds] it gives up after, 30 when not given
 * @property {number} [pauseMs] how long a pause of the scenario is that names no length itself
 * @property {boolean} [echo] what it hears it sends back (RTP)
 *
 * @typedef {{ code: number, successful: number, failed: number, output: string, messages: string, statistics: Record<string, string> }} SippResult
 * `code` 0: all calls went as the scenario says; `messages`: what it sent and heard
 *
 * @typedef {object} Sipp
 * @property {number} pid
 * @property {Promise<SippResult>} done
 * @property {() => Promise<string>} messages what it sent and heard so far
 * @property {(signal: NodeJS.Signals) => void} kill
 * @property {() => Promise<void>} stop
 */

/**
 * Starts a scenario; it has opened its port when this resolves.
 * @param {string} scenario file
 * @param {SippOptions & { rootfs: string, stateDir: string }} options
 * @returns {Promise<Sipp>}
 */
export async function startSipp(scenario, { host, port = 5060, to, number = 'service', keys = {}, calls = 1, rate = 10, atOnce, timeoutSeconds = 30, pauseMs, echo = false, rootfs, stateDir }) {
  if (!(await isFreeUdp(port, host))) throw new Fault(`SIPp cannot start: somebody holds ${host}:${port} (UDP) already.`);
  const path = resolve(scenario);
  await mkdir(join(stateDir, 'sipp'), { recursive: true });
  const home = await mkdtemp(join(stateDir, 'sipp', `${basename(scenario, '.xml')}-`));
  await run('chown', [await userOf(rootfs, 'asterisk'), home]);
  const words = Object.entries({ from: '+15557770001', ...keys }).flatMap(([key, value]) => ['-key', key, value]);
  const daemon = await startDaemon({
    name: 'sipp',
    rootfs,
    user: 'asterisk',
    // Its media port as well stays on its own address.
    command: [
      'sipp', ...(to ? [to] : []), '-sf', `/var/lib/asterisk/${basename(path)}`, '-i', host, '-p', String(port), '-mi', host, '-s', number,
      '-m', String(calls), '-r', String(rate), ...(atOnce ? ['-l', String(atOnce)] : []), ...(pauseMs === undefined ? [] : ['-d', String(pauseMs)]), ...(echo ? ['-rtp_echo'] : []), ...words,
      '-timeout', `${timeoutSeconds}s`, '-timeout_error', '-nostdin', '-trace_stat', '-stf', '/var/spool/asterisk/statistics.csv', '-fd', '1',
      '-trace_msg', '-message_file', '/var/spool/asterisk/messages.log', '-trace_err', '-error_file', '/var/spool/asterisk/errors.log',
    ],
    env: { TERM: 'dumb' },
    logFile: join(home, 'output.log'),
    binds: [
      { source: dirname(path), target: '/var/lib/asterisk' },
      { source: home, target: '/var/spool/asterisk', writable: true },
    ],
  });
  /** @param {string} name */
  const read = (name) => readFile(join(home, name), 'utf8').catch(() => '');
  let over = false;
  const done = daemon.ended.then(async (how) => {
    over = true;
    const statistics = lastRow(await read('statistics.csv'));
    const code = /exit code (\d+)/.exec(how);
    const errors = await read('errors.log');
    return {
      code: code ? Number(code[1]) : -1,
      successful: Number(statistics['SuccessfulCall(C)'] ?? 0),
      failed: Number(statistics['FailedCall(C)'] ?? 0),
      output: `${how}: ${lastLines(errors || daemon.output(), 12)}`,
      messages: await read('messages.log'),
      statistics,
    };
  });
  await until(async () => over || (await isHeldUdp(port, host)), { withinMs: 10_000, everyMs: 20 });
  return {
    pid: daemon.pid,
    done,
    messages: () => read('messages.log'),
    kill: daemon.kill,
    stop: async () => { if (daemon.alive()) await daemon.stop(1000); },
  };
}

/** @param {string} csv SIPp's statistics, a line of names and lines of values @returns {Record<string, string>} */
function lastRow(csv) {
  const lines = csv.trim().split('\n');
  const names = lines[0].split(';');
  const values = (lines.length > 1 ? lines[lines.length - 1] : '').split(';');
  return Object.fromEntries(names.map((name, index) => [name, values[index] ?? '']));
}

/**
 * Forgets what earlier runs wrote.
 * @param {string} stateDir
 */
export async function forgetSipp(stateDir) {
  for (const entry of await readdir(join(stateDir, 'sipp')).catch(() => [])) await rm(join(stateDir, 'sipp', entry), { recursive: true, force: true });
}

/**
 * Whether somebody listens there, by what the kernel tells: to try the port would take it from whoever is about to.
 * @param {number} port @param {string} host IPv4
 */
async function isHeldUdp(port, host) {
  const hex = (/** @type {number} */ value, /** @type {number} */ digits) => value.toString(16).toUpperCase().padStart(digits, '0');
  const address = `${host.split('.').reverse().map((part) => hex(Number(part), 2)).join('')}:${hex(port, 4)}`;
  return (await readFile('/proc/net/udp', 'utf8')).includes(` ${address} `);
}

/**
 * @param {number} port
 * @param {string} host
 * @returns {Promise<boolean>} true when a UDP socket could be opened there now
 */
export function isFreeUdp(port, host) {
  return new Promise((done) => {
    const socket = createSocket('udp4');
    socket.once('error', () => done(false));
    socket.bind({ port, address: host, exclusive: true }, () => socket.close(() => done(true)));
  });
}

/**
 * @param {number} port
 * @param {string} host
 * @returns {Promise<boolean>} true when a SIP side answers an OPTIONS there within 200 ms
 */
export function answersSip(port, host) {
  return new Promise((done) => {
    const socket = createSocket('udp4');
    /** @param {boolean} answered */
    const end = (answered) => { clearTimeout(timer); socket.close(); done(answered); };
    const timer = setTimeout(() => end(false), 200);
    socket.on('message', () => end(true)).on('error', () => end(false));
    // Bound, so that the Via names where the answer comes to.
    socket.bind(0, '127.0.0.1', () => {
      const via = `127.0.0.1:${socket.address().port}`;
      socket.send([
        `OPTIONS sip:${host}:${port} SIP/2.0`, `Via: SIP/2.0/UDP ${via};branch=z9hG4bK${Date.now()}`, 'Max-Forwards: 1', `From: <sip:sandbox@${via}>;tag=1`,
        `To: <sip:${host}:${port}>`, `Call-ID: ${Date.now()}@${via}`, 'CSeq: 1 OPTIONS', 'Content-Length: 0', '', '',
      ].join('\r\n'), port, host);
    });
  });
}
