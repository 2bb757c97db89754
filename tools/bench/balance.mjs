// @ts-check
// How even: most minus least seats per unit of capacity, after 1,000 picks at once over two managers, after 100 servers have emptied and 300 more
// agents came, and after one manager was killed among 300 more. Kamailio's call load algorithm gets the same; its kill is a restart.
import { Agent, request } from 'node:http';
import { CannotRun, figure } from './figures.mjs';
import { startDispatcher } from './kamailio.mjs';
import { openStage } from './stage.mjs';

/** @typedef {import('./stage.mjs').Manager} Manager */

const connections = new Agent({ keepAlive: true, maxSockets: 200 });

/** @param {import('./figures.mjs').RoomOptions} options @returns {Promise<import('./figures.mjs').Figure[]>} */
export async function figures({ rounds, small, log, octet }) {
  const size = small ? { servers: 60, first: 240, emptied: 24, more: 72 } : { servers: 255, first: 1_000, emptied: 100, more: 300 };
  const stage = await openStage({ octet, log });
  try {
    /** @type {Awaited<ReturnType<typeof once>>[]} */
    const ours = [];
    /** @type {{ first: number, refilled: number, killed: number }[]} */
    const kamailio = [];
    for (let round = 1; round <= rounds; round += 1) {
      log(`balance: round ${round} of ${rounds}`);
      ours.push(await once(stage, size));
      kamailio.push(await onceAtKamailio(stage.box, octet, size));
    }
    const peer = 'Kamailio dispatcher algorithm 10';
    const even = (/** @type {string} */ name, /** @type {'first' | 'refilled' | 'killed'} */ step, /** @type {string} */ theirs) =>
      figure({ name, unit: 'seats, most - least', most: 1, rounds: ours.map((one) => one[step]), peer: theirs, peers: kamailio.map((one) => one[step]) });
    const wrong = ours.map(({ faults }) => faults);
    return [
      even(`balance: ${size.first} picks at once, two managers, ${size.servers} servers`, 'first', peer),
      even(`balance: then ${size.emptied} servers emptied and ${size.more} more picks`, 'refilled', peer),
      even(`balance: then kill -9 of a manager and ${size.more} more`, 'killed', `${peer}, killed and restarted`),
      figure({ name: 'balance: seats lost, double or miscounted in all of it', unit: 'seats', most: 0, rounds: wrong }),
    ];
  } finally {
    await stage.stop();
  }
}

/** @param {Awaited<ReturnType<typeof openStage>>} stage @param {{ servers: number, first: number, emptied: number, more: number }} size */
async function once(stage, { servers: count, first, emptied, more }) {
  const database = await stage.database();
  const servers = await database.addServers(count);
  const managers = [await stage.manager(database), await stage.manager(database)];
  const agents = await database.addAgents(first + 2 * more);
  /** @param {string[]} who @param {Manager[]} at */
  const place = async (who, at) => {
    const statuses = await Promise.all(who.map((agentId, n) => ask(at[n % at.length], 'POST', '/api/v1/placements', database.token, { agentId })));
    return who.filter((_, n) => statuses[n] !== 201 && statuses[n] !== 200);
  };
  let faults = (await place(agents.slice(0, first), managers)).length;
  const afterFirst = await database.audit();

  const gone = new Set(servers.slice(0, emptied));
  const leaving = (await database.query("SELECT id, media_server_id AS server FROM placements WHERE state = 'reserved'")).filter(({ server }) => gone.has(server));
  const left = await Promise.all(leaving.map(({ id }, n) => ask(managers[n % 2], 'DELETE', `/api/v1/placements/${id}`, database.token)));
  faults += left.filter((status) => status !== 204).length;
  faults += (await place(agents.slice(first, first + more), managers)).length;
  const afterRefill = await database.audit();

  const placing = place(agents.slice(first + more), managers);
  setTimeout(() => void managers[1].kill(), 20);
  const unanswered = await placing;
  await managers[1].kill();
  // Whoever heard nothing asks the manager that is left, as a softphone does.
  faults += (await place(unanswered, [managers[0]])).length;
  const afterKill = await database.audit();

  const expected = [first, first - leaving.length + more, first - leaving.length + 2 * more];
  [afterFirst, afterRefill, afterKill].forEach(({ wrong, doubles, reserved }, step) => { faults += wrong + doubles + Math.abs(reserved - expected[step]); });
  await managers[0].stop();
  return { first: afterFirst.gap, refilled: afterRefill.gap, killed: afterKill.gap, faults };
}

/** @param {{ rootfs: string, stateDir: string }} box @param {number} octet @param {{ servers: number, first: number, emptied: number, more: number }} size */
async function onceAtKamailio({ rootfs, stateDir }, octet, { servers, first, emptied, more }) {
  const dispatcher = await startDispatcher({ rootfs, stateDir, host: `127.0.${octet}.110`, servers }).catch((error) => { throw new CannotRun(`Kamailio, the peer, cannot run: ${error.message}`); });
  try {
    await dispatcher.pick(first);
    const afterFirst = dispatcher.gap();
    await dispatcher.empty(emptied);
    await dispatcher.pick(more);
    const afterRefill = dispatcher.gap();
    await dispatcher.restart();
    await dispatcher.pick(more);
    return { first: afterFirst, refilled: afterRefill, killed: dispatcher.gap() };
  } finally {
    await dispatcher.stop();
  }
}

/** @param {Manager} manager @param {string} method @param {string} path @param {string} token @param {object} [body] @returns {Promise<number>} the status, 0 when nobody answered */
function ask({ host, port }, method, path, token, body) {
  return new Promise((resolve) => {
    const text = body ? JSON.stringify(body) : undefined;
    const headers = { authorization: `Bearer ${token}`, ...(text ? { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) } : {}) };
    const asked = request({ host, port, path, method, agent: connections, timeout: 20_000, headers }, (response) => {
      response.resume().on('end', () => resolve(response.statusCode ?? 0)).on('error', () => resolve(0));
    });
    asked.on('timeout', () => asked.destroy()).on('error', () => resolve(0));
    asked.end(text);
  });
}
