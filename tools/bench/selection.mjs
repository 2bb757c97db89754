// @ts-check
// Durable selections a second, through the whole stack: auth, validation, the decision, MySQL with its binary log synced at each commit, the answer.
// Peers in the same rounds: one transaction per request, and the bare endpoint (peer-manager.mjs says what each of them does).
import { figure } from './figures.mjs';
import { runLoad } from './load.mjs';
import { openStage } from './stage.mjs';

/** @typedef {{ managers: number, clients: number, live: number }} Cell */
/** @typedef {{ perSecond: number, cpu: number, databaseCpu: number, faults: number, gap: number }} Measured */

const kinds = /** @type {const} */ (['ours', 'tx', 'bare']);
const least = { 64: 0.6, 256: 0.75 };

/** @param {import('./figures.mjs').RoomOptions} options @returns {Promise<import('./figures.mjs').Figure[]>} */
export async function figures({ rounds, small, log, octet }) {
  const lives = small ? [0] : [0, 25_000];
  const counts = small ? [1] : [1, 2];
  const ms = small ? 800 : 2_000;
  const stage = await openStage({ octet, log });
  try {
    const world = await openWorld(stage, counts.length, small ? 60 : 255, small ? 6_000 : 25_000);
    /** @type {Map<string, Measured[]>} */
    const measured = new Map();
    for (const live of lives) {
      if (live > 0) {
        log(`selection: ${live} agents take their seats`);
        await world.seat(live);
      }
      const cells = counts.flatMap((managers) => (small ? [64] : [64, 256]).map((clients) => ({ managers, clients, live })));
      // Whoever has not run yet runs slower: a round for nobody's figures.
      for (let round = 0; round <= rounds; round += 1) {
        for (const cell of cells) {
          for (const kind of kinds) {
            const one = await world.measure(kind, cell, round === 0 ? ms / 2 : ms);
            if (round > 0) measured.set(keyOf(kind, cell), [...(measured.get(keyOf(kind, cell)) ?? []), one]);
          }
        }
        log(`selection: ${live} live seats, ${round === 0 ? 'warm' : `round ${round} of ${rounds}`}`);
      }
    }
    return judge(measured, lives.flatMap((live) => counts.flatMap((managers) => (small ? [64] : [64, 256]).map((clients) => ({ managers, clients, live })))));
  } finally {
    await stage.stop();
  }
}

/** Managers of each kind with databases of their own: a manager reads the events of all others on its database. @param {Awaited<ReturnType<typeof openStage>>} stage @param {number} most managers @param {number} serverCount @param {number} agentCount */
async function openWorld(stage, most, serverCount, agentCount) {
  const fill = async () => {
    const database = await stage.database();
    return { database, servers: await database.addServers(serverCount), agents: await database.addAgents(agentCount) };
  };
  const [one, two, peers] = [await fill(), await fill(), await fill()];
  const start = (/** @type {typeof one} */ { database }, /** @type {import('./stage.mjs').Kind} */ kind) => stage.manager(database, kind);
  const several = (/** @type {typeof one} */ world, /** @type {import('./stage.mjs').Kind} */ kind, count = most) => Promise.all(Array.from({ length: count }, () => start(world, kind)));
  const [alone, together, tx, bare] = await Promise.all([several(one, 'ours', 1), several(two, 'ours', most > 1 ? most : 0), several(peers, 'tx'), several(peers, 'bare')]);
  const managers = { ours: { 1: alone, 2: together }, tx, bare };
  return {
    /** @param {number} live */
    async seat(live) {
      for (const { database, servers } of [one, two, peers]) await database.seatAgents(await database.addAgents(live), servers);
    },
    /** @param {typeof kinds[number]} kind @param {Cell} cell @param {number} ms @returns {Promise<Measured>} */
    async measure(kind, cell, ms) {
      const count = /** @type {1 | 2} */ (cell.managers);
      const { database, agents } = kind === 'ours' ? (count === 1 ? one : two) : peers;
      const asked = kind === 'ours' ? managers.ours[count] : managers[kind].slice(0, count);
      const cpu = () => asked.reduce((sum, manager) => sum + manager.cpuSeconds(), 0);
      const [before, beforeDatabase] = [cpu(), stage.cpuOfMysql()];
      const load = await runLoad({ managers: asked, token: database.token, agents, clients: cell.clients, ms });
      const [after, afterDatabase] = [cpu(), stage.cpuOfMysql()];
      const audit = kind === 'bare' ? { wrong: 0, doubles: 0, reserved: load.statuses['201'] ?? 0, gap: 0 } : await database.audit();
      if (kind !== 'bare') await database.reset();
      const answered = load.statuses['201'] ?? 0;
      return {
        perSecond: load.perSecond, cpu: ((after - before) / load.sent) * 1e6, databaseCpu: ((afterDatabase - beforeDatabase) / load.sent) * 1e6, gap: audit.gap,
        faults: audit.wrong + audit.doubles + Math.abs(audit.reserved - answered) + (load.sent - answered),
      };
    },
  };
}

/** @param {string} kind @param {Cell} cell */
const keyOf = (kind, { managers, clients, live }) => `${kind} ${managers} ${clients} ${live}`;

/** @param {Map<string, Measured[]>} measured @param {Cell[]} cells */
function judge(measured, cells) {
  const of = (/** @type {string} */ kind, /** @type {Cell} */ cell) => measured.get(keyOf(kind, cell)) ?? [];
  const named = (/** @type {Cell} */ { managers, clients, live }) => `${clients} clients, ${managers} manager${managers === 1 ? '' : 's'}, ${live} live seats`;
  const ratios = cells.flatMap((cell) => {
    const [ours, tx, bare] = kinds.map((kind) => of(kind, cell).map(({ perSecond }) => perSecond));
    return [
      figure({ name: `selections: ${named(cell)}`, unit: 'x one transaction per request', least: 10, rounds: ours.map((value, at) => value / tx[at]), peer: 'one transaction per request', peers: tx, peerUnit: '/s' }),
      figure({ name: `selections against bare: ${named(cell)}`, unit: 'x bare', least: least[/** @type {64 | 256} */ (cell.clients)], rounds: ours.map((value, at) => value / bare[at]), peer: 'bare endpoint', peers: bare, peerUnit: '/s' }),
      figure({ name: `selections a second: ${named(cell)}`, unit: '/s', rounds: ours, peer: 'CPU of the manager', peers: of('ours', cell).map(({ cpu }) => cpu), peerUnit: `us each, of MySQL ${Math.round(of('ours', cell).map(({ databaseCpu }) => databaseCpu).sort((a, b) => a - b)[of('ours', cell).length >> 1])}` }),
    ];
  });
  const every = cells.flatMap((cell) => of('ours', cell));
  return [
    ...ratios,
    figure({ name: 'selections: most - least seats in every window', unit: 'seats', most: 1, rounds: every.map(({ gap }) => gap) }),
    figure({ name: 'selections: lost, double, miscounted or refused', unit: 'seats', most: 0, rounds: every.map(({ faults }) => faults) }),
  ];
}
