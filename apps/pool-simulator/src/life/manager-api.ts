import { Agent, request } from 'node:http';
import { Agent as SecureAgent, request as secureRequest } from 'node:https';

export interface ManagerApiOptions {
  /** `http://host:port` of each manager; asked in turn, the next one when one is away. */
  readonly managers: readonly string[];
  readonly apiKey: string;
  /** Connections to each manager. */
  readonly connections?: number;
}

export interface ApiAnswer<T> {
  readonly status: number;
  readonly body: T;
  /** Seconds, when it says when to ask again. */
  readonly retryAfter: number | null;
}

export interface ApiCall {
  readonly body?: unknown;
  /** Instead of the API key. */
  readonly token?: string;
  /** Of a form (application/x-www-form-urlencoded) instead of JSON. */
  readonly form?: Readonly<Record<string, string>>;
}

const answerWithinMs = 15_000;

/** REST of the managers, as an integrator uses it. */
export class ManagerApi {
  private readonly agent: Agent;
  private readonly secureAgent: SecureAgent;
  private turn = 0;

  constructor(private readonly options: ManagerApiOptions) {
    const how = { keepAlive: true, maxSockets: options.connections ?? 64 };
    this.agent = new Agent(how);
    this.secureAgent = new SecureAgent(how);
  }

  /**
   * @param path behind /api/v1
   * @throws Error when no manager answers
   */
  async call<T>(method: string, path: string, how: ApiCall = {}): Promise<ApiAnswer<T>> {
    const { managers } = this.options;
    let failure: unknown;
    for (let tried = 0; tried < managers.length; tried += 1) {
      const manager = managers[this.turn++ % managers.length] ?? '';
      try {
        return await this.ask<T>(method, `${manager.replace(/\/$/, '')}/api/v1${path}`, how);
      } catch (error) {
        failure = error;
      }
    }
    throw failure instanceof Error ? failure : new Error('No manager is named');
  }

  /** Every item of a list. */
  async all<T>(path: string): Promise<T[]> {
    const items: T[] = [];
    let cursor: string | null = null;
    do {
      const page: ApiAnswer<{ items: T[]; nextCursor: string | null }> = await this.call(
        'GET',
        `${path}?limit=200${cursor === null ? '' : `&cursor=${cursor}`}`,
      );
      if (page.status !== 200) throw new Error(`${path} was answered with ${page.status}: ${JSON.stringify(page.body)}`);
      items.push(...page.body.items);
      cursor = page.body.nextCursor;
    } while (cursor !== null);
    return items;
  }

  /** Asks one address, whichever manager it belongs to. */
  ask<T>(method: string, url: string, { body, token = this.options.apiKey, form }: ApiCall = {}): Promise<ApiAnswer<T>> {
    const text = form === undefined ? (body === undefined ? '' : JSON.stringify(body)) : new URLSearchParams(form).toString();
    const secure = url.startsWith('https:');
    return new Promise((resolve, reject) => {
      const asked = (secure ? secureRequest : request)(
        url,
        {
          method,
          agent: secure ? this.secureAgent : this.agent,
          timeout: answerWithinMs,
          headers: {
            authorization: `Bearer ${token}`,
            ...(text === ''
              ? {}
              : { 'content-type': form === undefined ? 'application/json' : 'application/x-www-form-urlencoded', 'content-length': Buffer.byteLength(text) }),
          },
        },
        (answer) => {
          const pieces: Buffer[] = [];
          answer.on('data', (piece: Buffer) => pieces.push(piece));
          answer.on('error', reject);
          answer.on('end', () => {
            const said = Buffer.concat(pieces).toString();
            const isJson = (answer.headers['content-type'] ?? '').includes('json');
            const retryAfter = Number(answer.headers['retry-after'] ?? Number.NaN);
            resolve({
              status: answer.statusCode ?? 0,
              body: (isJson ? JSON.parse(said) : said) as T,
              retryAfter: Number.isFinite(retryAfter) ? retryAfter : null,
            });
          });
        },
      );
      asked.on('timeout', () => asked.destroy(new Error(`No answer within ${answerWithinMs} ms`)));
      asked.on('error', reject);
      asked.end(text);
    });
  }

  close(): void {
    this.agent.destroy();
    this.secureAgent.destroy();
  }
}
