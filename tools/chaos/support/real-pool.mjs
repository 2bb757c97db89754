// @ts-check
// A pool of real Asterisk servers, and agents who sit on them with plain telephones.

import { Phone } from '../../testing/sip-phone.mjs';
import { openPlainSeats } from './plain-seats.mjs';
import { eventually } from './world.mjs';

/** @typedef {Awaited<ReturnType<typeof openRealPool>>} RealPool */
/** @typedef {{ agentId: string, id: string, conference: string, serverId: string, server: string, at: string, leg: import('../../testing/sip-phone.mjs').Leg }} RealSeat */
/** @typedef {import('../../sandbox/media-server.mjs').MediaServer & { wayToManagers: string }} RealServer */

/**
 * Two managers, `servers` media servers with a way of their own to them, and `agents` on each, all seated and counted.
 * @param {import('./world.mjs').ChaosWorld} world @param {{ servers: number, agents: number }} size
 */
export async function openRealPool(world, { servers, agents }) {
  const box = await world.sandbox();
  const managers = [await world.manager(), await world.manager()];
  const token = await world.enrolmentToken(servers);
  /** @type {RealServer[]} */
  const media = [];
  for (let index = 1; index <= servers; index += 1) {
    const wayToManagers = `127.0.${box.octet}.${200 + index}`;
    const seats = await openPlainSeats(() => managers.map(({ url }) => url), wayToManagers);
    world.undo.push(() => seats.close());
    const server = await box.mediaServer({ name: `real-${index}`, index, managers: [seats.url], enrolmentToken: token, env: { NAILUP_SIP_PROXY: `127.0.${box.octet}.110:5060` } });
    media.push(Object.assign(server, { wayToManagers }));
  }
  const phone = await Phone.open(`127.0.${box.octet}.90`);
  world.undo.push(async () => phone.close());

  const health = async (/** @type {string} */ name) => (await world.query('SELECT health FROM media_servers WHERE name = ?', [name]))[0]?.health;
  const pool = {
    managers,
    media,
    phone,
    /** @type {RealSeat[]} */
    seats: [],
    /** Seconds until a media server is in a state of health. @param {string} name @param {string} state */
    until: (name, state) => eventually(`${name} is ${state}`, async () => (await health(name)) === state, 60_000),
    /** How many live seats a media server has by the books. @param {string} name */
    booked: async (name) => Number((await world.query("SELECT COUNT(*) AS n FROM placements p JOIN media_servers s ON s.id = p.media_server_id WHERE s.name = ? AND p.state IN ('reserved', 'connected', 'lost')", [name]))[0].n),
    /** How often the health of media servers changed since a moment of MySQL's clock. @param {Date} since @param {string} [name] of one alone */
    changes: async (since, name) => Number((await world.query("SELECT COUNT(*) AS n FROM event_log e JOIN media_servers s ON s.id = e.subject WHERE e.type = 'media-server.health' AND e.at >= ? AND s.name = COALESCE(?, s.name)", [since, name ?? null]))[0].n),
    now: async () => /** @type {Date} */ ((await world.query('SELECT NOW(3) AS now'))[0].now),
    /** Legs that have ended, of agents who do not sit on these media servers. @param {string[]} but */
    lost: (but) => pool.seats.filter(({ server, leg }) => !but.includes(server) && leg.state !== 'up').length,
    /** Agents who have no seat yet. @param {number} count @returns {Promise<string[]>} their ids */
    async hire(count) {
      const ids = Array.from({ length: count }, () => crypto.randomUUID());
      await world.query('INSERT INTO agents (id, username, display_name, role, skills, enabled, password_hash) VALUES ?', [ids.map((id) => [id, `real-${id}`, 'Agent', 'agent', '[]', true, 'none'])]);
      return ids;
    },
    /** Asks the first manager. @param {string} path @param {object} [body] @returns {Promise<any>} */
    async post(path, body) {
      const answer = await fetch(`${managers[0].url}/api/v1${path}`, {
        method: 'POST', headers: { authorization: `Bearer ${world.apiKey}`, ...(body ? { 'content-type': 'application/json' } : {}) }, body: body && JSON.stringify(body),
      });
      const text = await answer.text();
      if (!answer.ok) throw new Error(`${path} was refused: ${answer.status} ${text}`);
      return text === '' ? null : JSON.parse(text);
    },
    /** Asks for a seat and calls it. @param {string} agentId @param {string[]} [exclude] ids of media servers @returns {Promise<RealSeat>} */
    async seat(agentId, exclude = []) {
      const { id, conference, mediaServer, sip } = await pool.post('/placements', { agentId, exclude });
      const { username, password } = sip;
      const [{ sip: uri }] = await world.query('SELECT sip_uri AS sip FROM media_servers WHERE id = ?', [mediaServer.id]);
      const at = uri.replace('sip:', '');
      const leg = await phone.call(`sip:seat@${at}`, { from: `sip:${username}@${at.split(':')[0]}`, credentials: { user: username, password } });
      await eventually(`${username} is answered`, () => leg.state === 'up', 10_000);
      return { agentId, id, conference, serverId: mediaServer.id, server: mediaServer.name, at, leg };
    },
  };
  for (const { name } of media) await pool.until(name, 'healthy');
  for (const agentId of await pool.hire(servers * agents)) pool.seats.push(await pool.seat(agentId));
  await eventually('everybody is counted', async () => (await world.query("SELECT COUNT(*) AS n FROM placements WHERE state = 'connected'"))[0].n === pool.seats.length, 60_000);
  return pool;
}
