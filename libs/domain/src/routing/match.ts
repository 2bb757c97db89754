/** A caller who is to be brought to an agent. */
export interface WaitingCaller {
  readonly callId: string;
  /** An agent must have all of them. */
  readonly skills: readonly string[];
  /** This agent and no other, whatever the skills; null for whoever has them. */
  readonly wantedAgentId: string | null;
}

/** An agent who could take a caller this moment. */
export interface FreeAgent {
  readonly agentId: string;
  readonly skills: readonly string[];
  /** Since when the agent waits for a caller, in milliseconds of any one clock. */
  readonly idleSince: number;
}

export interface Match {
  readonly callId: string;
  readonly agentId: string;
}

/** Whether this agent may be given this caller. */
export function serves(agent: Pick<FreeAgent, 'agentId' | 'skills'>, caller: Pick<WaitingCaller, 'skills' | 'wantedAgentId'>): boolean {
  if (caller.wantedAgentId !== null) return caller.wantedAgentId === agent.agentId;
  return caller.skills.every((skill) => agent.skills.includes(skill));
}

/**
 * Which agent for which caller: each caller, in the order of arrival in which they are handed in, gets the longest idle of the agents left who
 * serve them. So nobody overtakes an earlier caller whom the same agent could have served, and no agent is given to two.
 */
export function matchCallers(callers: readonly WaitingCaller[], agents: readonly FreeAgent[]): Match[] {
  // By id after the time, so that every manager decides alike between agents who came free in the same millisecond.
  const left = [...agents].sort((a, b) => a.idleSince - b.idleSince || (a.agentId < b.agentId ? -1 : 1));
  const matches: Match[] = [];
  for (const caller of callers) {
    if (left.length === 0) break;
    const at = left.findIndex((agent) => serves(agent, caller));
    if (at < 0) continue;
    const [agent] = left.splice(at, 1);
    if (agent) matches.push({ callId: caller.callId, agentId: agent.agentId });
  }
  return matches;
}
