import type { RunningManager } from './manager.js';

export interface Answer<T> {
  readonly status: number;
  readonly headers: Headers;
  readonly body: T;
}

export interface CallOptions {
  readonly token?: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** One request as an integrator would send it; the body comes back parsed, or as text when it is not JSON. */
export async function call<T = Record<string, unknown>>(manager: RunningManager, method: string, path: string, { token, body, headers }: CallOptions = {}): Promise<Answer<T>> {
  const response = await fetch(`${manager.url}${path}`, {
    method,
    headers: {
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    body: body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body),
    redirect: 'manual',
  });
  const text = await response.text();
  const isJson = (response.headers.get('content-type') ?? '').includes('json');
  return { status: response.status, headers: response.headers, body: (isJson ? JSON.parse(text) : text) as T };
}

/** Signs in and gives the access token. */
export async function signIn(manager: RunningManager, username: string, password: string): Promise<string> {
  const answer = await call<{ accessToken: string }>(manager, 'POST', '/api/v1/auth/login', { body: { username, password } });
  if (answer.status !== 200) throw new Error(`${username} could not sign in: ${JSON.stringify(answer.body)}`);
  return answer.body.accessToken;
}
