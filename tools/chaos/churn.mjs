// @ts-check
import { Callers } from '../../apps/pool-simulator/dist/index.js';
import { until } from '../sandbox/machine.mjs';
import { residentOf } from './support/resident.mjs';
import { followStream } from './support/stream.mjs';
import { eventually, pause } from './support/world.mjs';

/**
 * How much of each there is. A shift of seconds ends before memory has settled, so it says no more than that nothing runs away; what it does show
 * at that size is that everything opened is closed again.
 */
const sizes = {
  small: { servers: 4, agents: 40, lastsMs: 10_000, comeEveryMs: 150, restartEveryMs: 4_000, streamEveryMs: 700, sampleEveryMs: 250, talks: 10, dials: 3, talkMs: 2_000, memoryMb: 60 },
  full: { servers: 40, agents: 2_000, lastsMs: 3_600_000, comeEveryMs: 250, restartEveryMs: 45_000, streamEveryMs: 2_000, sampleEveryMs: 5_000, talks: 100, dials: 10, talkMs: 15_000, memoryMb: 20 },
};
/** Of the streams that come and go; an API key may have ten. */
const mostStreams = 6;

/** @typedef {Awaited<ReturnType<import('./support/world.mjs').ChaosWorld['crowd']>>} Crowd */

/** @param {readonly number[]} values */
const median = (values) => [...values].sort((one, other) => one - other)[Math.floor(values.length / 2)] ?? 0;

/** @type {import('../chaos.mjs').Fault} */
export default {
  name: 'churn',
  breaks: 'an hour of churn: agents, calls and readers come and go, media servers restart now and then',
  async run(world, figure) {
    const size = world.small ? sizes.small : sizes.full;
    const managers = await Promise.all([world.manager(), world.manager()]);
    const urls = managers.map(({ url }) => url);
    const crowd = await world.crowd(managers, size);
    // As the demo does: its numbers are those of nobody, and are not called unless it is said that they may be.
    await world.query("UPDATE pool SET settings = JSON_SET(settings, '$.dialling', CAST(? AS JSON)) WHERE id = 1", [JSON.stringify({
      enabled: true, countries: ['US'], alsoAllowed: ['+155501'], emergency: false, callsPerMinute: 60, callerId: null })]);
    const sum = async (/** @type {string} */ name) => (await Promise.all(managers.map((manager) => metric(manager, name)))).reduce((all, one) => all + one, 0);
    const steady = followStream({ urls: () => urls, token: world.apiKey });
    await eventually('the stream is open', async () => (await sum('nailup_live_streams')) === 1);
    const rest = restOf(world, crowd, sum);
    const before = await rest({ files: Infinity, handles: Infinity });

    const life = liveIn(world, crowd, size, urls);
    const processor = await sum('process_cpu_seconds_total');
    const began = performance.now();
    /** @type {number[][]} */
    const memory = [];
    while (performance.now() - began < size.lastsMs) {
      memory.push(managers.map(({ pid }) => residentOf(pid)));
      if (memory.length % 60 === 0) world.log(`${Math.round((performance.now() - began) / 60_000)} min: ${memory.at(-1)?.map((mb) => mb.toFixed(0)).join(' and ')} MB`);
      await pause(size.sampleEveryMs);
    }
    const seconds = (performance.now() - began) / 1_000;
    const busy = (await sum('process_cpu_seconds_total')) - processor;
    const told = await life.end();
    world.log(`${told}; a manager took ${((busy / seconds / managers.length) * 100).toFixed(0)} % of a core`);

    // The first quarter warms up; the second is what the last is held against.
    const quarter = Math.floor(memory.length / 4);
    const of = (/** @type {number} */ n, /** @type {number} */ which) => median(memory.slice(n * quarter, (n + 1) * quarter).map((sample) => sample[which]));
    figure('memory of a manager in the last quarter, above the second', Math.max(...managers.map((_, n) => of(3, n) - of(1, n))), 'MB', size.memoryMb);

    const openCalls = async () => Number((await world.query("SELECT COUNT(*) AS n FROM calls WHERE state <> 'ended'"))[0].n);
    const all = await until(async () => {
      const { agentsInCall, talking, reserved, divergences } = await crowd.compare();
      return agentsInCall === size.agents && talking === 0 && reserved === 0 && divergences.length === 0 && (await openCalls()) === 0;
    }, { withinMs: 30_000, everyMs: 100 });
    const { divergences, agentsInCall } = await crowd.compare();
    figure('media servers of which the managers count otherwise than they do', divergences.length, '', 0);
    figure('agents who do not sit, though all want to', size.agents - agentsInCall, '', 0);
    if (!all) world.log('it did not come to rest within 30 s');
    figure('calls that are still open', await openCalls(), '', 0);

    const after = await rest(before);
    figure('files the managers hold open at rest, above those before', Math.max(0, after.files - before.files), '', 2);
    figure('handles of their event loops at rest, above those before', Math.max(0, after.handles - before.handles), '', 2);
    figure('connections to MySQL of a manager', after.connections / managers.length, '', 16);
    figure('AMI sessions with one media server', after.sessions, '', managers.length + 1);
    figure('rows that were to be swept minutes ago', await leftBehind(world), '', 0);
    await steady.caughtUp(world.query);
    figure('events that came twice in a stream', life.twice() + steady.twice(), '', 0);
    figure('events the stream that was always open did not hear', steady.missing(), '', 0);
    await steady.close();
  },
};

/**
 * Everything that comes and goes.
 * @param {import('./support/world.mjs').ChaosWorld} world @param {Crowd} crowd @param {typeof sizes.full} size @param {string[]} urls
 */
function liveIn(world, { pool, api, crew }, size, urls) {
  let living = true;
  const count = { left: 0, reloaded: 0, restarts: 0, streams: 0 };
  const chance = pool.chance.of('churn');
  const sits = (/** @type {string} */ agentId) => crew.seated.some((seat) => seat.agentId === agentId);
  /** @type {Set<Promise<unknown>>} */
  const errands = new Set();
  const every = async (/** @type {number} */ ms, /** @type {() => Promise<unknown>} */ errand) => {
    for (; living; await pause(ms * chance.between(0.5, 1.5))) {
      const run = errand().finally(() => errands.delete(run));
      errands.add(run);
    }
  };
  const comeAndGo = async () => {
    const { seated } = crew;
    const seat = seated[chance.below(seated.length)];
    if (seat === undefined) return;
    // Every fourth only loads her page again.
    if (chance.below(4) === 0) {
      count.reloaded += 1;
      return crew.reload(seat.agentId);
    }
    count.left += 1;
    await crew.leave(seat.agentId);
    await pause(chance.between(500, 3_000));
    while (living && !sits(seat.agentId)) await crew.reload(seat.agentId);
  };
  const restart = async () => {
    await pause(size.restartEveryMs / 2);
    if (!living) return;
    const server = pool.servers[chance.below(pool.servers.length)];
    count.restarts += 1;
    await server.die('rst');
    await pause(1_000);
    await server.start();
  };
  /** @type {ReturnType<typeof followStream>[]} */
  const streams = [];
  /** @type {ReturnType<typeof followStream>[]} */
  const open = [];
  const key = world.key('events:read');
  const read = async () => {
    count.streams += 1;
    const stream = followStream({ urls: () => (count.streams % 2 === 0 ? urls : [...urls].reverse()), token: await key });
    streams.push(stream);
    open.push(stream);
    if (open.length > mostStreams) await open.shift()?.close();
  };
  const callers = /** @type {const} */ (['local', 'dialled']).map((kind) => new Callers({
    pool, crew, manager: api, kind, atOnce: kind === 'local' ? size.talks : size.dials, talkMs: size.talkMs, pauseMs: size.talkMs / 2,
  }).start());
  const running = [every(size.comeEveryMs, comeAndGo), every(size.restartEveryMs, restart), every(size.streamEveryMs, read)];
  return {
    twice: () => streams.reduce((all, stream) => all + stream.twice(), 0),
    /** Who is there stays; all others sit down again, and nobody talks. @returns {Promise<string>} what happened */
    async end() {
      living = false;
      await Promise.all([...running, ...callers.map((one) => one.stop())]);
      await Promise.all(errands);
      await Promise.all(open.map((stream) => stream.close()));
      await crew.seatAll({ patienceMs: 30_000 });
      const refused = [...crew.figures.refused].map(([why, times]) => `${times} x ${why.trim()}`).join(', ');
      return `${count.left} left and came back, ${count.reloaded} reloads, ${crew.figures.calls} calls, ${count.restarts} restarts, ${count.streams} streams, refused: ${refused || 'nobody'}`;
    },
  };
}

/**
 * What the managers hold when nobody asks them anything, once it is no more than `least`, or after a while.
 * @param {import('./support/world.mjs').ChaosWorld} world @param {Crowd} crowd @param {(metric: string) => Promise<number>} sum
 */
function restOf(world, { pool, api }, sum) {
  const look = async () => {
    // Connections that are kept for the next request.
    api.close();
    const [{ n }] = await world.query('SELECT COUNT(*) - 1 AS n FROM information_schema.processlist WHERE db = DATABASE()');
    const connections = Number(n);
    const sessions = Math.max(...pool.servers.map((server) => server.sessions));
    // Of these two there are more when more is wanted, up to a bound: they have figures of their own.
    const known = connections + pool.servers.reduce((all, server) => all + server.sessions, 0);
    return { files: (await sum('process_open_fds')) - known, handles: (await sum('nodejs_active_handles_total')) - known, connections, sessions };
  };
  return async (/** @type {{ files: number, handles: number }} */ least) => {
    let now = await look();
    await until(async () => {
      now = await look();
      return now.files <= least.files && now.handles <= least.handles;
    }, { withinMs: 10_000, everyMs: 200 });
    return now;
  };
}

/** @param {import('./support/world.mjs').ChaosManager} manager @param {string} name */
async function metric(manager, name) {
  const found = new RegExp(`^${name}(?:\\{[^}]*\\})? (\\S+)$`, 'm').exec(await manager.metrics());
  if (found === null) throw new Error(`No metric of a manager is called ${name}`);
  return Number(found[1]);
}

/** Rows whose time is long over; housekeeping comes once a minute and a half at the latest. @param {import('./support/world.mjs').ChaosWorld} world */
async function leftBehind(world) {
  const counts = await Promise.all([
    'event_tickets WHERE expires_at < NOW(3) - INTERVAL 3 MINUTE',
    'idempotency_keys WHERE expires_at < NOW(3) - INTERVAL 3 MINUTE',
    'placement_failures WHERE until_at < NOW(3) - INTERVAL 3 MINUTE',
    "placements WHERE state = 'reserved' AND expires_at < NOW(3) - INTERVAL 10 SECOND",
    "placements WHERE state = 'lost' AND lost_until < NOW(3) - INTERVAL 10 SECOND",
  ].map((rows) => world.query(`SELECT COUNT(*) AS n FROM ${rows}`)));
  return counts.reduce((all, [{ n }]) => all + Number(n), 0);
}
