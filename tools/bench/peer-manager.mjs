// @ts-check
// The peers a selection is measured against, in the same stack: the built manager with everything of its own (Nest, Fastify, guard, validation,
// interceptors, serialisation), where only the giving of a seat is exchanged.
//   bare: a ready seat is answered and nothing is decided or written
//   tx:   one transaction per request, the least a careful team would write: begin, pick the least under a lock, count, insert, commit
import { join } from 'node:path';
import { randomBytes } from 'node:crypto';
import { pathToFileURL } from 'node:url';

const kind = process.argv[2];
const dist = join(import.meta.dirname, '../../apps/api/dist');
/** @param {string} path */
const own = (path) => import(pathToFileURL(join(dist, path)).href);

const { SeatSelection } = await own('selection/seat-selection.js');
const seatOf = (/** @type {string} */ agentId, /** @type {any} */ server) => {
  const username = `s${randomBytes(9).toString('hex')}`.slice(0, 18);
  const now = new Date();
  return {
    placement: {
      id: server.placementId, agentId, mediaServerId: server.id, state: 'reserved', sipUsername: username, conference: username, parking: 'conference',
      reservedAt: now, expiresAt: new Date(now.getTime() + 30_000), connectedAt: null, lostAt: null, releasedAt: null, releaseReason: null,
      policy: 'agents-in-call', eligibleCount: 255, serverName: server.name, serverHost: server.host, serverWebSocketUrl: server.webSocketUrl,
    },
    password: username, sipExpiresAt: now, created: true,
  };
};

if (kind === 'bare') {
  const server = { id: crypto.randomUUID(), placementId: crypto.randomUUID(), name: 'ms-1', host: '127.0.0.1', webSocketUrl: 'ws://127.0.0.1:8088/ws' };
  SeatSelection.prototype.seat = async (/** @type {any} */ { agentId }) => seatOf(agentId, server);
} else {
  const pick = `SELECT id, name, host, web_socket_url AS webSocketUrl FROM media_servers WHERE mode = 'active' AND health = 'healthy' AND deleted_at IS NULL AND seats < capacity
    ORDER BY seats / (capacity * weight), id LIMIT 1 FOR UPDATE`;
  const insert = `INSERT INTO placements (id, agent_id, media_server_id, state, sip_username, sip_ha1, sip_expires_at, conference, parking, reserved_at, expires_at, decision)
    VALUES (?, ?, ?, 'reserved', ?, ?, NOW(3) + INTERVAL 60 SECOND, ?, 'conference', NOW(3), NOW(3) + INTERVAL 600 SECOND, '{}')`;
  SeatSelection.prototype.seat = function (/** @type {any} */ { agentId }) {
    return this.database.inTransaction(async (/** @type {any} */ tx) => {
      const [server] = await tx.query(pick);
      const seat = seatOf(agentId, { ...server, placementId: crypto.randomUUID() });
      await tx.query('UPDATE media_servers SET seats = seats + 1 WHERE id = ?', [server.id]);
      await tx.query(insert, [seat.placement.id, agentId, server.id, seat.placement.sipUsername, '0'.repeat(32), seat.placement.conference]);
      return seat;
    });
  };
}
await own('main.js');
