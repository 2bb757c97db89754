import { randomBytes, randomUUID } from 'node:crypto';
import type { RouteView } from '../../src/routing/route.dto.js';
import { type Answer, call } from './api.js';
import type { FreshDatabase } from './database.js';
import type { RunningManager } from './manager.js';
import { addAgent } from './pool.js';

/** What a test may say about an agent who waits for callers; the rest is an ordinary one. */
export interface SeatFacts {
  readonly skills?: readonly string[];
  readonly state?: string;
  /** For how long she has been in that state. */
  readonly idleSeconds?: number;
  readonly placement?: string;
  readonly enabled?: boolean;
  readonly clientLegs?: number;
}

export interface SeatedPerson {
  readonly agentId: string;
  readonly username: string;
  readonly placementId: string;
  readonly conference: string;
  readonly mediaServerId: string;
}

/** An agent who sits on a media server with audio. */
export async function addSeated(database: FreshDatabase, mediaServerId: string, facts: SeatFacts = {}): Promise<SeatedPerson> {
  const agentId = await addAgent(database, { enabled: facts.enabled ?? true });
  await database.query('UPDATE agents SET skills = ?, state = ?, state_since = NOW(3) - INTERVAL ? SECOND WHERE id = ?', [
    JSON.stringify(facts.skills ?? []), facts.state ?? 'ready', facts.idleSeconds ?? 60, agentId,
  ]);
  const placementId = randomUUID();
  const conference = `a${randomBytes(6).toString('hex')}`;
  await database.query(
    `INSERT INTO placements (id, agent_id, media_server_id, state, sip_username, sip_ha1, sip_expires_at, conference, parking, reserved_at, connected_at, client_legs, decision)
     VALUES (?, ?, ?, ?, ?, REPEAT('0', 32), NOW(3), ?, 'conference', NOW(3), NOW(3), ?, '{}')`,
    [placementId, agentId, mediaServerId, facts.placement ?? 'connected', conference, conference, facts.clientLegs ?? 0],
  );
  await database.query('UPDATE media_servers SET seats = seats + 1 WHERE id = ?', [mediaServerId]);
  return { agentId, username: `agent-${agentId.slice(0, 13)}`, placementId, conference, mediaServerId };
}

/** A queue, and the number that leads to it. */
export async function addQueue(database: FreshDatabase, facts: { skills?: readonly string[]; musicClass?: string; maxWaitSeconds?: number } = {}): Promise<{ queueId: string; number: string }> {
  const queueId = randomUUID();
  await database.query('INSERT INTO queues (id, name, skills, music_class, max_wait_seconds) VALUES (?, ?, ?, ?, ?)', [
    queueId, `queue-${queueId.slice(0, 8)}`, JSON.stringify(facts.skills ?? []), facts.musicClass ?? null, facts.maxWaitSeconds ?? null,
  ]);
  return { queueId, number: await addNumber(database, { queueId }) };
}

let numbers = 0;

export async function addNumber(database: FreshDatabase, { queueId, agentId }: { queueId?: string; agentId?: string }): Promise<string> {
  numbers += 1;
  const number = `+1555${String(1_000_000 + numbers)}`;
  await database.query('INSERT INTO numbers (id, number, queue_id, agent_id) VALUES (?, ?, ?, ?)', [randomUUID(), number, queueId ?? null, agentId ?? null]);
  return number;
}

/** What the proxy asks of a manager, for an INVITE of its own unless said otherwise. */
export function ask(manager: RunningManager, key: string, to: string, callId = `${randomUUID()}@carrier.test`, from = '+15550142'): Promise<Answer<RouteView & { code?: string }>> {
  return call(manager, 'GET', `/api/v1/routes?${new URLSearchParams({ to, from, callId }).toString()}`, { token: key });
}

export interface CallRow {
  readonly id: string;
  readonly state: string;
  readonly agentId: string | null;
  readonly placementId: string | null;
  readonly conference: string | null;
  readonly mediaServerId: string | null;
  readonly leg: string | null;
  readonly farMediaServerId: string | null;
  readonly farLeg: string | null;
  readonly queueId: string | null;
  readonly wantedAgentId: string | null;
  readonly endReason: string | null;
  readonly from: string;
  readonly to: string;
}

const columns = `id, state, agent_id AS agentId, placement_id AS placementId, conference, media_server_id AS mediaServerId, leg_uniqueid AS leg, far_media_server_id AS farMediaServerId,
  far_uniqueid AS farLeg, queue_id AS queueId, wanted_agent_id AS wantedAgentId, end_reason AS endReason, from_number AS \`from\`, to_number AS \`to\``;

/** How a call stands now. */
export async function callRow(database: FreshDatabase, id: string): Promise<CallRow> {
  const [row] = await database.query<CallRow>(`SELECT ${columns} FROM calls WHERE id = ?`, [id]);
  if (!row) throw new Error(`There is no call ${id}`);
  return row;
}

/** Every call, in order of arrival. */
export function allCalls(database: FreshDatabase): Promise<CallRow[]> {
  return database.query<CallRow>(`SELECT ${columns} FROM calls ORDER BY started_at, id`);
}

export async function agentState(database: FreshDatabase, agentId: string): Promise<string | undefined> {
  return (await database.query<{ state: string }>('SELECT state FROM agents WHERE id = ?', [agentId]))[0]?.state;
}

/** Gives the next test the house for itself. */
export async function emptyHouse(database: FreshDatabase): Promise<void> {
  for (const table of ['call_targets', 'call_events', 'calls', 'numbers', 'queues', 'placements', 'placement_failures', 'agents', 'media_servers']) await database.query(`DELETE FROM ${table}`);
}
