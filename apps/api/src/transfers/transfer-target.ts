import { rows, type Tx } from '../database/database.js';
import { problem } from '../problem/problem.js';
import { holdAgents, readFreeAgents, type SeatedAgent } from '../routing/routing-facts.js';

/** Whom a caller is handed on to, as it was written. */
export type WrittenTarget =
  | { readonly kind: 'agent'; readonly username: string }
  | { readonly kind: 'queue'; readonly name: string }
  | { readonly kind: 'number'; readonly typed: string };

/** What `to` says, by its form alone. */
export function readTarget(to: string): WrittenTarget {
  if (to.startsWith('agent:')) return { kind: 'agent', username: to.slice('agent:'.length) };
  if (to.startsWith('queue:')) return { kind: 'queue', name: to.slice('queue:'.length) };
  return { kind: 'number', typed: to };
}

interface Colleague {
  readonly id: string;
  readonly displayName: string;
  readonly state: string;
  readonly enabled: number;
  readonly seat: string | null;
}

/** An agent who takes callers now, locked until the commit; under the lock of the dispatch row. @throws Problem CALL.TARGET_UNKNOWN, CALL.TARGET_BUSY with the reason */
export async function holdColleague(tx: Tx, username: string, fromAgentId: string | null): Promise<SeatedAgent> {
  const [colleague] = await rows<Colleague>(
    tx,
    `SELECT a.id, a.display_name AS displayName, a.state, a.enabled, p.state AS seat FROM agents a LEFT JOIN placements p ON p.live_agent_id = a.id WHERE a.live_username = ?`,
    [username],
  );
  if (!colleague) throw problem('CALL.TARGET_UNKNOWN');
  if (colleague.id === fromAgentId) throw problem('CALL.TARGET_BUSY', { detail: `${colleague.displayName} has this call already.` });
  const seat = (await readFreeAgents(tx)).find(({ agentId }) => agentId === colleague.id);
  if (seat === undefined || !(await holdAgents(tx, [colleague.id])).has(colleague.id)) throw problem('CALL.TARGET_BUSY', { detail: `${colleague.displayName} ${whyNot(colleague)}.` });
  return seat;
}

function whyNot({ state, enabled, seat }: Colleague): string {
  if (enabled === 0) return 'is disabled';
  if (state === 'offline') return 'is offline';
  if (state === 'on-call') return 'is on a call';
  if (state === 'paused') return 'has paused';
  if (state === 'wrap-up') return 'is still wrapping up a call';
  return seat === 'connected' ? 'is not free at this moment' : 'has no seat with audio';
}

/** @throws Problem CALL.TARGET_UNKNOWN */
export async function queueByName(tx: Tx, name: string): Promise<{ id: string; name: string }> {
  const [queue] = await rows<{ id: string; name: string }>(tx, 'SELECT id, name FROM queues WHERE live_name = ?', [name]);
  if (!queue) throw problem('CALL.TARGET_UNKNOWN');
  return queue;
}
