import { stateEvent } from '../agents/agent-events.js';
import { change, rows, type Tx } from '../database/database.js';
import type { NewEvent } from '../live/event-log.js';
import type { EndingCause } from './placement-moves.js';

/**
 * Endings after which the agent has gone. After the others (moved, a failed or drained media server) she is on her way to
 * another seat, and what she chose before, as a pause, is still her word.
 */
const goneAfter: readonly EndingCause[] = ['given-up', 'grace-ran-out', 'not-taken-up'];

/** An offline agent who takes a seat is ready. One who chose another state keeps it. Within the caller's transaction; answers the events. */
export const arrive = (tx: Tx, agentIds: readonly string[]): Promise<NewEvent[]> => turn(tx, agentIds, "state = 'offline'", 'ready');

/** Whose seat has ended for good is offline. Within the caller's transaction; answers the events. */
export const leave = (tx: Tx, agentIds: readonly string[], cause: EndingCause): Promise<NewEvent[]> =>
  goneAfter.includes(cause) ? turn(tx, agentIds, "state <> 'offline'", 'offline') : Promise.resolve([]);

async function turn(tx: Tx, agentIds: readonly string[], when: string, state: 'ready' | 'offline'): Promise<NewEvent[]> {
  if (agentIds.length === 0) return [];
  const turned = await rows<{ id: string; username: string; enabled: number; now: Date }>(
    tx,
    `SELECT id, username, enabled, NOW(3) AS now FROM agents WHERE id IN (?) AND ${when} AND deleted_at IS NULL ORDER BY id FOR UPDATE`,
    [agentIds],
  );
  if (turned.length === 0) return [];
  const setBy = 'system';
  await change(tx, 'UPDATE agents SET state = ?, state_reason = NULL, state_set_by = ?, state_since = NOW(3), resume_state = NULL, resume_reason = NULL, resume_set_by = NULL, wrap_up_until = NULL WHERE id IN (?)', [
    state, setBy, turned.map(({ id }) => id),
  ]);
  return turned.map(({ id, username, enabled, now }) => stateEvent({ id, username, enabled: Boolean(enabled), state, stateReason: null, stateSetBy: setBy, stateSince: now, wrapUpUntil: null }));
}
