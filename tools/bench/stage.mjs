// @ts-check
// The stage of the rooms that need managers: a real MySQL as production has it (binary log on, synced at each commit), databases filled
// with media servers, agents and seats, and managers as processes of their own.
import { spawn } from 'node:child_process';
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createConnection } from 'mysql2/promise';
import { MANAGER_FLAGS } from '../manager.mjs';
import { createSandbox, REPOSITORY } from '../sandbox/index.mjs';
import { Fault, freePort, until } from '../sandbox/machine.mjs';
import { CannotRun } from './figures.mjs';

const main = join(REPOSITORY, 'apps/api/dist/main.js');
const peerMain = join(import.meta.dirname, 'peer-manager.mjs');
export const secretKey = Buffer.alloc(32, 'nailup-bench-key').toString('base64');

/**
 * @typedef {'ours' | 'tx' | 'bare'} Kind
 * @typedef {{ host: string, port: number, pid: number, log(): string, cpuSeconds(): number, residentMb(): number, stop(): Promise<void>, kill(): Promise<void> }} Manager
 * @typedef {Awaited<ReturnType<typeof openDatabase>>} BenchDatabase
 */

/** @typedef {{ stop(): Promise<void> }} Stoppable */

/** One MySQL for all rooms of a run. @type {Promise<{ box: Awaited<ReturnType<typeof createSandbox>>, mysql: import('../sandbox/mysql.mjs').Database }> | undefined} */
let shared;

/** Ends what the rooms shared. */
export async function closeStage() {
  await (await shared?.catch(() => undefined))?.box.stop();
  shared = undefined;
}

/**
 * What a room needs that measures managers. Its databases and managers end with it.
 * @param {{ octet: number, log: (text: string) => void }} options
 * @throws {CannotRun}
 */
export async function openStage({ octet, log }) {
  if (!existsSync(main)) throw new CannotRun(`The manager is not built (${main} is missing): run "npm run build" first.`);
  shared ??= (async () => {
    const box = await createSandbox({ name: `bench-${octet}`, octet, fresh: true, log });
    return { box, mysql: await box.mysql() };
  })();
  const { box, mysql } = await shared.catch((error) => { throw error instanceof Fault ? new CannotRun(error.message) : error; });
  /** @type {Stoppable[]} */
  const open = [];
  /** @template {Stoppable} T @param {T} part */
  const keep = (part) => { open.push(part); return part; };
  return {
    box,
    cpuOfMysql: () => cpuSeconds(mysql.pid),
    database: async () => keep(await openDatabase(mysql.url)),
    /** @param {BenchDatabase} database @param {Kind} [kind] @param {Record<string, string>} [env] */
    manager: async (database, kind = 'ours', env = {}) => keep(await startManager(database.url, kind, env)),
    async stop() {
      for (const part of open.reverse()) await part.stop();
    },
  };
}

/** An empty, migrated database. @param {string} serverUrl */
async function openDatabase(serverUrl) {
  const url = new URL(serverUrl);
  const name = `nailup_bench_${randomBytes(4).toString('hex')}`;
  const first = await createConnection({ uri: url.href, timezone: 'Z' });
  await first.query(`CREATE DATABASE ${name}`);
  await first.end();
  url.pathname = `/${name}`;
  const { createDataSource } = await import('../../apps/api/dist/database/data-source.js');
  const dataSource = await createDataSource(url.href, 2).initialize();
  await dataSource.runMigrations({ transaction: 'each' });
  await dataSource.destroy();
  const connection = await createConnection({ uri: url.href, timezone: 'Z' });
  /** @param {string} sql @param {unknown[]} [values] @returns {Promise<any[]>} */
  const query = async (sql, values = []) => /** @type {any} */ ((await connection.query(sql, values))[0]);
  let over = false;
  const token = `nlk_${randomBytes(32).toString('base64url')}`;
  await query('INSERT INTO api_keys (id, name, key_hash, scopes) VALUES (?, ?, ?, ?)', [randomUUID(), 'bench', createHash('sha256').update(token).digest(), '["placements:write"]']);
  return {
    url: url.href,
    /** An API key that may place agents. */
    token,
    query,
    /** Media servers that are healthy without an Asterisk: their lease is held by nobody's hand, so no manager goes looking. @param {number} count @param {number} [capacity] */
    async addServers(count, capacity = 2_000) {
      const rows = Array.from({ length: count }, (_, at) => [
        randomUUID(), `ms-${at}`, `10.0.${at >> 8}.${at & 255}`, `ws://10.0.${at >> 8}.${at & 255}:8088/ws`, `sip:10.0.${at >> 8}.${at & 255}:5060`,
        '127.0.0.1', 1, false, 'nailup', '', capacity, 1, 'active', 'healthy', 'nobody', 7,
      ]);
      const columns = 'id, name, host, web_socket_url, sip_uri, ami_host, ami_port, ami_tls, ami_username, ami_secret_encrypted, capacity, weight, mode, health, ami_owner, ami_epoch';
      for (let at = 0; at < rows.length; at += 500) await query(`INSERT INTO media_servers (${columns}) VALUES ?`, [rows.slice(at, at + 500)]);
      await query('UPDATE media_servers SET ami_lease_until = NOW(3) + INTERVAL 1 DAY');
      return rows.map((row) => String(row[0]));
    },
    /** @param {number} count @returns {Promise<string[]>} their ids */
    async addAgents(count) {
      const ids = Array.from({ length: count }, () => randomUUID());
      for (let at = 0; at < count; at += 2_000) {
        const rows = ids.slice(at, at + 2_000).map((id) => [id, id, 'Alice', 'agent', '[]', true, 'none']);
        await query('INSERT INTO agents (id, username, display_name, role, skills, enabled, password_hash) VALUES ?', [rows]);
      }
      return ids;
    },
    /** Agents who sit already, spread evenly. @param {string[]} agents @param {string[]} servers */
    async seatAgents(agents, servers) {
      for (let from = 0; from < agents.length; from += 2_000) {
        const rows = agents.slice(from, from + 2_000).map((agent, at) => [
          randomUUID(), agent, servers[(from + at) % servers.length], 'connected', `b${randomBytes(8).toString('hex')}`, '0'.repeat(32), '2030-01-01', `b${randomBytes(8).toString('hex')}`, 'conference', '2020-01-01', '2020-01-01', '{"policy":"agents-in-call","eligibleCount":1}', `u${from + at}`,
        ]);
        await query('INSERT INTO placements (id, agent_id, media_server_id, state, sip_username, sip_ha1, sip_expires_at, conference, parking, reserved_at, connected_at, decision, leg_uniqueid) VALUES ?', [rows]);
      }
      await this.recount();
    },
    /** Gives up every reservation, as if the window that made them had not been. */
    async reset() {
      await query("DELETE FROM placements WHERE state <> 'connected'");
      for (const table of ['event_log', 'selection_pictures']) await query(`TRUNCATE TABLE ${table}`);
      await this.recount();
    },
    async recount() {
      await query(`UPDATE media_servers s LEFT JOIN (SELECT media_server_id AS id, COUNT(*) AS live FROM placements WHERE state IN ('reserved', 'connected', 'lost') GROUP BY media_server_id) p
        ON p.id = s.id SET s.seats = COALESCE(p.live, 0)`);
    },
    /** What a selection promised, counted: `wrong` media servers whose count is not that of their rows, agents with two seats, most and least seats. */
    async audit() {
      const servers = await query(`SELECT s.seats, (SELECT COUNT(*) FROM placements p WHERE p.media_server_id = s.id AND p.state IN ('reserved', 'connected', 'lost')) AS live FROM media_servers s`);
      const [{ double: doubles, reserved }] = await query(`SELECT COUNT(*) - COUNT(DISTINCT agent_id) AS \`double\`, CAST(SUM(state = 'reserved') AS SIGNED) AS reserved FROM placements WHERE state IN ('reserved', 'connected', 'lost')`);
      const seats = servers.map((one) => Number(one.live));
      return { wrong: servers.filter((one) => Number(one.seats) !== Number(one.live)).length, doubles: Number(doubles), reserved: Number(reserved ?? 0), gap: Math.max(...seats) - Math.min(...seats) };
    },
    async stop() {
      if (over) return;
      over = true;
      await query(`DROP DATABASE ${name}`);
      await connection.end();
    },
  };
}

/** @param {string} databaseUrl @param {Kind} kind @param {Record<string, string>} env @returns {Promise<Manager>} */
async function startManager(databaseUrl, kind, env) {
  const host = '127.0.0.1';
  const port = await freePort(host);
  const child = spawn('setpriv', ['--pdeathsig', 'KILL', '--', process.execPath, ...MANAGER_FLAGS, ...(kind === 'ours' ? [main] : [peerMain, kind])], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: process.env.PATH, HOST: host, PORT: String(port), MANAGER_NAME: `bench-${port}`, DATABASE_URL: databaseUrl, NAILUP_SECRET_KEY: secretKey,
      LOG_LEVEL: 'warn', RESERVATION_SECONDS: '600', ...env,
    },
  });
  let said = '';
  child.stdout.on('data', (chunk) => { said = (said + chunk).slice(-20_000); });
  child.stderr.on('data', (chunk) => { said = (said + chunk).slice(-20_000); });
  const ready = await until(async () => {
    if (child.exitCode !== null) return true;
    return (await fetch(`http://${host}:${port}/health/ready`).catch(() => null))?.status === 200;
  }, { withinMs: 60_000, everyMs: 100 });
  if (!ready || child.exitCode !== null) throw new CannotRun(`A manager (${kind}) did not start: ${said.slice(-400)}`);
  const pid = /** @type {number} */ (child.pid);
  /** @param {NodeJS.Signals} signal */
  const end = async (signal) => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const closed = once(child, 'close');
    child.kill(signal);
    await closed;
  };
  return {
    host, port, pid,
    log: () => said,
    cpuSeconds: () => cpuSeconds(pid),
    residentMb: () => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024,
    // What was measured is told; a drain would be waited for by nobody.
    stop: () => end('SIGKILL'),
    kill: () => end('SIGKILL'),
  };
}

/** By the process's own accounting (proc(5), utime and stime, in ticks of 10 ms). @param {number} pid */
export function cpuSeconds(pid) {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ');
  return (Number(fields[11]) + Number(fields[12])) / 100;
}
