import { createApiClient, ProblemError, type Session as SessionAnswer, type User } from '@nailup/api-client';
import { UnreachableError } from '../problem/problem.js';

export type AppName = 'softphone' | 'admin';
export type SessionUser = User;
export type Role = User['role'];

export interface Grant {
  accessToken: string;
  /** How long the token lives from now, measured on the server's own clock so that a wrong clock here does no harm. */
  lifeMs: number;
  user: SessionUser;
}

export interface AuthApi {
  /** @throws ProblemError when refused, UnreachableError when nobody answers */
  login(username: string, password: string): Promise<Grant>;
  /** Turns the refresh cookie into a new access token. Null: there is nobody signed in. */
  refresh(): Promise<Grant | null>;
  logout(): Promise<void>;
}

/** The cookie routes of the manager. Each console has its own cookie, so both may be open with different people in one browser. */
export function authApi(app: AppName, baseUrl: string, fetch: typeof globalThis.fetch, now: () => number): AuthApi {
  const client = createApiClient({
    baseUrl,
    accessToken: () => null,
    fetch: (request) =>
      fetch(request).catch((cause: unknown) => {
        throw new UnreachableError(cause);
      }),
  });
  const params = { query: { app } };
  const grant = ({ data, response }: { data?: SessionAnswer; response: Response }): Grant => {
    // A refusal was thrown before; only a proxy that answers 200 with nothing comes here.
    if (!data) throw new UnreachableError();
    const serverNow = Date.parse(response.headers.get('date') ?? '') || now();
    return { accessToken: data.accessToken, lifeMs: Math.max(0, Date.parse(data.expiresAt) - serverNow), user: data.user };
  };
  return {
    login: async (username, password) => grant(await client.POST('/api/v1/auth/login', { params, body: { username, password } })),
    async refresh() {
      try {
        return grant(await client.POST('/api/v1/auth/refresh', { params }));
      } catch (error) {
        if (error instanceof ProblemError && error.status === 401) return null;
        throw error;
      }
    },
    async logout() {
      await client.POST('/api/v1/auth/logout', { params });
    },
  };
}
