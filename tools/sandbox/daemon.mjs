// @ts-check
// Runs one daemon inside the root file system: private mount namespace, own user, one process number from our spawn to its end.

import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Fault, lastLines, run } from './machine.mjs';

/**
 * Every step is an exec, never a fork, so the number we spawned IS the daemon and a signal to it reaches it.
 * The mounts live in a namespace of this one process and end with it: nothing can stay mounted.
 * The parent-death signal is set twice because the kernel forgets it when the user changes (prctl(2), PR_SET_PDEATHSIG).
 */
const ENTER = `
set -e
root=$1 user=$2; shift 2
mount --bind "$root" "$root"
mount -o remount,bind,ro "$root"
mount --rbind /proc "$root/proc"
mount --rbind /dev "$root/dev"
mount -t tmpfs -o mode=1777 tmpfs "$root/tmp"
mount -t tmpfs -o mode=0755 tmpfs "$root/run"
while [ "$1" != -- ]; do
  case $1 in
    run:*) mkdir -p "$root/run/\${1#run:}"; chroot "$root" chown "$user:" "/run/\${1#run:}"; shift ;;
    *) mount --bind "$1" "$root$2"; [ "$3" = rw ] || mount -o remount,bind,ro "$root$2"; shift 3 ;;
  esac
done
shift
exec chroot "$root" setpriv --reuid "$user" --regid "$user" --clear-groups --no-new-privs --pdeathsig KILL -- "$@"
`;

/**
 * @typedef {{ source: string, target: string, writable?: boolean }} Bind
 * @typedef {{ pid: number, ended: Promise<string>, alive(): boolean, output(): string, kill(signal: NodeJS.Signals): void, stop(graceMs?: number): Promise<void> }} Daemon
 * `ended` resolves with how it ended, in words; `output` is what it wrote so far
 */

/**
 * Starts a daemon. It dies with this process, whatever ends this process.
 * @param {{ name: string, rootfs: string, user: string, command: string[], binds: Bind[], runDirectories?: string[],
 *   env?: Record<string, string>, logFile: string, netns?: string }} options `netns`: the named network namespace it lives in (ip-netns(8))
 * @returns {Promise<Daemon>}
 */
export async function startDaemon({ name, rootfs, user, command, binds, runDirectories = [], env = {}, logFile, netns }) {
  await mkdir(dirname(logFile), { recursive: true });
  const log = openSync(logFile, 'w', 0o600);
  const mounts = [
    ...runDirectories.map((directory) => `run:${directory}`),
    ...binds.flatMap(({ source, target, writable }) => [source, target, writable ? 'rw' : 'ro']),
  ];
  const child = spawn(
    'setpriv',
    ['--pdeathsig', 'KILL', '--', ...(netns ? ['nsenter', `--net=/run/netns/${netns}`, '--'] : []), 'unshare', '--mount', '--', 'sh', '-c', ENTER, name, rootfs, user, ...mounts, '--', ...command],
    {
      // An own session: Ctrl+C in the terminal goes to us alone, and we stop the daemons in order.
      detached: true,
      stdio: ['ignore', log, log],
      env: { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', LANG: 'C.UTF-8', ...env },
    },
  );
  closeSync(log);
  await new Promise((resolve, reject) => {
    child.once('spawn', resolve);
    child.once('error', (error) => reject(new Fault(`${name} could not be started (${error.message}): the packages util-linux and mount are needed.`)));
  });
  const pid = /** @type {number} */ (child.pid);
  let alive = true;
  /** @type {Promise<string>} */
  const ended = new Promise((resolve) => {
    child.once('exit', (code, signal) => {
      alive = false;
      resolve(signal ? `ended by ${signal}` : `exit code ${code}`);
    });
  });
  /** @param {NodeJS.Signals} signal */
  const kill = (signal) => {
    if (alive) child.kill(signal);
  };
  return {
    pid,
    ended,
    alive: () => alive,
    output: () => readFileSync(logFile, 'utf8'),
    kill,
    async stop(graceMs = 10_000) {
      kill('SIGTERM');
      const timer = setTimeout(() => kill('SIGKILL'), graceMs);
      await ended;
      clearTimeout(timer);
    },
  };
}

/**
 * Waits for a fact about a daemon, or for its end, whichever comes first.
 * @param {Daemon} daemon
 * @param {{ name: string, fact: (signal: AbortSignal) => Promise<boolean> }} expectation `fact` resolves true when it holds, false when it gave up
 * @throws {Fault} with the daemon's last words
 */
export async function waitForDaemon(daemon, { name, fact }) {
  const watch = new AbortController();
  const outcome = await Promise.race([
    daemon.ended.then((how) => how),
    fact(watch.signal).then((held) => (held ? '' : 'did not become ready in time')),
  ]);
  watch.abort();
  if (outcome === '') return;
  const words = lastLines(daemon.output()) || 'it said nothing';
  await daemon.stop(2000);
  throw new Fault(`${name} did not start (${outcome}): ${words}`);
}

/**
 * Runs a command beside a running daemon: in its mounts and its root, as root.
 * @param {number} pid
 * @param {string[]} command
 * @returns {Promise<{ code: number, stdout: string, output: string }>}
 */
export function runBeside(pid, command) {
  return run('nsenter', [`--target=${pid}`, '--mount', '--', 'chroot', `/proc/${pid}/root`, ...command], {
    env: { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', LANG: 'C.UTF-8' },
  });
}
