// @ts-check
// Runs one daemon inside the root file system: private mount namespace, own user, one process number from our spawn to its end.

import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Fault, lastLines, run, until } from './machine.mjs';

/** Its child is the first process of the daemon; it ends with us and with that child. */
const FAMILY = 'unshare --pid --fork --kill-child=KILL --';

/**
 * Every step is an exec, never a fork, so the number we spawned IS the daemon and a signal to it reaches it.
 * The mounts live in a namespace of this one process and end with it: nothing can stay mounted.
 * A daemon of several processes (`family`) gets process numbers of its own: when its first process ends, the kernel ends the others.
 * The parent-death signal is set twice because the kernel forgets it when the user changes (prctl(2), PR_SET_PDEATHSIG).
 */
const ENTER = `
set -e
root=$1 user=$2 family=$3; shift 3
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
exec $family chroot "$root" setpriv --reuid "$user" --regid "$user" --clear-groups --no-new-privs --pdeathsig KILL -- "$@"
`;

/**
 * @typedef {{ source: string, target: string, writable?: boolean }} Bind
 * @typedef {{ pid: number, ended: Promise<string>, alive(): boolean, output(): string, kill(signal: NodeJS.Signals): void, stop(graceMs?: number): Promise<void> }} Daemon
 * `ended` resolves with how it ended, in words; `output` is what it wrote so far
 */

/**
 * Starts a daemon. It dies with this process, whatever ends this process.
 * @param {{ name: string, rootfs: string, user: string, command: string[], binds: Bind[], runDirectories?: string[],
 *   env?: Record<string, string>, logFile: string, netns?: string, family?: boolean }} options
 *   `netns`: the named network namespace it lives in (ip-netns(8)); `family`: it is more than one process, signals go to all of them
 * @returns {Promise<Daemon>}
 */
export async function startDaemon({ name, rootfs, user, command, binds, runDirectories = [], env = {}, logFile, netns, family = false }) {
  await mkdir(dirname(logFile), { recursive: true });
  const log = openSync(logFile, 'w', 0o600);
  const mounts = [
    ...runDirectories.map((directory) => `run:${directory}`),
    ...binds.flatMap(({ source, target, writable }) => [source, target, writable ? 'rw' : 'ro']),
  ];
  const child = spawn(
    'setpriv',
    [
      '--pdeathsig', 'KILL', '--', ...(netns ? ['nsenter', `--net=/run/netns/${netns}`, '--'] : []),
      'unshare', '--mount', '--', 'sh', '-c', ENTER, name, rootfs, user, family ? FAMILY : '', ...mounts, '--', ...command,
    ],
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
  const group = /** @type {number} */ (child.pid);
  let pid = group;
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
    if (!alive) return;
    // The end of the first of a family is the end of all, and is told when the last has gone; to stand still each must be told.
    const whom = signal === 'SIGSTOP' || signal === 'SIGCONT' ? -group : pid;
    try { process.kill(family ? whom : pid, signal); } catch { /* It ended this moment. */ }
  };
  if (family) {
    await until(() => !alive || (pid = firstOf(group) ?? group) !== group, { withinMs: 10_000, everyMs: 10 });
  }
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
 * @param {number} pid of the process that made a family
 * @returns {number | undefined} the first of the family, undefined before there is one
 */
function firstOf(pid) {
  try {
    if (readFileSync(`/proc/${pid}/comm`, 'utf8').trim() !== 'unshare') return undefined;
    return Number(readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ')[0]) || undefined;
  } catch {
    return undefined;
  }
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
