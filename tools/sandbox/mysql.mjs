// @ts-check
// A real mysqld for one instance: data kept under its state directory, reachable on loopback only.

import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { startDaemon, waitForDaemon } from './daemon.mjs';
import { Fault, freePort, isFree, run, until } from './machine.mjs';

const HOST = '127.0.0.1';

/** One writer that must not lose a promised seat: the durable defaults stay (binary log on, synced at each commit). */
export const OPTIONS = [
  '--datadir=/var/lib/mysql/data', '--socket=/run/mysqld/mysqld.sock', '--pid-file=/run/mysqld/mysqld.pid',
  // Debian's build aborts when the directory of its default does not exist.
  '--secure-file-priv=NULL',
  '--mysqlx=OFF', '--skip-name-resolve', '--default-time-zone=+00:00', '--max-connections=400',
  '--binlog-expire-logs-seconds=86400', '--log-error-suppression-list=MY-013360,MY-010068',
];

/**
 * @typedef {{ host: string, port: number, url: string, pid: number, stop(): Promise<void>, kill(): Promise<void> }} Database
 * `url` is mysql://nailup:…@127.0.0.1:port/nailup; its user may also create databases named `nailup_…`
 */

/**
 * Starts mysqld and waits until it greets a client.
 * @param {{ rootfs: string, stateDir: string, port?: number }} options
 * @returns {Promise<Database>}
 * @throws {Fault} when it does not start, or somebody else listens on the port asked for
 */
export async function startMysql({ rootfs, stateDir, port }) {
  if (port && !(await isFree(port, HOST))) throw new Fault(`Somebody listens on ${HOST}:${port} already: choose another port for MySQL.`);
  const chosen = port ?? (await freePort(HOST));
  const home = join(stateDir, 'mysql');
  const owner = await userOf(rootfs, 'mysql');
  await mkdir(home, { recursive: true, mode: 0o700 });
  await run('chown', [owner, home]);
  const password = await secretFile(join(stateDir, 'mysql-password'));
  const binds = [{ source: home, target: '/var/lib/mysql', writable: true }];
  const common = { rootfs, user: 'mysql', binds, runDirectories: ['mysqld'] };

  if (!existsSync(join(home, 'data'))) await initialise(common, stateDir, home);
  await writeFile(join(home, 'accounts.sql'), accounts(password), { mode: 0o600 });
  await run('chown', [owner, join(home, 'accounts.sql')]);
  const daemon = await startDaemon({
    ...common,
    name: 'mysql',
    logFile: join(stateDir, 'log/mysql.log'),
    command: ['mysqld', ...OPTIONS, `--bind-address=${HOST}`, `--port=${chosen}`, '--init-file=/var/lib/mysql/accounts.sql'],
  });
  await waitForDaemon(daemon, {
    name: 'MySQL',
    fact: (signal) => until(() => greets(HOST, chosen), { withinMs: 60_000, signal }),
  });
  return {
    host: HOST,
    port: chosen,
    url: `mysql://nailup:${password}@${HOST}:${chosen}/nailup`,
    pid: daemon.pid,
    stop: () => daemon.stop(30_000),
    kill: async () => { daemon.kill('SIGKILL'); await daemon.ended; },
  };
}

/**
 * Makes the data directory beside its final place, so that a start cut short leaves none that is half made.
 * @param {{ rootfs: string, user: string, binds: import('./daemon.mjs').Bind[], runDirectories: string[] }} common
 * @param {string} stateDir
 * @param {string} home
 */
export async function initialise(common, stateDir, home) {
  await rm(join(home, 'data.new'), { recursive: true, force: true });
  const daemon = await startDaemon({
    ...common,
    name: 'mysql-initialise',
    logFile: join(stateDir, 'log/mysql-initialise.log'),
    command: ['mysqld', '--no-defaults', '--initialize-insecure', '--datadir=/var/lib/mysql/data.new', '--secure-file-priv=NULL'],
  });
  const how = await daemon.ended;
  if (how !== 'exit code 0') throw new Fault(`MySQL could not make its data directory (${how}): see ${join(stateDir, 'log/mysql-initialise.log')}.`);
  await rename(join(home, 'data.new'), join(home, 'data'));
}

/**
 * Run by mysqld at each start, before it takes connections. The root account is locked: nobody needs it here.
 * @param {string} password
 */
function accounts(password) {
  return [
    'CREATE DATABASE IF NOT EXISTS nailup CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_ai_ci;',
    `CREATE USER IF NOT EXISTS 'nailup'@'${HOST}' IDENTIFIED BY '${password}';`,
    `ALTER USER 'nailup'@'${HOST}' IDENTIFIED BY '${password}';`,
    `GRANT ALL ON nailup.* TO 'nailup'@'${HOST}';`,
    `GRANT ALL ON \`nailup\\_%\`.* TO 'nailup'@'${HOST}';`,
    "ALTER USER 'root'@'localhost' ACCOUNT LOCK;",
    '',
  ].join('\n');
}

/**
 * mysqld listens before it serves; its handshake packet (protocol version 10) is the sign that accounts are in place.
 * @param {string} host
 * @param {number} port
 * @returns {Promise<boolean>}
 */
export function greets(host, port) {
  return new Promise((resolve) => {
    const socket = connect({ host, port });
    /** @param {boolean} answer */
    const settle = (answer) => { socket.destroy(); resolve(answer); };
    socket.setTimeout(1000, () => settle(false));
    socket.once('error', () => settle(false));
    socket.once('close', () => settle(false));
    socket.once('data', (packet) => settle(packet[4] === 10));
  });
}

/**
 * @param {string} path
 * @returns {Promise<string>} the secret kept there, made at the first call
 */
export async function secretFile(path) {
  if (!existsSync(path)) await writeFile(path, randomBytes(18).toString('base64url'), { mode: 0o600 });
  return (await readFile(path, 'utf8')).trim();
}

/**
 * @param {string} rootfs
 * @param {string} name a user inside the root file system
 * @returns {Promise<string>} `uid:gid` by number, as this machine's own tools need it
 */
export async function userOf(rootfs, name) {
  const line = (await readFile(join(rootfs, 'etc/passwd'), 'utf8')).split('\n').find((entry) => entry.startsWith(`${name}:`));
  if (!line) throw new Fault(`The root file system has no user "${name}": remove ${rootfs} and start again.`);
  const fields = line.split(':');
  return `${fields[2]}:${fields[3]}`;
}
