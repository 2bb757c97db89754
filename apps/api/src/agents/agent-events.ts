import type { NewEvent } from '../live/event-log.js';
import type { AgentState, StateSetter } from './agent.words.js';

export interface AgentStateFact {
  readonly id: string;
  readonly username: string;
  readonly state: AgentState;
  readonly stateReason: string | null;
  readonly stateSince: Date;
  readonly stateSetBy: StateSetter;
  readonly wrapUpUntil: Date | null;
  readonly enabled: boolean;
}

/** What the consoles are told when an agent's state, or whether there is such an agent at all, has changed. */
export function stateEvent({ id, username, state, stateReason, stateSince, stateSetBy, wrapUpUntil, enabled }: AgentStateFact, deleted = false): NewEvent {
  const moments = { stateSince: stateSince.toISOString(), wrapUpUntil: wrapUpUntil?.toISOString() ?? null };
  return { type: 'agent.state', subject: id, agentId: id, data: { agentId: id, username, state, reason: stateReason, stateSetBy, ...moments, enabled, deleted } };
}
