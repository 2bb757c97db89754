import type { Role } from './roles.js';
import type { Scope } from './scopes.js';

/** A person who signed in. */
export interface UserCaller {
  readonly kind: 'user';
  readonly id: string;
  readonly agentId: string;
  readonly role: Role;
  readonly scopes: readonly Scope[];
}

/** An integrator's API key. */
export interface ApiKeyCaller {
  readonly kind: 'api-key';
  readonly id: string;
  readonly agentId: null;
  readonly role: 'integrator';
  readonly scopes: readonly Scope[];
}

/** A machine of the pool: its enrolment token, or the media server itself. `id` is that of the token, or of the media server. */
export interface MachineCaller {
  readonly kind: 'enrolment' | 'server' | 'realtime';
  readonly id: string;
  readonly agentId: null;
  readonly role: 'machine';
  readonly scopes: readonly Scope[];
}

export type Caller = UserCaller | ApiKeyCaller | MachineCaller;

/** What belongs to a caller is kept under this name: idempotency keys, open streams. At most 64 ASCII characters. */
export function callerKey(caller: Caller): string {
  return `${caller.kind}:${caller.id}`;
}

/** Whether the caller sees and acts for everybody, not only for itself. */
export function isPrivileged(caller: Caller): boolean {
  return caller.role !== 'agent';
}
