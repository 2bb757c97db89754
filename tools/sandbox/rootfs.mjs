// @ts-check
// The one root file system all daemons of the sandbox run in: Debian packages, made once by mmdebstrap, read-only afterwards.

import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { takeLock } from './lock.mjs';
import { Fault, findProgram, lastLines, run } from './machine.mjs';

/** Debian's suite with Asterisk 22 and MySQL 9; stable has neither. */
const SUITE = 'sid';
const PACKAGES = [
  'asterisk', 'asterisk-core-sounds-en-wav', 'asterisk-moh-opsound-wav', 'mysql-server-core', 'mysql-client-core', 'haproxy',
  'kamailio', 'kamailio-extra-modules', 'kamailio-utils-modules', 'kamailio-json-modules', 'kamailio-tls-modules', 'coturn', 'sip-tester',
  'curl', 'ca-certificates', 'openssl',
];
/** Raise it when what this file puts into the root changes: an older root is then made anew. */
const LAYOUT = 2;

/** Versions the sandbox, the dialplan and the AMI client were tried against; another one is said, not refused. */
export const TRIED_ASTERISK_VERSIONS = ['22.10.1'];

/** Mount points and files the read-only root must have before a daemon can be put on top of it. */
const PREPARE = `
set -e
getent passwd mysql >/dev/null || useradd --system --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin mysql
mkdir -p /usr/share/nailup /etc/kamailio /var/lib/mysql /var/lib/asterisk /var/spool/asterisk /var/log/asterisk /etc/asterisk
rm -f /etc/resolv.conf
touch /etc/resolv.conf /etc/hosts
`;

/**
 * @typedef {{ asterisk: string, mysql: string, packages: string[], layout: number }} RootfsFacts
 * versions as the programs say them, e.g. `22.10.1`
 */

/**
 * @param {string} directory
 * @returns {Promise<RootfsFacts | undefined>} what is in the root, undefined when there is none or it is of another make
 */
export async function readRootfs(directory) {
  try {
    const facts = JSON.parse(await readFile(join(directory, 'etc/nailup-rootfs.json'), 'utf8'));
    const whole = facts.layout === LAYOUT && PACKAGES.every((name) => facts.packages.includes(name));
    return whole ? facts : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Makes the root file system when it is missing or of an older make. Several processes may ask at once: one makes it, the others wait.
 * @param {{ directory: string, mirror?: string, log: (text: string) => void }} options
 * @returns {Promise<RootfsFacts>}
 * @throws {Fault} when packages cannot be had
 */
export async function ensureRootfs({ directory, mirror, log }) {
  const present = await readRootfs(directory);
  if (present) return present;
  await mkdir(dirname(directory), { recursive: true });
  const lock = await takeLock(`${directory}.lock`, { waitMs: 600_000, what: 'making the root file system' });
  try {
    return (await readRootfs(directory)) ?? (await makeRootfs(directory, mirror, log));
  } finally {
    await lock.release();
  }
}

/**
 * @param {string} directory
 * @param {string | undefined} mirror mmdebstrap knows Debian's own when there is none
 * @param {(text: string) => void} log
 * @returns {Promise<RootfsFacts>}
 */
async function makeRootfs(directory, mirror, log) {
  const tool = await ensureMmdebstrap(log);
  const fresh = `${directory}.new`;
  await rm(fresh, { recursive: true, force: true });
  const what = 'Debian packages, about 600 MB';
  log(what);
  // In a mount namespace of its own: a build that is killed half-way leaves nothing of /proc, /sys or /dev mounted for a clean-up to walk into.
  const made = await run('unshare', [
    '--mount', '--fork', '--kill-child', tool,
    '--mode=root', '--variant=apt', '--format=directory',
    // A mirror that is a snapshot may be older than the validity its Release file promises.
    '--aptopt=Acquire::Check-Valid-Until "false"',
    '--aptopt=APT::Install-Recommends "false"',
    '--dpkgopt=path-exclude=/usr/share/doc/*', '--dpkgopt=path-exclude=/usr/share/man/*',
    `--include=${PACKAGES.join(',')}`, SUITE, fresh, ...(mirror ? [mirror] : []),
  ], {
    onOutput(text) {
      // Of all it says only its own steps are for people; the progress bars of apt are not.
      const steps = [...text.matchAll(/^I: (.+?)\.*$/gm)];
      if (steps.length) log(`${what}: ${steps[steps.length - 1][1]}`);
    },
  });
  if (made.code !== 0) {
    await rm(fresh, { recursive: true, force: true });
    throw new Fault(`The root file system could not be made from ${mirror ?? "Debian's packages"} (${lastLines(made.output.replace(/^I: .*$/gm, ''), 2)}): check that this machine reaches the mirror, or name another one with NAILUP_DEBIAN_MIRROR.`);
  }
  const prepared = await run('chroot', [fresh, 'sh', '-c', PREPARE]);
  if (prepared.code !== 0) throw new Fault(`The root file system could not be prepared (${lastLines(prepared.output)}): remove ${fresh} and start again.`);
  const facts = {
    asterisk: await version(fresh, ['asterisk', '-V']),
    mysql: await version(fresh, ['mysqld', '--version']),
    packages: PACKAGES,
    layout: LAYOUT,
  };
  await writeFile(join(fresh, 'etc/nailup-rootfs.json'), JSON.stringify(facts, null, 2));
  await rm(directory, { recursive: true, force: true });
  await rename(fresh, directory);
  return facts;
}

/**
 * @param {(text: string) => void} log
 * @returns {Promise<string>} path of mmdebstrap, installed from this machine's own packages when it was missing
 */
async function ensureMmdebstrap(log) {
  const present = findProgram('mmdebstrap');
  if (present) return present;
  if (!existsSync('/etc/debian_version') || !findProgram('apt-get')) {
    throw new Fault('The sandbox needs mmdebstrap, which this system has no package manager of Debian for: use Docker instead (docker compose -f docker/compose.yaml up).');
  }
  log('installing mmdebstrap with apt-get');
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const updated = await run('apt-get', ['update', '-qq'], { env });
  const installed = await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'mmdebstrap', 'debian-archive-keyring', 'util-linux'], { env });
  const path = findProgram('mmdebstrap');
  if (installed.code !== 0 || !path) {
    throw new Fault(`mmdebstrap could not be installed (${lastLines(updated.output + installed.output, 2)}): run "apt-get update && apt-get install mmdebstrap", or use Docker instead.`);
  }
  return path;
}

/**
 * @param {string} root
 * @param {string[]} command
 * @returns {Promise<string>} the first version number the program names
 */
async function version(root, command) {
  const { output } = await run('chroot', [root, ...command]);
  return /\d+\.\d+(\.\d+)?/.exec(output)?.[0] ?? 'unknown';
}
