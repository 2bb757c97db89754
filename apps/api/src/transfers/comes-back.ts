import { endWrapUp } from '../agents/agent-duty.js';
import type { CallBook } from '../calls/call-book.js';
import type { CallRecord } from '../calls/call.record.js';
import { rows, type Tx } from '../database/database.js';
import type { NewEvent } from '../live/event-log.js';

/** Q.850: the network gave no reason. */
export const unknownCause = 127;
const againSeconds = 10;

/** Whether the caller may wait for another agent, or for the same one to come back. One on the way to a number does not wait. */
export function mayQueue({ queueId, wantedAgentId, purpose }: Pick<CallRecord, 'queueId' | 'wantedAgentId' | 'purpose'>): boolean {
  return purpose === null && (queueId !== null || wantedAgentId !== null);
}

/**
 * A caller whom nobody took after being handed on. From a number: to the agent who did it if she is free, else to the queue, else she is told so and let
 * go. From another agent: to the queue, else she waits for the first agent. The leg is in the queue already, or is sent there by who asked.
 */
export async function comesBack(tx: Tx, book: CallBook, call: CallRecord): Promise<NewEvent[]> {
  const { transferredBy, queueId, purpose } = call;
  const cause = call.state === 'answered' ? 'agent-gone' : 'not-taken';
  const reason = { reason: 'transfer-failed' };
  const fromNumber = purpose === 'onward';
  const onwardCause = fromNumber ? (call.onwardCause ?? unknownCause) : call.onwardCause;
  if (transferredBy !== null && (fromNumber ? await isFree(tx, transferredBy) : queueId === null)) {
    const events = await book.move(tx, call, cause, { queueId: null, wantedAgentId: transferredBy, purpose: null, onwardCause, dueSeconds: againSeconds }, reason);
    // What she wraps up is this call.
    return [...events, ...(await endWrapUp(tx, transferredBy))];
  }
  if (queueId !== null) return book.move(tx, call, cause, { purpose: null, onwardCause, dueSeconds: againSeconds }, reason);
  // Due at once: the sweep of this second sends the leg to where she is told.
  return book.move(tx, call, cause, { purpose: null, onwardCause, wantedEnd: 'system', dueSeconds: 0 }, reason);
}

/** Whether the caller of a failed transfer is to be told that nobody can be reached. */
export function isToBeTold({ wantedEnd, onwardCause, state }: CallRecord): boolean {
  return wantedEnd === 'system' && onwardCause !== null && state === 'queued';
}

/** She sits, takes calls, and has none. */
async function isFree(tx: Tx, agentId: string): Promise<boolean> {
  const found = await rows(
    tx,
    `SELECT a.id FROM agents a JOIN placements p ON p.live_agent_id = a.id AND p.state = 'connected' LEFT JOIN calls c ON c.live_agent_id = a.id
     WHERE a.id = ? AND a.enabled AND a.deleted_at IS NULL AND c.id IS NULL AND (a.state = 'ready' OR (a.state = 'wrap-up' AND COALESCE(a.resume_state, 'ready') = 'ready'))`,
    [agentId],
  );
  return found.length > 0;
}
