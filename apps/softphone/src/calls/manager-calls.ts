import { createApiClient, type components } from '@nailup/api-client';
import { UnreachableError } from '@nailup/web';
import { isSilence } from '../line/silence.js';

export type Call = components['schemas']['CallView'];
export type Settings = components['schemas']['SettingsView'];
/** Whom a caller can be handed on to. */
export type Directory = components['schemas']['DirectoryView'];
export type TransferKind = components['schemas']['TransferBody']['kind'];
/** One step of a call's ladder. */
export type CallStep = components['schemas']['CallEventView'];

/** Some of her calls, newest first. */
export interface CallPage {
  readonly items: readonly Call[];
  /** Where the next older ones begin; null at the end. */
  readonly nextCursor: string | null;
}

/** The manager's calls, as the softphone needs them. Every method rejects with `ProblemError`, or `UnreachableError` when nobody answered. */
export interface ManagerCalls {
  /** Her call that is not over, as far as the manager knows. */
  live(agentId: string): Promise<Call | null>;
  recent(agentId: string, cursor?: string): Promise<CallPage>;
  get(id: string): Promise<Call>;
  steps(id: string): Promise<readonly CallStep[]>;
  /** @param key the same for the same wish: a call whose answer got lost is not placed twice */
  place(to: string, key: string): Promise<Call>;
  hangUp(id: string): Promise<Call>;
  hold(id: string): Promise<Call>;
  resume(id: string): Promise<Call>;
  record(id: string, action: 'start' | 'pause' | 'resume' | 'stop'): Promise<Call>;
  dtmf(id: string, digits: string): Promise<Call>;
  dispose(id: string, how: { code: string; note: string | null }): Promise<Call>;
  /** @param to a number, `agent:<username>` or `queue:<name>` */
  transfer(id: string, to: string, kind: TransferKind): Promise<Call>;
  completeTransfer(id: string): Promise<Call>;
  cancelTransfer(id: string): Promise<Call>;
  joinTransfer(id: string): Promise<Call>;
  directory(): Promise<Directory>;
  settings(): Promise<Settings>;
}

/** Longest wait for an answer. Milliseconds. */
const patienceMs = 4_000;

/** How many calls of the past are read at once. */
const pageSize = 10;

async function asked<T>(answer: Promise<{ data?: T }>): Promise<T> {
  try {
    return (await answer).data as T;
  } catch (error) {
    throw isSilence(error) ? new UnreachableError(error) : error;
  }
}

/** @param fetch sends with the agent's access token (`session.fetch`) @param baseUrl the origin of the manager */
export function restCalls(fetch: typeof globalThis.fetch, baseUrl: string): ManagerCalls {
  const client = createApiClient({ baseUrl, accessToken: () => null, fetch });
  const soon = () => ({ signal: AbortSignal.timeout(patienceMs) });
  const of = (id: string) => ({ ...soon(), params: { path: { id } } });
  return {
    async live(agentId) {
      const { items } = await asked(client.GET('/api/v1/calls', { ...soon(), params: { query: { live: true, agentId } } }));
      return items[0] ?? null;
    },
    recent: (agentId, cursor) => asked(client.GET('/api/v1/calls', { ...soon(), params: { query: { agentId, limit: pageSize, ...(cursor ? { cursor } : {}) } } })),
    get: (id) => asked(client.GET('/api/v1/calls/{id}', of(id))),
    steps: async (id) => (await asked(client.GET('/api/v1/calls/{id}/events', of(id)))).items,
    place: (to, key) => asked(client.POST('/api/v1/calls', { ...soon(), params: { header: { 'Idempotency-Key': key } }, body: { to } })),
    hangUp: (id) => asked(client.POST('/api/v1/calls/{id}/hangup', of(id))),
    hold: (id) => asked(client.POST('/api/v1/calls/{id}/hold', of(id))),
    resume: (id) => asked(client.POST('/api/v1/calls/{id}/resume', of(id))),
    record: (id, action) => asked(client.POST('/api/v1/calls/{id}/recording', { ...of(id), body: { action } })),
    dtmf: (id, digits) => asked(client.POST('/api/v1/calls/{id}/dtmf', { ...of(id), body: { digits } })),
    dispose: (id, how) => asked(client.POST('/api/v1/calls/{id}/disposition', { ...of(id), body: how })),
    transfer: (id, to, kind) => asked(client.POST('/api/v1/calls/{id}/transfer', { ...of(id), body: { to, kind } })),
    completeTransfer: (id) => asked(client.POST('/api/v1/calls/{id}/transfer/complete', of(id))),
    cancelTransfer: (id) => asked(client.POST('/api/v1/calls/{id}/transfer/cancel', of(id))),
    joinTransfer: (id) => asked(client.POST('/api/v1/calls/{id}/transfer/join', of(id))),
    directory: () => asked(client.GET('/api/v1/agents/directory', soon())),
    settings: () => asked(client.GET('/api/v1/settings', soon())),
  };
}
