import { createApiClient, type components } from '@nailup/api-client';
import { UnreachableError, type LiveEvent } from '@nailup/web';
import { isSilence } from './silence.js';

type AgentView = components['schemas']['AgentView'];

/** What the manager takes the agent to be doing. */
export interface Duty {
  readonly state: AgentView['state'];
  readonly reason: string | null;
  /** When she came to it, on the manager's clock. */
  readonly since: string;
  /** Whose word it is. */
  readonly setBy: AgentView['stateSetBy'];
  /** When a wrap-up ends by itself, on the manager's clock; null when nothing does. */
  readonly until: string | null;
}

/** What she may set herself to. */
export type WishedState = 'ready' | 'paused' | 'wrap-up';

/** An agent's duty, as the manager keeps it. Both reject with `ProblemError`, or `UnreachableError` when nobody answered. */
export interface DutyPort {
  read(agentId: string): Promise<Duty>;
  set(agentId: string, state: WishedState, reason: string | null): Promise<Duty>;
}

export const dutyEvents = ['agent.state'] as const;

/** Longest wait for an answer. Milliseconds. */
const patienceMs = 4_000;

/** @param fetch sends with the agent's access token (`session.fetch`) */
export function restDuty(fetch: typeof globalThis.fetch, baseUrl: string): DutyPort {
  const client = createApiClient({ baseUrl, accessToken: () => null, fetch });
  const dutyOf = async (answer: Promise<{ data?: AgentView }>): Promise<Duty> => {
    try {
      const { state, stateReason, stateSince, stateSetBy, wrapUpUntil } = (await answer).data as AgentView;
      return { state, reason: stateReason, since: stateSince, setBy: stateSetBy, until: wrapUpUntil };
    } catch (error) {
      throw isSilence(error) ? new UnreachableError(error) : error;
    }
  };
  const of = (id: string) => ({ params: { path: { id } }, signal: AbortSignal.timeout(patienceMs) });
  return {
    read: (id) => dutyOf(client.GET('/api/v1/agents/{id}', of(id))),
    set: (id, state, reason) => dutyOf(client.PUT('/api/v1/agents/{id}/state', { ...of(id), body: { state, reason } })),
  };
}

/** Mints the ticket of the live stream. */
export function restTicket(fetch: typeof globalThis.fetch, baseUrl: string): () => Promise<string> {
  const client = createApiClient({ baseUrl, accessToken: () => null, fetch });
  return async () => ((await client.POST('/api/v1/events/tickets')).data as { ticket: string }).ticket;
}

/** The duty an event of the log tells of; null for any other event. */
export function dutyIn({ type, at, data: { state, reason, stateSince, stateSetBy, wrapUpUntil } }: LiveEvent): Duty | null {
  if (type !== 'agent.state' || typeof state !== 'string') return null;
  const text = (value: unknown): string | null => (typeof value === 'string' ? value : null);
  return { state: state as Duty['state'], reason: text(reason), since: text(stateSince) ?? at, setBy: (text(stateSetBy) ?? 'system') as Duty['setBy'], until: text(wrapUpUntil) };
}
