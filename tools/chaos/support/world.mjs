// @ts-check
// What the faults stand on: a MySQL of its own, managers as they run in production, and media servers, simulated or real.

import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createConnection } from 'mysql2/promise';
import { compare, Crew, enrol, ManagerApi, Pool } from '../../../apps/pool-simulator/dist/index.js';
import { managerCommand } from '../../manager.mjs';
import { createSandbox, REPOSITORY } from '../../sandbox/index.mjs';
import { freePort, until } from '../../sandbox/machine.mjs';

/** 127.0.117.x: beside the demo and the suites. */
const octet = 117;

/** @typedef {Awaited<ReturnType<typeof openWorld>>} ChaosWorld */
/** @typedef {Awaited<ReturnType<typeof startManager>>} ChaosManager */

/** Waits for a fact and fails with its name. @param {string} what @param {() => boolean | Promise<boolean>} fact @param {number} [withinMs] @returns {Promise<number>} seconds it took */
export async function eventually(what, fact, withinMs = 30_000) {
  const began = performance.now();
  if (!(await until(fact, { withinMs, everyMs: 50 }))) throw new Error(`Not within ${withinMs / 1_000} s: ${what}`);
  return (performance.now() - began) / 1_000;
}

export const pause = (/** @type {number} */ ms) => new Promise((resolve) => { setTimeout(resolve, ms); });

/** @param {Record<string, string>} env @param {string[]} flags of node @param {string} root where it was built */
async function startManager(env, flags, root) {
  const port = await freePort('127.0.0.1');
  const url = `http://127.0.0.1:${port}`;
  const child = spawn(process.execPath, [...flags, join(root, 'apps/api/dist/main.js')], {
    env: { PATH: process.env.PATH, HOST: '127.0.0.1', PORT: String(port), MANAGER_NAME: `chaos-${port}`, LOG_LEVEL: 'info', DRAIN_SECONDS: '0', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (part) => { said = (said + part).slice(-200_000); });
  const ended = once(child, 'exit');
  await eventually('the manager is ready', async () => {
    if (child.exitCode !== null) throw new Error(`The manager ended: ${said.slice(-2_000)}`);
    return (await fetch(`${url}/health/ready`).catch(() => null))?.status === 200;
  }, 60_000);
  return {
    url,
    port,
    name: `chaos-${port}`,
    pid: /** @type {number} */ (child.pid),
    log: () => said,
    metrics: async () => (await fetch(`${url}/metrics`)).text(),
    /** Sends a signal; waits for the end unless the process only stands still or goes on. @param {NodeJS.Signals} signal @returns {Promise<number | null>} exit code */
    async signal(signal) {
      if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
      child.kill(signal);
      if (signal !== 'SIGSTOP' && signal !== 'SIGCONT') await ended;
      return child.exitCode;
    },
  };
}

/** @param {{ small: boolean, log?: (text: string) => void }} options NAILUP_TEST_MYSQL names a MySQL to use; without it one is started */
export async function openWorld({ small, log = () => undefined }) {
  /** @type {(() => Promise<unknown>)[]} */
  const undo = [];
  /** @type {Promise<void> | undefined} */
  let closing;
  /** @type {Awaited<ReturnType<typeof createSandbox>> | undefined} */
  let box;
  const sandbox = async () => {
    if (box) return box;
    const stateDir = mkdtempSync(join(tmpdir(), 'nailup-chaos-'));
    const opened = await createSandbox({ name: 'chaos', stateDir, octet });
    undo.push(async () => {
      await opened.stop();
      rmSync(stateDir, { recursive: true, force: true });
    });
    return (box = opened);
  };
  const server = process.env.NAILUP_TEST_MYSQL ?? (await (await sandbox()).mysql()).url;
  const database = `nailup_chaos_${randomBytes(5).toString('hex')}`;
  const connection = await createConnection({ uri: server.replace(/\/[^/]*$/, '/'), timezone: 'Z' });
  await connection.query(`CREATE DATABASE ${database}`);
  await connection.query(`USE ${database}`);
  await connection.query("SET SESSION time_zone = '+00:00'");
  undo.push(async () => {
    await connection.query(`DROP DATABASE ${database}`);
    await connection.end();
  });
  const env = { DATABASE_URL: server.replace(/\/[^/]*$/, `/${database}`), NAILUP_SECRET_KEY: randomBytes(32).toString('base64'), PROXY_SECRET: randomBytes(32).toString('hex') };
  await managerCommand(['migrate'], env);
  /** An API key. @param {string} scopes by comma */
  const key = async (scopes) => String((await managerCommand(['api-key', '--name', `chaos-${randomBytes(3).toString('hex')}`, '--scopes', scopes], env)).key);
  const apiKey = await key('placements:write,media-servers:read,calls:write,agents:write,events:read');

  /** @param {string} sql @param {unknown[]} [values] @returns {Promise<any[]>} */
  const query = async (sql, values = []) => /** @type {any} */ ((await connection.query(sql, values))[0]);
  /** @param {Record<string, string>} [more] @param {string[]} [flags] @param {string} [root] of another version */
  const manager = async (more = {}, flags = [], root = REPOSITORY) => {
    const one = await startManager({ ...env, ...more }, flags, root);
    undo.push(() => one.signal('SIGKILL'));
    return one;
  };
  return {
    small,
    log,
    query,
    manager,
    apiKey,
    key,
    sandbox,
    /** What the managers and their command line are told. */
    env,
    /** Writes events of no consequence, as a transaction of the product does. @param {number} count @param {object} data @returns {Promise<number>} sequence of the last */
    async tell(count, data) {
      await query('START TRANSACTION');
      await query('UPDATE event_head SET seq = LAST_INSERT_ID(seq + ?) WHERE id = 1', [count]);
      const [{ seq }] = await query('SELECT LAST_INSERT_ID() AS seq');
      const rows = Array.from({ length: count }, (_, n) => [Number(seq) - count + 1 + n, 'agent.state', 'nobody', null, JSON.stringify(data), new Date()]);
      await query('INSERT INTO event_log (seq, type, subject, agent_id, data, at) VALUES ?', [rows]);
      await query('COMMIT');
      return Number(seq);
    },
    undo,
    /** @param {number} uses */
    enrolmentToken: async (uses) => String((await managerCommand(['enrolment-token', '--uses', String(uses)], env)).token),
    /**
     * Simulated media servers and agents, known to the managers, everybody seated.
     * @param {{ url: string }[]} managers @param {{ servers?: number, agents?: number, seated?: boolean }} [size]
     */
    async crowd(managers, { servers = small ? 6 : 255, agents = small ? 60 : 25_000, seated = true } = {}) {
      const pool = await Pool.open({ servers, seed: 7, firstAddress: '127.117.0.1' });
      undo.push(() => pool.close());
      const urls = managers.map(({ url }) => url);
      const api = new ManagerApi({ managers: urls, apiKey });
      undo.push(async () => api.close());
      await enrol(pool, api, String((await managerCommand(['enrolment-token', '--uses', String(servers)], env)).token));
      const ids = await addAgents(query, agents);
      const crew = new Crew({ pool, manager: api, agents: ids, reconnectWithinMs: 500 });
      undo.push(async () => crew.stop());
      await eventually('all media servers are healthy', async () => (await compare(pool, api)).healthy === servers, 120_000);
      if (seated) {
        await crew.seatAll();
        await eventually('everybody is counted', async () => (await compare(pool, api)).agentsInCall === agents, 120_000);
      }
      return {
        pool,
        api,
        crew,
        divergences: async () => (await compare(pool, api)).divergences.length,
        compare: () => compare(pool, api),
        /** Others have taken their place. @param {ChaosManager[]} others */
        managersAre: (others) => { urls.splice(0, Infinity, ...others.map(({ url }) => url)); },
      };
    },
    /** Takes everything away, once; what cannot be keeps nothing else from it. */
    close: () => (closing ??= undoAll(undo)),
  };
}

/** The last first. @param {(() => Promise<unknown>)[]} undo @throws what went wrong first, at the end */
async function undoAll(undo) {
  /** @type {unknown[]} */
  const failed = [];
  for (let step = undo.pop(); step; step = undo.pop()) {
    try {
      await step();
    } catch (error) {
      failed.push(error);
    }
  }
  if (failed.length > 0) throw failed[0];
}

/** Agents without a password: a hash for each of 25,000 would take an hour. @param {ChaosWorld['query']} query @param {number} count */
async function addAgents(query, count) {
  const ids = Array.from({ length: count }, () => crypto.randomUUID());
  for (let at = 0; at < count; at += 1_000) {
    const rows = ids.slice(at, at + 1_000).map((id) => [id, `agent-${id}`, 'Agent', 'agent', '[]', true, 'none']);
    await query('INSERT INTO agents (id, username, display_name, role, skills, enabled, password_hash) VALUES ?', [rows]);
  }
  return ids;
}
