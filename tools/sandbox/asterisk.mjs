// @ts-check
// One Asterisk process of the sandbox: its directories, its start until it has fully booted, its command line.

import { mkdir, rm, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { runBeside, startDaemon, waitForDaemon } from './daemon.mjs';
import { Fault, isFree, run, until } from './machine.mjs';
import { userOf } from './mysql.mjs';

/**
 * @typedef {object} AsteriskProcess
 * @property {() => number} pid
 * @property {() => boolean} alive
 * @property {(command: string) => Promise<string>} cli what `asterisk -rx` prints
 * @property {(signal?: NodeJS.Signals) => Promise<void>} kill sends a signal (SIGKILL when none is named) and waits for the end, except after SIGSTOP and SIGCONT
 * @property {() => Promise<void>} stop
 * @property {() => Promise<void>} start again, with the state of before
 */

/**
 * Starts Asterisk and returns when it has fully booted.
 * @param {{ title: string, rootfs: string, home: string, logFile: string, command: string[], env?: Record<string, string>,
 *   binds?: import('./daemon.mjs').Bind[], listens: { host: string, port: number }[], bootSeconds?: number, netns?: string }} options
 *   `home` keeps its etc, lib, log and spool directories; `listens`: TCP addresses that must be free, when it lives in our network
 * @returns {Promise<AsteriskProcess>}
 * @throws {Fault} with its last words when it does not boot
 */
export async function startAsterisk({ title, rootfs, home, logFile, command, env = {}, binds = [], listens, bootSeconds = 60, netns }) {
  const owner = await userOf(rootfs, 'asterisk');
  const directories = ['etc', 'lib', 'log', 'spool'].map((part) => join(home, part));
  for (const directory of directories) await mkdir(directory, { recursive: true, mode: 0o750 });
  // Asterisk looks its host name up for ICE and RTCP: it must resolve inside the root as well.
  await writeFile(join(home, 'hosts'), `127.0.0.1 localhost ${hostname()}\n`);
  await run('chown', ['-R', owner, ...directories]);

  /** @type {import('./daemon.mjs').Daemon} */
  let daemon;
  const start = async () => {
    for (const { host, port } of netns ? [] : listens) {
      if (!(await isFree(port, host))) throw new Fault(`${title} cannot start: somebody listens on ${host}:${port} already.`);
    }
    daemon = await startDaemon({
      name: title,
      rootfs,
      user: 'asterisk',
      command,
      env: { HOME: '/var/lib/asterisk', ...env },
      logFile,
      netns,
      runDirectories: ['asterisk'],
      binds: [
        { source: join(home, 'etc'), target: '/etc/asterisk', writable: true },
        { source: join(home, 'lib'), target: '/var/lib/asterisk', writable: true },
        { source: join(home, 'log'), target: '/var/log/asterisk', writable: true },
        { source: join(home, 'spool'), target: '/var/spool/asterisk', writable: true },
        { source: join(home, 'hosts'), target: '/etc/hosts' },
        { source: '/etc/resolv.conf', target: '/etc/resolv.conf' },
        ...binds,
      ],
    });
    await waitForDaemon(daemon, {
      name: title,
      fact: (signal) => until(async () => (await cli('core waitfullybooted')).includes('fully booted'), { withinMs: bootSeconds * 1000, signal }),
    });
  };
  /** @param {string} line */
  const cli = async (line) => (await runBeside(daemon.pid, ['asterisk', '-rx', line])).output;

  await rm(logFile, { force: true });
  await start();
  return {
    pid: () => daemon.pid,
    alive: () => daemon.alive(),
    cli,
    start,
    stop: () => daemon.stop(5000),
    async kill(signal = 'SIGKILL') {
      daemon.kill(signal);
      if (signal !== 'SIGSTOP' && signal !== 'SIGCONT') await daemon.ended;
    },
  };
}
