// @ts-check
import { managerCommand } from '../manager.mjs';
import { Staff } from './support/staff.mjs';
import { eventually } from './support/world.mjs';

/** @typedef {import('./support/world.mjs').ChaosManager} ChaosManager */

/** Every manager stands behind a balancer, which says for whom it asks. */
const behindBalancer = { TRUST_PROXY: 'true' };
const signIn = '/api/v1/auth/login';

/** @type {import('../chaos.mjs').Fault} */
export default {
  name: 'shift-start',
  breaks: '2,000 agents sign in within a minute; then all reconnect at once, to the seats they have, and once more when all seats are gone',
  async run(world, figure) {
    // A small one runs beside other suites, and its 99th percentile is the last of all.
    const size = world.small ? { servers: 6, agents: 36, spreadMs: 3_000, withinMs: 10_000 } : { servers: 40, agents: 2_000, spreadMs: 60_000, withinMs: 5_000 };
    const start = () => Promise.all([world.manager(behindBalancer), world.manager(behindBalancer)]);
    let managers = await start();
    const crowd = await world.crowd(managers, { ...size, seated: false });
    const password = await onePassword(world);
    const agents = await world.query('SELECT id, username FROM agents WHERE role = ?', ['agent']);
    const staff = new Staff({ pool: crowd.pool, managers: () => managers.map(({ url }) => url), agents, password });

    /** @param {string} what @param {number} spreadMs */
    const phase = async (what, spreadMs) => {
      const before = await Promise.all(managers.map(usage));
      const { took, told, failed } = await staff.allTakeSeats(spreadMs);
      const after = await Promise.all(managers.map(usage));
      const busy = after.reduce((sum, one, n) => sum + one.processorMs - before[n].processorMs, 0);
      world.log(`${what}: median ${ms(took, 0.5)} ms, longest ${ms(took, 1)} ms, ${(busy / agents.length).toFixed(1)} ms of the managers for each, told to wait: ${list(told)}`);
      figure(`${what}: from the click to a seat, p99`, took.at(0.99) ?? Infinity, 'ms', size.withinMs);
      if (failed.size > 0) world.log(`refused: ${list(failed)}`);
      figure(`${what}: requests that were refused and not told when to ask again`, [...failed.values()].reduce((sum, one) => sum + one, 0), '', 0);
      await eventually(`${what}: everybody is counted`, async () => (await crowd.compare()).agentsInCall === agents.length);
      const { spread, divergences } = await crowd.compare();
      figure(`${what}: seats of one media server above those of another`, spread, '', 1);
      figure(`${what}: media servers that are counted otherwise than they say`, divergences.length, '', 0);
      const { none, several } = await seatsOf(world, crowd.pool);
      figure(`${what}: agents without a seat`, none, '', 0);
      figure(`${what}: agents with two seats`, several, '', 0);
    };

    await phase('shift start', size.spreadMs);
    figure('shift start: agents who signed in without a password', Math.max(0, agents.length - (await signIns(managers))), '', 0);

    // From here on no password is right any more: whoever is let in was not asked for one.
    await world.query("UPDATE agents SET password_hash = 'none' WHERE role = 'agent'");
    const seats = () => world.query("SELECT id FROM placements WHERE state IN ('reserved', 'connected', 'lost') ORDER BY id");
    const had = JSON.stringify(await seats());
    await Promise.all(managers.map((manager) => manager.signal('SIGKILL')));
    managers = await start();
    crowd.managersAre(managers);
    await phase('reconnect', 0);
    figure('reconnect: seats that are not those of before', Number(had !== JSON.stringify(await seats())), '', 0);

    await Promise.all(crowd.pool.servers.map((server) => server.restart()));
    await eventually('all seats are gone', async () => (await seats()).length === 0, 60_000);
    await eventually('all media servers are healthy again', async () => (await crowd.compare()).healthy === size.servers, 60_000);
    await phase('reconnect without seats', 0);
    figure('sign-ins by password when they reconnected', await signIns(managers), '', 0);
  },
};

/** One password for all: a hash of each would take its time, and says nothing. Made by the manager itself. @param {import('./support/world.mjs').ChaosWorld} world */
async function onePassword(world) {
  const { username, password } = await managerCommand(['create-admin', '--name', 'one-password'], world.env);
  await world.query("UPDATE agents a JOIN agents one ON one.username = ? SET a.password_hash = one.password_hash WHERE a.role = 'agent'", [username]);
  return String(password);
}

/**
 * Who sits where, by the media servers themselves.
 * @param {import('./support/world.mjs').ChaosWorld} world @param {import('../../apps/pool-simulator/dist/index.js').Pool} pool
 */
async function seatsOf(world, pool) {
  const agentOf = new Map((await world.query('SELECT conference, agent_id AS agentId FROM placements')).map(({ conference, agentId }) => [conference, agentId]));
  const legs = new Map((await world.query("SELECT id FROM agents WHERE role = 'agent'")).map(({ id }) => [id, 0]));
  for (const { conference, agentLegs } of pool.servers.flatMap((server) => server.standing())) {
    const agentId = agentOf.get(conference);
    if (agentId !== undefined) legs.set(agentId, (legs.get(agentId) ?? 0) + agentLegs.length);
  }
  const counts = [...legs.values()];
  return { none: counts.filter((one) => one === 0).length, several: counts.filter((one) => one > 1).length };
}

/** @param {ChaosManager[]} managers */
async function signIns(managers) {
  const texts = await Promise.all(managers.map((manager) => manager.metrics()));
  return texts.flatMap((text) => [...text.matchAll(/^nailup_http_request_duration_seconds_count\{(.*)\} (\d+)$/gm)])
    .filter(([, labels]) => labels.includes(`route="${signIn}"`)).reduce((sum, [, , count]) => sum + Number(count), 0);
}

/** @param {ChaosManager} manager */
async function usage(manager) {
  return { processorMs: Number(/^process_cpu_seconds_total (\S+)/m.exec(await manager.metrics())?.[1]) * 1_000 };
}

const ms = (/** @type {import('../../apps/pool-simulator/dist/index.js').Durations} */ took, /** @type {number} */ share) => Math.round(took.at(share) ?? 0);
const list = (/** @type {Map<string, number>} */ counts) => [...counts].map(([what, times]) => `${times} x ${what}`).join(', ') || 'nobody';
