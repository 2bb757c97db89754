// @ts-check
// The simulated media servers of the ingest room and the agents on them, in a process of their own, so that what they cost is not taken for the manager's.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const self = fileURLToPath(import.meta.url);

/**
 * @typedef {{ servers: number, firstAddress: string, manager: string, apiKey: string, enrolmentToken: string, agents: string[] }} PoolOrder
 * Opens the pool, enrols it and seats every agent through the manager.
 * @param {PoolOrder} order
 */
export async function openPool(order) {
  const child = fork(self, ['pool'], { serialization: 'advanced' });
  child.send(order);
  const [{ seated }] = await Promise.race([once(child, 'message'), once(child, 'exit').then(() => { throw new Error('The simulated pool ended before it was there.'); })]);
  return {
    /** Agents who have a seat. */
    seated: /** @type {number} */ (seated),
    async stop() {
      if (child.exitCode !== null) return;
      child.kill('SIGKILL');
      await once(child, 'exit');
    },
  };
}

/** @param {PoolOrder} order */
async function open({ servers, firstAddress, manager, apiKey, enrolmentToken, agents }) {
  const { Crew, enrol, ManagerApi, Pool } = await import('@nailup/pool-simulator');
  const pool = await Pool.open({ servers, seed: 1, firstAddress, capacity: 1_000 });
  const api = new ManagerApi({ managers: [manager], apiKey });
  await enrol(pool, api, enrolmentToken);
  const crew = new Crew({ pool, manager: api, agents, reconnectWithinMs: 100 });
  process.send?.({ seated: await crew.seatAll({ atOnce: 128, patienceMs: 180_000 }) });
}

if (process.argv[1] === self) process.once('message', (order) => void open(/** @type {PoolOrder} */ (order)));
