// @ts-check
import { everythingBetween, everythingOf, packetFilter } from './support/packet-filter.mjs';
import { openRealPool } from './support/real-pool.mjs';
import { eventually, pause } from './support/world.mjs';

/** @typedef {import('./support/real-pool.mjs').RealPool} RealPool */
/** @typedef {import('./support/real-pool.mjs').RealServer} RealServer */

/** @type {import('../chaos.mjs').Fault} */
export default {
  name: 'media-server-cut',
  breaks: 'the network of one of five real media servers is cut, then only that between another one and its agents: nothing is closed, nobody is told',
  async run(world, figure) {
    const filter = await packetFilter();
    const pool = await openRealPool(world, world.small ? { servers: 3, agents: 2 } : { servers: 5, agents: 20 });
    const [gone, unheard] = pool.media;
    const cut = async (/** @type {RealServer} */ server, /** @type {string[][]} */ rules) => {
      const mend = await filter.cut(rules);
      world.undo.push(mend);
      return { mend, moved: leaveAll(world, pool, server) };
    };

    const calm = await pool.now();
    const away = await cut(gone, everythingOf([gone.host, gone.wayToManagers]));
    figure('cut: until it is down', await pool.until(gone.name, 'down'), 's', 6);
    const found = await pool.now();
    const newcomers = await Promise.all((await pool.hire(world.small ? 2 : 20)).map((agentId) => pool.seat(agentId)));
    figure('cut: until all who sat there sit elsewhere', await away.moved, 's', 10);
    pool.seats.push(...newcomers);
    figure('cut: legs of other media servers that ended', pool.lost([]), '', 0);
    figure('cut: seats given on it after it was found', await given(world, gone, found), '', 0);
    figure('cut: max - min of the seats on the others', await spread(pool, [gone.name]), '', 1);
    if ((await channels(gone)) === 0) throw new Error('Nobody hung up, and still no channel stands there: that none is left would prove nothing');
    figure('cut: times another media server was not healthy', (await pool.changes(calm)) - (await pool.changes(calm, gone.name)), '', 0);
    const healed = performance.now();
    await away.mend();
    figure('healed: until it is back', await pool.until(gone.name, 'healthy'), 's', 10);
    await eventually('no channel is left on it', async () => (await channels(gone)) === 0, 90_000);
    figure('healed: until no orphan is left on it', (performance.now() - healed) / 1_000, 's', 60);
    const [next] = await pool.hire(1);
    pool.seats.push(await pool.seat(next ?? ''));
    figure('healed: of the next agent, seats elsewhere', Number(pool.seats.at(-1)?.server !== gone.name), '', 0);

    const since = await pool.now();
    const began = performance.now();
    const silent = await cut(unheard, everythingBetween(pool.phone.host, unheard.host));
    figure('cut from its agents alone: until all of them sit elsewhere', await silent.moved, 's', 10);
    // Hung up by order of the managers, who reach it.
    await eventually('no channel is left on it', async () => (await channels(unheard)) === 0, 90_000);
    figure('cut from its agents alone: until no orphan is left on it', (performance.now() - began) / 1_000, 's', 60);
    figure('cut from its agents alone: times a media server was not healthy', await pool.changes(since), '', 0);
    figure('cut from its agents alone: legs of other media servers that ended', pool.lost([]), '', 0);
  },
};

/**
 * Whoever sits on a media server does what her softphone does (libs/phone: pulse, way up): when she hears nothing she asks for her seat, is sent back
 * there or elsewhere, reports that it does not answer, and takes another one. @param {import('./support/world.mjs').ChaosWorld} world
 * @param {RealPool} pool @param {RealServer} server @returns {Promise<number>} seconds until the last of them is counted elsewhere
 */
function leaveAll(world, pool, server) {
  const began = performance.now();
  const all = pool.seats.filter((seat) => seat.server === server.name);
  const moved = Promise.all(all.map(async (seat) => {
    await silence(seat.leg);
    const { id, mediaServer } = await pool.post('/placements', { agentId: seat.agentId });
    if (mediaServer.id === seat.serverId) {
      await pause(connectMs);
      // A courtesy: her seat may have ended meanwhile.
      await pool.post(`/placements/${id}/failure`, { stage: 'websocket', reason: 'No answer' }).catch(() => undefined);
    }
    const elsewhere = await pool.seat(seat.agentId, [seat.serverId]);
    await eventually('she is counted there', async () => (await world.query('SELECT state FROM placements WHERE id = ?', [elsewhere.id]))[0].state === 'connected');
    pool.seats[pool.seats.indexOf(seat)] = elsewhere;
  })).then(() => (performance.now() - began) / 1_000);
  // Awaited later, after other figures.
  moved.catch(() => undefined);
  return moved;
}

/** As `pulseTimes` of libs/phone/src/time/pulse.ts and `connectMs` of libs/phone/src/sip/sip-line.ts have it. */
const pulse = { everyMs: 800, answerMs: 1_200 };
const connectMs = 2_500;

/** Until the media server answers nothing inside the dialog any more. @param {import('../testing/sip-phone.mjs').Leg} leg */
async function silence(leg) {
  for (;;) {
    const heard = leg.answers.length;
    leg.send('UPDATE', [['Contact', `<sip:${leg.phone.host}:${leg.phone.port}>`]]);
    for (const due = performance.now() + pulse.answerMs; leg.answers.length === heard; await pause(50)) if (performance.now() > due) return;
    await pause(pulse.everyMs);
  }
}

/** Seats that were given on it since. @param {import('./support/world.mjs').ChaosWorld} world @param {RealServer} server @param {Date} since */
const given = async (world, server, since) =>
  Number((await world.query('SELECT COUNT(*) AS n FROM placements p JOIN media_servers s ON s.id = p.media_server_id WHERE s.name = ? AND p.reserved_at > ?', [server.name, since]))[0].n);

/** @param {RealPool} pool @param {string[]} but */
async function spread(pool, but) {
  const seats = await Promise.all(pool.media.filter(({ name }) => !but.includes(name)).map(({ name }) => pool.booked(name)));
  return Math.max(...seats) - Math.min(...seats);
}

/** What stands there by its own list. @param {RealServer} server */
const channels = async (server) => Number(/(\d+) active channel/.exec(await server.cli('core show channels'))?.[1] ?? Number.NaN);
