import { matchCallers, type WaitingCaller } from '@nailup/domain';
import type { Tx } from '../database/database.js';
import { holdAgents, type SeatedAgent } from './routing-facts.js';

export interface HeldMatch<Caller extends WaitingCaller> {
  readonly caller: Caller;
  readonly agent: SeatedAgent;
}

/**
 * Brings callers, in order of arrival, to agents who are locked until the commit. Who changed between the reading and the lock is left out and the rest
 * is matched again, so that a caller is not passed over because the agent of another one has paused.
 * @param holdCallers locks callers; those who do not wait any more are left out of its answer
 */
export async function matchHeld<Caller extends WaitingCaller>(
  tx: Tx,
  callers: readonly Caller[],
  agents: readonly SeatedAgent[],
  holdCallers: (callIds: readonly string[]) => Promise<readonly string[]> = (callIds) => Promise.resolve(callIds),
): Promise<HeldMatch<Caller>[]> {
  let waiting = callers;
  let free = agents;
  const heldCallers = new Set<string>();
  const heldAgents = new Set<string>();
  for (;;) {
    const matches = matchCallers(waiting, free);
    const newCallers = matches.map(({ callId }) => callId).filter((id) => !heldCallers.has(id));
    for (const id of newCallers.length === 0 ? [] : await holdCallers(newCallers)) heldCallers.add(id);
    const newAgents = matches.map(({ agentId }) => agentId).filter((id) => !heldAgents.has(id));
    for (const id of await holdAgents(tx, newAgents)) heldAgents.add(id);
    const gone = new Set([...newCallers.filter((id) => !heldCallers.has(id)), ...newAgents.filter((id) => !heldAgents.has(id))]);
    if (gone.size === 0) return pairs(matches, waiting, free);
    waiting = waiting.filter(({ callId }) => !gone.has(callId));
    free = free.filter(({ agentId }) => !gone.has(agentId));
  }
}

function pairs<Caller extends WaitingCaller>(matches: ReturnType<typeof matchCallers>, callers: readonly Caller[], agents: readonly SeatedAgent[]): HeldMatch<Caller>[] {
  const callerOf = new Map(callers.map((caller) => [caller.callId, caller]));
  const agentOf = new Map(agents.map((agent) => [agent.agentId, agent]));
  return matches.flatMap(({ callId, agentId }) => {
    const caller = callerOf.get(callId);
    const agent = agentOf.get(agentId);
    return caller && agent ? [{ caller, agent }] : [];
  });
}
