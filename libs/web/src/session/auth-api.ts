import { readProblem, UnreachableError } from '../problem/problem.js';

export type AppName = 'softphone' | 'admin';
export type Role = 'agent' | 'supervisor' | 'admin';

export interface SessionUser {
  id: string;
  username: string;
  displayName: string;
  role: Role;
}

export interface Grant {
  accessToken: string;
  /** How long the token lives from now, measured on the server's own clock so that a wrong clock here does no harm. */
  lifeMs: number;
  user: SessionUser;
}

interface LoginAnswer {
  accessToken: string;
  expiresAt: string;
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
  const post = async (path: string, body?: object): Promise<Response> => {
    return fetch(`${baseUrl}/auth/${path}?app=${app}`, {
      method: 'POST',
      credentials: 'same-origin',
      ...(body ? { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) } : {}),
    }).catch((cause: unknown) => {
      throw new UnreachableError(cause);
    });
  };
  const grant = async (response: Response): Promise<Grant> => {
    if (!response.ok) throw await readProblem(response, now());
    const { accessToken, expiresAt, user } = (await response.json()) as LoginAnswer;
    const serverNow = Date.parse(response.headers.get('date') ?? '') || now();
    return { accessToken, lifeMs: Math.max(0, Date.parse(expiresAt) - serverNow), user };
  };
  return {
    login: async (username, password) => grant(await post('login', { username, password })),
    async refresh() {
      const response = await post('refresh');
      return response.status === 401 ? null : grant(response);
    },
    async logout() {
      await post('logout');
    },
  };
}
