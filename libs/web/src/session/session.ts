import { explain, type Explanation } from '../problem/explain.js';
import { UnreachableError } from '../problem/problem.js';
import { backoffMs } from '../time/backoff.js';
import { browserClock, type Clock } from '../time/clock.js';
import { authApi, type AppName, type Grant, type SessionUser } from './auth-api.js';
import { inTurn, type Turn } from './in-turn.js';

export type SessionState =
  /** Asking the manager whether somebody is still signed in here. */
  | { status: 'restoring' }
  /** The manager cannot be asked; tried again at `retryAt` (epoch ms) or on `restore()`. */
  | { status: 'unreachable'; why: Explanation; retryAt: number }
  | { status: 'signed-out'; reason: 'nobody' | 'asked' | 'ended' | 'someone-else' }
  | { status: 'signed-in'; user: SessionUser };

export interface SessionOptions {
  app: AppName;
  /** Where the manager is; the page's own origin by default. */
  baseUrl?: string;
  fetch?: typeof globalThis.fetch;
  clock?: Clock;
  random?: () => number;
  turn?: Turn;
}

export interface Session {
  getState(): SessionState;
  subscribe(listener: () => void): () => void;
  /** Picks up where the cookie left off; call once when the page opens. Never rejects. */
  restore(): Promise<void>;
  /** @throws ProblemError (wrong credentials, locked, too busy) or UnreachableError */
  signIn(username: string, password: string): Promise<void>;
  signOut(): Promise<void>;
  /** `fetch` with the access token; renews it once when it has run out. For the typed client. */
  fetch: typeof globalThis.fetch;
}

/** Renew while a fifth of the life is left, at least 5 s and at most a minute before the end. */
const marginMs = (lifeMs: number): number => Math.min(60_000, Math.max(5_000, lifeMs / 5));

/** A network that swallows everything never answers: after this the manager is taken for away. */
const patienceMs = 10_000;

function impatient(fetch: typeof globalThis.fetch, clock: Clock): typeof globalThis.fetch {
  return async (input, init) => {
    const request = new Request(input, init);
    const patience = new AbortController();
    const answered = clock.after(patienceMs, () => patience.abort());
    try {
      return await fetch(request, { signal: AbortSignal.any([request.signal, patience.signal]) });
    } finally {
      answered();
    }
  };
}

/** Who is signed in on this page. The access token lives in this closure only: never in storage, never in a URL. */
export function createSession(options: SessionOptions): Session {
  const { app, baseUrl = globalThis.location?.origin ?? '', clock = browserClock, random = Math.random, turn = inTurn(`nailup-${app}`) } = options;
  const send = impatient(options.fetch ?? globalThis.fetch.bind(globalThis), clock);
  const api = authApi(app, baseUrl, send, () => clock.now());
  const listeners = new Set<() => void>();
  let state: SessionState = { status: 'restoring' };
  let token: { value: string; endsAt: number } | null = null;
  let renewing: Promise<void> | null = null;
  let callOff = (): void => undefined;
  let attempt = 0;

  const set = (next: SessionState): void => {
    state = next;
    for (const listener of listeners) listener();
  };

  const end = (reason: 'nobody' | 'asked' | 'ended' | 'someone-else'): void => {
    callOff();
    token = null;
    set({ status: 'signed-out', reason });
  };

  const accept = (grant: Grant): void => {
    if (state.status === 'signed-in' && state.user.id !== grant.user.id) return end('someone-else');
    attempt = 0;
    token = { value: grant.accessToken, endsAt: clock.now() + grant.lifeMs };
    callOff();
    callOff = clock.after(grant.lifeMs - marginMs(grant.lifeMs), () => void renew().catch(() => undefined));
    set({ status: 'signed-in', user: grant.user });
  };

  /** One renewal at a time on this page (`renewing`) and in this browser (`turn`): a refresh cookie is good for one use. */
  const renew = (): Promise<void> => {
    renewing ??= turn(() => api.refresh())
      .then(
        (grant) => {
          if (grant) accept(grant);
          else if (state.status !== 'signed-out') end(state.status === 'signed-in' ? 'ended' : 'nobody');
        },
        (error: unknown) => {
          const waitMs = retryIn(error) ?? backoffMs(attempt++, random);
          callOff();
          callOff = clock.after(waitMs, () => void renew().catch(() => undefined));
          if (state.status !== 'signed-in') set({ status: 'unreachable', why: explain(error), retryAt: clock.now() + waitMs });
          throw error;
        },
      )
      .finally(() => {
        renewing = null;
      });
    return renewing;
  };

  const authorised = (request: Request): Promise<Response> => {
    const copy = new Request(request.clone(), { credentials: 'same-origin' });
    if (token) copy.headers.set('authorization', `Bearer ${token.value}`);
    return send(copy).catch((cause: unknown) => {
      if (request.signal.aborted) throw cause;
      throw new UnreachableError(cause);
    });
  };

  return {
    getState: () => state,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    restore: () => renew().catch(() => undefined),
    async signIn(username, password) {
      accept(await api.login(username, password));
    },
    async signOut() {
      end('asked');
      await turn(() => api.logout()).catch(() => undefined);
    },
    async fetch(input, init) {
      const request = new Request(input, init);
      // A laptop that slept past the renewal must not send a token it knows to be dead.
      if (token && token.endsAt <= clock.now()) await renew();
      const sentWith = token?.value;
      const response = await authorised(request);
      if (response.status !== 401 || !sentWith) return response;
      if (token?.value === sentWith) await renew();
      return token ? authorised(request) : response;
    },
  };
}

function retryIn(error: unknown): number | null {
  const { retryAfterSeconds } = explain(error);
  return retryAfterSeconds === null ? null : retryAfterSeconds * 1000;
}
