import { change, rows, type Tx } from '../database/database.js';
import type { NewEvent } from '../live/event-log.js';
import { problem } from '../problem/problem.js';
import { stateEvent } from './agent-events.js';
import type { AgentState, StateSetter } from './agent.words.js';

interface DutyRow {
  readonly id: string;
  readonly username: string;
  readonly enabled: number;
  readonly state: AgentState;
  readonly reason: string | null;
  readonly setBy: StateSetter;
  readonly resumeState: AgentState | null;
  readonly resumeReason: string | null;
  readonly resumeSetBy: StateSetter | null;
}

const dutyColumns = `id, username, enabled, state, state_reason AS reason, state_set_by AS setBy,
  resume_state AS resumeState, resume_reason AS resumeReason, resume_set_by AS resumeSetBy`;

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
    `UPDATE agents SET resume_reason = IF(state IN ('wrap-up', 'on-call'), resume_reason, state_reason), resume_set_by = IF(state IN ('wrap-up', 'on-call'), resume_set_by, state_set_by),
       resume_state = IF(state IN ('wrap-up', 'on-call'), COALESCE(resume_state, 'ready'), state),
       state = 'on-call', state_reason = NULL, state_set_by = 'system', state_since = NOW(3), wrap_up_until = NULL WHERE id IN (?)`,
    [agentIds],
  );
  const turned = agents.filter(({ state }) => state !== 'on-call');
  const since = turned.length === 0 ? [] : await rows<{ id: string; since: Date }>(tx, 'SELECT id, state_since AS since FROM agents WHERE id IN (?)', [turned.map(({ id }) => id)]);
  const sinceOf = new Map(since.map((one) => [one.id, one.since]));
  return new Map(turned.map(({ id, username, enabled }) => [id, [
    stateEvent({ id, username, state: 'on-call', stateReason: null, stateSetBy: 'system', stateSince: sinceOf.get(id) ?? new Date(0), wrapUpUntil: null, enabled: enabled !== 0 }),
  ]]));
}

/**
 * Her call is over or goes on without her. Who has left meanwhile (`presence`) stays offline.
 * @param wrapUpSeconds 0 for none: she is back at once
 */
export async function freeFromCall(tx: Tx, agentId: string, wrapUpSeconds: number): Promise<NewEvent[]> {
  const agent = await lockAgent(tx, agentId);
  if (agent?.state !== 'on-call') return [];
  if (wrapUpSeconds === 0) return resume(tx, agent);
  return turn(tx, agent, { state: 'wrap-up', forSeconds: wrapUpSeconds });
}

/** Ends a wrap-up; `due` says that it must have run out. Nothing happens to who is in none. */
export async function endWrapUp(tx: Tx, agentId: string, due = false): Promise<NewEvent[]> {
  const agent = await lockAgent(tx, agentId, due ? 'AND wrap_up_until <= NOW(3)' : '');
  return agent?.state === 'wrap-up' ? resume(tx, agent) : [];
}

async function resume(tx: Tx, agent: DutyRow): Promise<NewEvent[]> {
  const events = await turn(tx, agent, { state: agent.resumeState ?? 'ready', reason: agent.resumeReason, setBy: agent.resumeSetBy ?? 'system' });
  await change(tx, 'UPDATE agents SET resume_state = NULL, resume_reason = NULL, resume_set_by = NULL WHERE id = ?', [agent.id]);
  return events;
}

interface Turn {
  readonly state: AgentState;
  readonly reason?: string | null;
  readonly setBy?: StateSetter;
  /** After so many seconds it ends by itself. */
  readonly forSeconds?: number;
}

async function turn(tx: Tx, { id, username, enabled, state: before }: DutyRow, { state, reason: stateReason = null, setBy = 'system', forSeconds }: Turn): Promise<NewEvent[]> {
  // An INTERVAL of NULL seconds makes the sum NULL.
  await change(tx, 'UPDATE agents SET state = ?, state_reason = ?, state_set_by = ?, state_since = NOW(3), wrap_up_until = NOW(3) + INTERVAL ? SECOND WHERE id = ?', [
    state, stateReason, setBy, forSeconds ?? null, id,
  ]);
  if (state === before) return [];
  const [row] = await rows<{ stateSince: Date; wrapUpUntil: Date | null }>(tx, 'SELECT state_since AS stateSince, wrap_up_until AS wrapUpUntil FROM agents WHERE id = ?', [id]);
  if (!row) throw new Error('The agent vanished inside the transaction.');
  return [stateEvent({ id, username, state, stateReason, stateSetBy: setBy, ...row, enabled: enabled !== 0 })];
}

async function lockAgent(tx: Tx, agentId: string, provided = ''): Promise<DutyRow | null> {
  const [agent] = await rows<DutyRow>(
    tx,
    `SELECT ${dutyColumns} FROM agents WHERE id = ? AND deleted_at IS NULL ${provided} FOR UPDATE`,
    [agentId],
  );
  return agent ?? null;
}
