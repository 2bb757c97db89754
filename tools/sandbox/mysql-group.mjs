// @ts-check
// Three mysqld of one replication group (single primary) and HAProxy before them, which sends everybody to whichever member takes writes.

import { cp, mkdir, rm, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { createConnection } from 'mysql2/promise';
import { startDaemon, waitForDaemon } from './daemon.mjs';
import { Fault, freePort, run, until } from './machine.mjs';
import { OPTIONS, greets, initialise, secretFile, userOf } from './mysql.mjs';

const PORT = 3306;
const CHECK_PORT = 8080;
/** Any name does; all members must agree on it. */
const GROUP = '6e61696c-7570-4000-8000-000000000001';

/** What makes a mysqld a member: everything it commits is ordered by the group, and a new primary serves nobody before it has applied what the old one had. */
const MEMBER = [
  '--gtid-mode=ON', '--enforce-gtid-consistency=ON', '--plugin-load-add=group_replication.so', `--group-replication-group-name=${GROUP}`,
  '--group-replication-start-on-boot=OFF', '--group-replication-single-primary-mode=ON', '--group-replication-consistency=BEFORE_ON_PRIMARY_FAILOVER',
  '--group-replication-ip-allowlist=127.0.0.0/8', '--group-replication-recovery-get-public-key=ON',
  // A member that is silent is expelled after the five seconds that MySQL always takes to suspect it, and not after five more.
  '--group-replication-member-expel-timeout=0',
  '--group-replication-message-cache-size=134217728',
];

/** Whether this member takes writes, and most of the group stands behind it. */
const TAKES_WRITES = `SELECT SUM(member_id = @@server_uuid AND member_role = 'PRIMARY' AND member_state = 'ONLINE') = 1 AND SUM(member_state = 'ONLINE') * 2 > COUNT(*)
  AND NOT @@super_read_only AS good FROM performance_schema.replication_group_members`;

/**
 * @typedef {{ name: string, host: string, alive(): boolean, kill(): Promise<void>, freeze(): void, thaw(): void, rejoin(): Promise<void> }} Member
 * `kill` is kill -9; `rejoin` starts a killed one again and brings it back into the group
 * @typedef {{ host: string, port: number, url: string, members: Member[], primary(): Promise<Member | undefined>, stop(): Promise<void> }} MysqlGroup
 * `url` leads through HAProxy to the primary; its user may also create databases named `nailup_…`
 */

/**
 * Starts the group and waits until all three members are online and HAProxy leads to the primary.
 * @param {{ rootfs: string, stateDir: string, octet: number }} options
 * @returns {Promise<MysqlGroup>}
 * @throws {Fault} when it does not come up
 */
export async function startMysqlGroup({ rootfs, stateDir, octet }) {
  const password = await secretFile(join(stateDir, 'mysql-password'));
  const hosts = [1, 2, 3].map((n) => `127.0.${octet}.21${n}`);
  const door = `127.0.${octet}.210`;
  // The group speaks among itself on an address that an interface bears, which the others of 127/8 are not; MySQL insists.
  const groupAddresses = await Promise.all(hosts.map(async () => `127.0.0.1:${await freePort('127.0.0.1')}`));
  const owner = await userOf(rootfs, 'mysql');
  await layData({ rootfs, stateDir, owner, password });
  /** @param {string} host */
  const ask = (host) => createConnection({ host, port: PORT, user: 'keeper', password, connectTimeout: 1_000 });
  /** @param {string} host @param {string[]} statements */
  const say = async (host, statements) => {
    const connection = await ask(host);
    try {
      for (const statement of statements) await connection.query(statement);
    } finally {
      connection.destroy();
    }
  };
  const joining = `CHANGE REPLICATION SOURCE TO SOURCE_USER = 'keeper', SOURCE_PASSWORD = '${password}' FOR CHANNEL 'group_replication_recovery'`;
  /** @type {(import('./daemon.mjs').Daemon | undefined)[]} */
  const daemons = [];
  /** @param {number} index */
  const start = async (index) => {
    const host = hosts[index] ?? '';
    const daemon = await startDaemon({
      name: `mysql-${index + 1}`, rootfs, user: 'mysql', runDirectories: ['mysqld'],
      binds: [{ source: join(stateDir, `mysql-${index + 1}`), target: '/var/lib/mysql', writable: true }],
      logFile: join(stateDir, `log/mysql-${index + 1}.log`),
      command: [
        'mysqld', ...OPTIONS, ...MEMBER, `--bind-address=${host}`, `--port=${PORT}`, `--report-host=${host}`, `--server-id=${index + 1}`,
        `--group-replication-local-address=${groupAddresses[index]}`, `--group-replication-group-seeds=${groupAddresses.join(',')}`,
        '--init-file=/var/lib/mysql/accounts.sql',
      ],
    });
    daemons[index] = daemon;
    await waitForDaemon(daemon, { name: `MySQL ${index + 1}`, fact: (signal) => until(() => greets(host, PORT), { withinMs: 90_000, signal }) });
  };
  const checks = hosts.map((host, index) => answerChecks(door, CHECK_PORT + index + 1, () => ask(host)));
  /** @type {import('./daemon.mjs').Daemon | undefined} */
  let haproxy;
  const stop = async () => {
    await haproxy?.stop();
    for (const check of checks) check.close();
    for (const daemon of daemons) daemon?.kill('SIGCONT');
    await Promise.all(daemons.map((daemon) => daemon?.stop(30_000)));
  };
  const bringUp = async () => {
    await Promise.all([0, 1, 2].map(start));
    await say(hosts[0] ?? '', ['SET GLOBAL group_replication_bootstrap_group = ON', joining, 'START GROUP_REPLICATION', 'SET GLOBAL group_replication_bootstrap_group = OFF']);
    for (const host of hosts.slice(1)) await say(host, [joining, 'START GROUP_REPLICATION']);
    haproxy = await startHaproxy({ rootfs, stateDir, door, hosts });
    const together = await until(() => onlineMembers(ask, hosts).then((found) => found === 3, () => false), { withinMs: 60_000, everyMs: 200 });
    if (!together) throw new Fault(`The replication group did not come together: see ${join(stateDir, 'log/mysql-1.log')}.`);
    if (!(await until(() => greets(door, PORT), { withinMs: 20_000, everyMs: 100 }))) throw new Fault(`HAProxy finds no primary: see ${join(stateDir, 'log/haproxy.log')}.`);
  };
  await bringUp().catch(async (error) => {
    await stop();
    throw error;
  });
  const members = hosts.map((host, index) => ({
    name: `mysql-${index + 1}`,
    host,
    alive: () => daemons[index]?.alive() ?? false,
    kill: async () => { daemons[index]?.kill('SIGKILL'); await daemons[index]?.ended; },
    freeze: () => daemons[index]?.kill('SIGSTOP'),
    thaw: () => daemons[index]?.kill('SIGCONT'),
    rejoin: async () => {
      await start(index);
      await say(host, [joining, 'START GROUP_REPLICATION']);
    },
  }));
  return {
    host: door,
    port: PORT,
    url: `mysql://nailup:${password}@${door}:${PORT}/nailup`,
    members,
    async primary() {
      for (const member of members) if (member.alive() && (await takesWrites(() => ask(member.host)))) return member;
      return undefined;
    },
    stop,
  };
}

/**
 * Makes the first member's data once and copies it: all begin with the same, and each gets a name of its own by lacking auto.cnf.
 * @param {{ rootfs: string, stateDir: string, owner: string, password: string }} options
 */
async function layData({ rootfs, stateDir, owner, password }) {
  const homes = [1, 2, 3].map((n) => join(stateDir, `mysql-${n}`));
  for (const [index, home] of homes.entries()) {
    await mkdir(home, { recursive: true, mode: 0o700 });
    await run('chown', [owner, home]);
    if (!existsSync(join(home, 'data'))) {
      const first = homes[0] ?? '';
      if (index === 0) await initialise({ rootfs, user: 'mysql', binds: [{ source: home, target: '/var/lib/mysql', writable: true }], runDirectories: ['mysqld'] }, stateDir, home);
      else await cp(join(first, 'data'), join(home, 'data'), { recursive: true, preserveTimestamps: true });
      await rm(join(home, 'data/auto.cnf'), { force: true });
    }
    await writeFile(join(home, 'accounts.sql'), accounts(password), { mode: 0o600 });
    await run('chown', ['-R', owner, home]);
  }
}

/**
 * Each member makes them for itself: what is not in the group's log cannot be in its way.
 * @param {string} password
 */
function accounts(password) {
  return [
    'SET SESSION sql_log_bin = 0;',
    'CREATE DATABASE IF NOT EXISTS nailup CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_ai_ci;',
    `CREATE USER IF NOT EXISTS 'nailup'@'%' IDENTIFIED BY '${password}';`,
    "GRANT ALL ON nailup.* TO 'nailup'@'%';",
    "GRANT ALL ON `nailup\\_%`.* TO 'nailup'@'%';",
    `CREATE USER IF NOT EXISTS 'keeper'@'%' IDENTIFIED BY '${password}';`,
    "GRANT REPLICATION SLAVE, REPLICATION CLIENT, BACKUP_ADMIN, CONNECTION_ADMIN, GROUP_REPLICATION_ADMIN, GROUP_REPLICATION_STREAM, REPLICATION_SLAVE_ADMIN, SYSTEM_VARIABLES_ADMIN ON *.* TO 'keeper'@'%';",
    "GRANT SELECT ON performance_schema.* TO 'keeper'@'%';",
    "ALTER USER 'root'@'localhost' ACCOUNT LOCK;",
    '',
  ].join('\n');
}

/**
 * @param {(host: string) => Promise<import('mysql2/promise').Connection>} ask
 * @param {string[]} hosts
 * @returns {Promise<number>} how many members the first one sees online
 */
async function onlineMembers(ask, [first = '']) {
  const connection = await ask(first);
  try {
    const [rows] = await connection.query("SELECT COUNT(*) AS count FROM performance_schema.replication_group_members WHERE member_state = 'ONLINE'");
    return /** @type {{ count: number }[]} */ (rows)[0]?.count ?? 0;
  } finally {
    connection.destroy();
  }
}

/** @param {() => Promise<import('mysql2/promise').Connection>} ask @returns {Promise<boolean>} */
async function takesWrites(ask) {
  /** @type {import('mysql2/promise').Connection | undefined} */
  let connection;
  try {
    connection = await ask();
    const [rows] = await connection.query({ sql: TAKES_WRITES, timeout: 1_000 });
    return /** @type {{ good: unknown }[]} */ (rows)[0]?.good === 1;
  } catch {
    return false;
  } finally {
    connection?.destroy();
  }
}

/**
 * The primary check: HAProxy asks here over HTTP, 200 means "send them to this member". In production a few lines beside each mysqld do it.
 * @param {string} host
 * @param {number} port
 * @param {() => Promise<import('mysql2/promise').Connection>} ask
 */
function answerChecks(host, port, ask) {
  const server = createServer((_request, response) => {
    void takesWrites(ask).then((good) => { response.writeHead(good ? 200 : 503).end(); });
  });
  server.listen(port, host);
  return { close: () => { server.close(); server.closeAllConnections(); } };
}

/** @param {{ rootfs: string, stateDir: string, door: string, hosts: string[] }} options */
async function startHaproxy({ rootfs, stateDir, door, hosts }) {
  const directory = join(stateDir, 'haproxy');
  await mkdir(directory, { recursive: true });
  await writeFile(join(directory, 'haproxy.cfg'), configuration(door, hosts));
  return startDaemon({
    name: 'haproxy', rootfs, user: 'haproxy', binds: [{ source: directory, target: '/etc/haproxy' }],
    logFile: join(stateDir, 'log/haproxy.log'), command: ['haproxy', '-db', '-f', '/etc/haproxy/haproxy.cfg'],
  });
}

/**
 * Sessions of a member that ceases to be primary are cut at once: whoever holds one learns it now and not by the next write.
 * @param {string} door
 * @param {string[]} hosts
 */
function configuration(door, hosts) {
  const servers = hosts.map((host, index) => `  server mysql-${index + 1} ${host}:${PORT} check addr ${door} port ${CHECK_PORT + index + 1}`);
  return `global
  maxconn 4000
defaults
  mode tcp
  timeout connect 1s
  timeout check 2s
  timeout client 1h
  timeout server 1h
listen mysql
  bind ${door}:${PORT}
  option httpchk GET /
  http-check expect status 200
  default-server inter 500ms fall 2 rise 1 on-marked-down shutdown-sessions
${servers.join('\n')}
`;
}
