// @ts-check
// How long a seat takes at a steady 1,000 selections a second. A latency counts from when the request was due by the schedule, so a manager that
// stands still pays for everybody it kept waiting.
import { figure } from './figures.mjs';
import { runLoad } from './load.mjs';
import { openStage } from './stage.mjs';

const kinds = /** @type {const} */ (['bare', 'ours', 'tx']);

/** @param {import('./figures.mjs').RoomOptions} options @returns {Promise<import('./figures.mjs').Figure[]>} */
export async function figures({ rounds, small, log, octet }) {
  const perSecond = small ? 200 : 1_000;
  const ms = small ? 1_500 : 5_000;
  const stage = await openStage({ octet, log });
  try {
    const [own, peers] = [await stage.database(), await stage.database()];
    for (const database of [own, peers]) await database.addServers(small ? 60 : 255);
    const agents = { ours: await own.addAgents((perSecond * ms) / 1_000), peers: await peers.addAgents((perSecond * ms) / 1_000) };
    const [ours, tx, bare] = await Promise.all([stage.manager(own), stage.manager(peers, 'tx'), stage.manager(peers, 'bare')]);
    const managers = { ours, tx, bare };
    /** @type {Record<typeof kinds[number], { p50: number, p99: number }[]>} */
    const measured = { bare: [], ours: [], tx: [] };
    for (let round = 0; round <= rounds; round += 1) {
      for (const kind of kinds) {
        const database = kind === 'ours' ? own : peers;
        const load = { managers: [managers[kind]], token: database.token, agents: kind === 'ours' ? agents.ours : agents.peers, clients: 256 };
        // Round 0 warms: as fast as it goes, so that the compiler sees it all.
        const result = await runLoad(round === 0 ? { ...load, ms: small ? 500 : 3_000 } : { ...load, ms, rate: perSecond });
        if (round > 0) measured[kind].push(result);
        if (kind !== 'bare') await database.reset();
      }
      log(`rate: ${round === 0 ? 'warm' : `round ${round} of ${rounds}`}`);
    }
    const p99 = (/** @type {typeof kinds[number]} */ kind) => measured[kind].map((one) => one.p99);
    const name = `p99 at ${perSecond} selections a second`;
    return [
      figure({ name: `${name}, against bare`, unit: 'x bare', most: 3, rounds: p99('ours').map((value, at) => value / p99('bare')[at]), peer: 'bare endpoint', peers: p99('bare'), peerUnit: 'ms' }),
      figure({ name, unit: 'ms', rounds: p99('ours'), peer: 'one transaction per request', peers: p99('tx'), peerUnit: 'ms' }),
      figure({ name: `p50 at ${perSecond} selections a second`, unit: 'ms', rounds: measured.ours.map(({ p50 }) => p50), peer: 'bare endpoint', peers: measured.bare.map(({ p50 }) => p50), peerUnit: 'ms' }),
    ];
  } finally {
    await stage.stop();
  }
}
