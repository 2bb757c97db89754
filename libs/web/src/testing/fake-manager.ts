/** One request as the manager saw it. */
export interface Seen {
  method: string;
  path: string;
  authorization: string | null;
  idempotencyKey: string | null;
  body: unknown;
}

export type Answer = Response | Error | (() => Response | Promise<Response>);

/** Stands where the manager would: answers `fetch` by "METHOD /path" in the order given, the last answer for ever. */
export class FakeManager {
  readonly seen: Seen[] = [];
  private readonly routes = new Map<string, Answer[]>();

  on(route: string, ...answers: Answer[]): this {
    this.routes.set(route, answers);
    return this;
  }

  readonly fetch = async (input: RequestInfo | URL, init?: RequestInit): Promise<Response> => {
    const request = input instanceof Request ? new Request(input, init) : new Request(new URL(String(input), 'http://manager.test'), init);
    const { pathname, search } = new URL(request.url);
    const text = await request.text();
    this.seen.push({ method: request.method, path: pathname + search, authorization: request.headers.get('authorization'), idempotencyKey: request.headers.get('idempotency-key'), body: text ? JSON.parse(text) : null });
    const answers = this.routes.get(`${request.method} ${pathname + search}`) ?? this.routes.get(`${request.method} ${pathname}`);
    if (!answers) throw new Error(`Nobody told the fake manager about ${request.method} ${pathname + search}`);
    const answer = answers.length > 1 ? answers.shift() : answers[0];
    if (answer instanceof Error) throw answer;
    return typeof answer === 'function' ? answer() : (answer as Response).clone();
  };

  count(route: string): number {
    return this.seen.filter(({ method, path }) => `${method} ${path}` === route || `${method} ${path.split('?')[0]}` === route).length;
  }
}

export const json = (status: number, body: unknown, headers: Record<string, string> = {}): Response =>
  new Response(body === null ? null : JSON.stringify(body), { status, headers: { 'content-type': 'application/json', ...headers } });

export const refusal = (status: number, code: string, more: object = {}, headers: Record<string, string> = {}): Response =>
  new Response(JSON.stringify({ type: 'about:blank', title: code, status, code, ...more }), { status, headers: { 'content-type': 'application/problem+json', ...headers } });
