import { createApiClient, type components } from '@nailup/api-client';
import { useLiveEvents, useResync, useUser, type LiveEvent } from '@nailup/web';
import { useState } from 'react';
import { useLine } from './line-context.js';

type AgentView = components['schemas']['AgentView'];

/** What the manager takes the agent to be doing. */
export interface Duty {
  readonly state: AgentView['state'];
  readonly reason: string | null;
  /** When she came to it, on the manager's clock; compared with itself only. */
  readonly since: string;
}

/** How the manager is asked for an agent's duty. Rejects as `fetch` does, and with `ProblemError`. */
export type ReadDuty = (agentId: string) => Promise<Duty>;

export const dutyEvents = ['agent.state'] as const;

/** @param fetch sends with the agent's access token (`session.fetch`) */
export function restDuty(fetch: typeof globalThis.fetch, baseUrl: string): ReadDuty {
  const client = createApiClient({ baseUrl, accessToken: () => null, fetch });
  return async (id) => {
    const { state, stateReason, stateSince } = (await client.GET('/api/v1/agents/{id}', { params: { path: { id } } })).data as AgentView;
    return { state, reason: stateReason, since: stateSince };
  };
}

/** Mints the ticket of the live stream. */
export function restTicket(fetch: typeof globalThis.fetch, baseUrl: string): () => Promise<string> {
  const client = createApiClient({ baseUrl, accessToken: () => null, fetch });
  return async () => ((await client.POST('/api/v1/events/tickets')).data as { ticket: string }).ticket;
}

/** The agent's duty as it changes; null until the manager has told it. */
export function useDuty(): Duty | null {
  const { id } = useUser();
  const { readDuty } = useLine();
  const [duty, setDuty] = useState<Duty | null>(null);
  // An answer may be overtaken by an event; ISO times of one clock compare as text.
  const take = (next: Duty): void => setDuty((before) => (before && before.since > next.since ? before : next));
  useResync(() => void readDuty(id).then(take, () => undefined));
  useLiveEvents((event) => {
    const told = event.subject === id ? dutyIn(event) : null;
    if (told) take(told);
  });
  return duty;
}

function dutyIn({ type, at, data: { state, reason, stateSince } }: LiveEvent): Duty | null {
  if (type !== 'agent.state' || typeof state !== 'string') return null;
  return { state: state as Duty['state'], reason: typeof reason === 'string' ? reason : null, since: typeof stateSince === 'string' ? stateSince : at };
}
