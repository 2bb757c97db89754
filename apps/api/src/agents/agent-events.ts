import type { NewEvent } from '../live/event-log.js';
import type { AgentState } from './agent.words.js';

export interface AgentStateFact {
  readonly id: string;
  readonly username: string;
  readonly state: AgentState;
  readonly stateReason: string | null;
  readonly stateSince: Date;
  readonly enabled: boolean;
}

/** What the consoles are told when an agent's state, or whether there is such an agent at all, has changed. */
export function stateEvent({ id, username, state, stateReason, stateSince, enabled }: AgentStateFact, deleted = false): NewEvent {
  return { type: 'agent.state', subject: id, agentId: id, data: { agentId: id, username, state, reason: stateReason, stateSince: stateSince.toISOString(), enabled, deleted } };
}
