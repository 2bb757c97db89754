// @ts-check
// What the media servers cost the manager: how long HTTP takes while all of them are read anew at once, against when nothing happens, and the
// memory of the whole process (its worker thread included) at rest. The media servers are simulated and speak real AMI; agents sit by the real way.
import { existsSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { managerCommand } from '../manager.mjs';
import { REPOSITORY } from '../sandbox/index.mjs';
import { until } from '../sandbox/machine.mjs';
import { CannotRun, figure, percentile } from './figures.mjs';
import { openPool } from './pool-process.mjs';
import { openStage, secretKey } from './stage.mjs';

const probesPerSecond = 100;
const simulator = join(REPOSITORY, 'apps/pool-simulator/dist/index.js');

/** @param {import('./figures.mjs').RoomOptions} options @returns {Promise<import('./figures.mjs').Figure[]>} */
export async function figures({ rounds, small, log, octet }) {
  const size = small ? { servers: 20, agents: 200, windowMs: 2_000, restMs: 2_000 } : { servers: 255, agents: 25_000, windowMs: 6_000, restMs: 20_000 };
  if (!existsSync(simulator)) throw new CannotRun(`The simulated media servers are not built (${simulator} is missing): run "npm run build" first.`);
  const stage = await openStage({ octet, log });
  try {
    const database = await stage.database();
    const manager = await stage.manager(database, 'ours', { RECONCILE_SECONDS: '600' });
    const url = `http://${manager.host}:${manager.port}`;
    const { token } = await managerCommand(['enrolment-token', '--uses', String(size.servers)], { DATABASE_URL: database.url, NAILUP_SECRET_KEY: secretKey });
    log(`ingest: ${size.servers} simulated media servers, ${size.agents} agents take their seats`);
    const pool = await openPool({ servers: size.servers, firstAddress: `127.${octet}.0.1`, manager: url, apiKey: database.token, enrolmentToken: String(token), agents: await database.addAgents(size.agents) })
      .catch((error) => { throw new CannotRun(`The simulated pool cannot run: ${error.message}`); });
    try {
      if (!(await until(async () => Number((await database.query("SELECT COUNT(*) AS seated FROM placements WHERE state = 'connected'"))[0].seated) === size.agents, { withinMs: 60_000, everyMs: 250 }))) {
        throw new CannotRun(`Only ${pool.seated} of ${size.agents} agents got a seat that the manager saw.`);
      }
      await sleep(size.restMs);
      /** @type {number[]} */ const memory = [];
      /** @type {number[]} */ const idle = [];
      /** @type {number[]} */ const busy = [];
      /** @type {number[]} */ const took = [];
      for (let round = 1; round <= rounds; round += 1) {
        memory.push(manager.residentMb());
        idle.push(percentile(await probe(manager, database.token, size.windowMs), 0.99));
        const resynced = resync(database, size.servers);
        busy.push(percentile(await probe(manager, database.token, size.windowMs), 0.99));
        took.push(await resynced);
        log(`ingest: round ${round} of ${rounds}`);
        await sleep(1_000);
      }
      const lost = size.agents - Number((await database.query("SELECT COUNT(*) AS seated FROM placements WHERE state = 'connected'"))[0].seated);
      return [
        figure({ name: `HTTP p99 while ${size.servers} media servers resync at once`, unit: 'x idle', ...(small ? {} : { most: 3 }), rounds: busy.map((value, at) => value / idle[at]), peer: 'idle', peers: idle, peerUnit: 'ms' }),
        figure({ name: `HTTP p99 while ${size.servers} media servers resync`, unit: 'ms', rounds: busy }),
        figure({ name: `all ${size.servers} media servers read anew`, unit: 'ms', rounds: took }),
        figure({ name: `resident memory of a manager, ${size.servers} media servers and ${size.agents} agents at rest`, unit: 'MB', most: 300, rounds: memory }),
        figure({ name: 'seats lost by being read anew', unit: 'seats', most: 0, rounds: [lost] }),
      ];
    } finally {
      await pool.stop();
    }
  } finally {
    await stage.stop();
  }
}

/**
 * Takes every lease from the manager: it drops all connections, and at its next look claims, connects and reads all of them at once.
 * @param {import('./stage.mjs').BenchDatabase} database @param {number} count
 * @returns {Promise<number>} milliseconds until the last one was read
 */
async function resync(database, count) {
  const [{ now }] = await database.query('SELECT NOW(3) AS now');
  const started = performance.now();
  await database.query("UPDATE media_servers SET ami_owner = 'taken', ami_epoch = ami_epoch + 1, ami_lease_until = NOW(3) - INTERVAL 1 SECOND, last_seen_at = NULL");
  const all = await until(async () => Number((await database.query("SELECT COUNT(*) AS seen FROM media_servers WHERE last_seen_at > ? AND health = 'healthy' AND ami_owner <> 'taken'", [now]))[0].seen) === count, { withinMs: 30_000, everyMs: 100 });
  if (!all) throw new CannotRun('The manager did not read all media servers anew within 30 s.');
  return performance.now() - started;
}

/** Asks at a steady rate for as long; a latency counts from when the request was due. @param {import('./stage.mjs').Manager} manager @param {string} token @param {number} ms @returns {Promise<number[]>} */
async function probe({ host, port }, token, ms) {
  const agent = new Agent({ keepAlive: true, maxSockets: 64 });
  /** @type {Promise<number>[]} */
  const asked = [];
  const began = performance.now();
  for (let n = 0; n * (1000 / probesPerSecond) < ms; n += 1) {
    const due = began + n * (1000 / probesPerSecond);
    await sleep(Math.max(0, due - performance.now()));
    asked.push(new Promise((resolve, reject) => {
      request({ host, port, agent, path: '/api/v1/placements?limit=1', headers: { authorization: `Bearer ${token}` } }, (response) => {
        response.resume().on('end', () => resolve(performance.now() - due));
      }).on('error', reject).end();
    }));
  }
  const latencies = await Promise.all(asked);
  agent.destroy();
  return latencies;
}
