import type { Agent } from '../../shared/contract.js';

/** Who is doing what, in one line. */
export function agentsSummary(agents: readonly Agent[]): string {
  const seated = agents.filter(({ placement }) => placement !== null && placement.state !== 'reserved').length;
  const inState = (state: Agent['state']): number => agents.filter((agent) => agent.enabled && agent.state === state).length;
  return [`${agents.length} accounts`, `${seated} seated`, `${inState('ready')} ready`, `${inState('on-call')} on call`, `${inState('wrap-up')} in wrap-up`, `${inState('paused')} paused`].join(' · ');
}

/** Whether an agent passes the filters; an empty filter lets everybody pass. */
export function matches(agent: Agent, { text, state, mediaServerId }: { text: string; state: string; mediaServerId: string }): boolean {
  const wanted = text.toLowerCase();
  return (
    (!state || (agent.enabled ? agent.state === state : state === 'disabled')) &&
    (!mediaServerId || agent.placement?.mediaServer.id === mediaServerId) &&
    [agent.displayName, agent.username, agent.region ?? '', ...agent.skills].some((word) => word.toLowerCase().includes(wanted))
  );
}
