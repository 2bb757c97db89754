// @ts-check
// How the cost of a seat grows: with the media servers of the pool, with the agents who sit already, with the managers who share the work.
import { figure } from './figures.mjs';
import { runLoad } from './load.mjs';
import { openStage } from './stage.mjs';

const clients = 64;

/** @param {import('./figures.mjs').RoomOptions} options @returns {Promise<import('./figures.mjs').Figure[]>} */
export async function figures({ rounds, small, log, octet }) {
  const ms = small ? 500 : 1_500;
  const by = small
    ? { servers: [1], agents: [], managers: [2] }
    : { servers: [1, 10, 50, 255, 1_000], agents: [100, 1_000, 25_000], managers: [1, 2, 4] };
  const stage = await openStage({ octet, log });
  try {
    const cells = [
      ...by.servers.map((servers) => ({ what: `${servers} media servers`, servers, agents: 0, managers: 1 })),
      ...by.agents.map((agents) => ({ what: `${agents} agents who sit, 255 media servers`, servers: 255, agents, managers: 1 })),
      ...by.managers.map((managers) => ({ what: `${managers} managers, 255 media servers`, servers: 255, agents: 0, managers })),
    ];
    /** @type {import('./figures.mjs').Figure[]} */
    const all = [];
    for (const { what, servers: count, agents: sitting, managers: crew } of cells) {
      const database = await stage.database();
      const servers = await database.addServers(count, 50_000);
      const agents = await database.addAgents(small ? 3_000 : 12_000);
      if (sitting > 0) await database.seatAgents(await database.addAgents(sitting), servers);
      /** @type {import('./stage.mjs').Manager[]} */
      const managers = [];
      for (let n = 0; n < crew; n += 1) managers.push(await stage.manager(database));
      /** @type {number[]} */ const rates = [];
      /** @type {number[]} */ const cpu = [];
      for (let round = 0; round <= rounds; round += 1) {
        const used = () => managers.reduce((sum, manager) => sum + manager.cpuSeconds(), 0);
        const before = used();
        const load = await runLoad({ managers, token: database.token, agents, clients, ms });
        if (round > 0) {
          rates.push(load.perSecond);
          cpu.push(((used() - before) / load.sent) * 1e6);
        }
        await database.reset();
      }
      for (const part of [...managers, database]) await part.stop();
      log(`growth: ${what}`);
      all.push(figure({ name: `growth: ${what}`, unit: 'selections/s', rounds: rates, peer: 'CPU of managers', peers: cpu, peerUnit: 'us each' }));
    }
    return all;
  } finally {
    await stage.stop();
  }
}
