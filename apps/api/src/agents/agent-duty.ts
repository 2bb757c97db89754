import { change, rows, type Tx } from '../database/database.js';
import type { NewEvent } from '../live/event-log.js';
import { problem } from '../problem/problem.js';
import { stateEvent } from './agent-events.js';
import type { AgentState } from './agent.words.js';

interface DutyRow {
  readonly id: string;
  readonly username: string;
  readonly enabled: number;
  readonly state: AgentState;
  readonly reason: string | null;
  readonly resumeState: AgentState | null;
  readonly resumeReason: string | null;
}

const dutyColumns = 'id, username, enabled, state, state_reason AS reason, resume_state AS resumeState, resume_reason AS resumeReason';

/** What a call does to the state of its agent. Each works in the caller's transaction after the row of the call, and answers the events. */

/** A call takes her: on-call, and what she goes back to is kept. @throws Problem AGENT.NOT_FOUND, AGENT.DISABLED */
export async function takeForCall(tx: Tx, agentId: string): Promise<NewEvent[]> {
  return (await takeAllForCalls(tx, [agentId])).get(agentId) ?? [];
}

/** Several, each by a call of her own; the events by agent. */
export async function takeAllForCalls(tx: Tx, agentIds: readonly string[]): Promise<Map<string, NewEvent[]>> {
  if (agentIds.length === 0) return new Map();
  const agents = await rows<DutyRow>(tx, `SELECT ${dutyColumns} FROM agents WHERE id IN (?) AND deleted_at IS NULL ORDER BY id FOR UPDATE`, [agentIds]);
  if (agents.length < new Set(agentIds).size) throw problem('AGENT.NOT_FOUND');
  if (agents.some(({ enabled }) => enabled === 0)) throw problem('AGENT.DISABLED');
  // Out of a wrap-up she goes back to what she did before the call it belongs to. MySQL sets from left to right: the state itself comes after what is made of it.
  await change(
    tx,
    `UPDATE agents SET resume_reason = IF(state IN ('wrap-up', 'on-call'), resume_reason, state_reason), resume_state = IF(state IN ('wrap-up', 'on-call'), COALESCE(resume_state, 'ready'), state),
       state = 'on-call', state_reason = NULL, state_since = NOW(3), wrap_up_until = NULL WHERE id IN (?)`,
    [agentIds],
  );
  const turned = agents.filter(({ state }) => state !== 'on-call');
  const since = turned.length === 0 ? [] : await rows<{ id: string; since: Date }>(tx, 'SELECT id, state_since AS since FROM agents WHERE id IN (?)', [turned.map(({ id }) => id)]);
  const sinceOf = new Map(since.map((one) => [one.id, one.since]));
  return new Map(turned.map(({ id, username, enabled }) => [id, [stateEvent({ id, username, state: 'on-call', stateReason: null, stateSince: sinceOf.get(id) ?? new Date(0), enabled: enabled !== 0 })]]));
}

/**
 * Her call is over or goes on without her. Who has left meanwhile (`presence`) stays offline.
 * @param wrapUpSeconds 0 for none: she is back at once
 */
export async function freeFromCall(tx: Tx, agentId: string, wrapUpSeconds: number): Promise<NewEvent[]> {
  const agent = await lockAgent(tx, agentId);
  if (agent?.state !== 'on-call') return [];
  if (wrapUpSeconds === 0) return resume(tx, agent);
  const events = await turn(tx, agent, 'wrap-up', null);
  await change(tx, 'UPDATE agents SET wrap_up_until = NOW(3) + INTERVAL ? SECOND WHERE id = ?', [wrapUpSeconds, agentId]);
  return events;
}

/** Ends a wrap-up; `due` says that it must have run out. Nothing happens to who is in none. */
export async function endWrapUp(tx: Tx, agentId: string, due = false): Promise<NewEvent[]> {
  const agent = await lockAgent(tx, agentId, due ? 'AND wrap_up_until <= NOW(3)' : '');
  return agent?.state === 'wrap-up' ? resume(tx, agent) : [];
}

async function resume(tx: Tx, agent: DutyRow): Promise<NewEvent[]> {
  const events = await turn(tx, agent, agent.resumeState ?? 'ready', agent.resumeReason);
  await change(tx, 'UPDATE agents SET resume_state = NULL, resume_reason = NULL WHERE id = ?', [agent.id]);
  return events;
}

async function turn(tx: Tx, { id, username, enabled, state: before }: DutyRow, state: AgentState, stateReason: string | null): Promise<NewEvent[]> {
  await change(tx, 'UPDATE agents SET state = ?, state_reason = ?, state_since = NOW(3), wrap_up_until = NULL WHERE id = ?', [state, stateReason, id]);
  if (state === before) return [];
  const [row] = await rows<{ since: Date }>(tx, 'SELECT state_since AS since FROM agents WHERE id = ?', [id]);
  return [stateEvent({ id, username, state, stateReason, stateSince: row?.since ?? new Date(0), enabled: enabled !== 0 })];
}

async function lockAgent(tx: Tx, agentId: string, provided = ''): Promise<DutyRow | null> {
  const [agent] = await rows<DutyRow>(
    tx,
    `SELECT ${dutyColumns} FROM agents WHERE id = ? AND deleted_at IS NULL ${provided} FOR UPDATE`,
    [agentId],
  );
  return agent ?? null;
}
