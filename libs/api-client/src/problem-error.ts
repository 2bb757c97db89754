import type { components } from './generated/schema.js';

/** The body of a refusal (RFC 9457). */
export type ProblemDocument = components['schemas']['Problem'];

/** Every code of the catalogue; programs decide by it. */
export type ProblemCode = ProblemDocument['code'];

/** The manager refused, or something between answered in its place. */
export class ProblemError extends Error {
  readonly status: number;
  /** `UNKNOWN` when the answer was no problem document: a proxy, a network, another program. */
  readonly code: ProblemCode | 'UNKNOWN';
  readonly title: string;
  readonly detail: string | null;
  /** What is wrong with which field: `pointer` into the body, or `parameter`. */
  readonly errors: NonNullable<ProblemDocument['errors']>;
  /** Seconds after which trying again makes sense, from Retry-After; null when the manager did not say. */
  readonly retryAfterSeconds: number | null;

  constructor(status: number, document: Partial<ProblemDocument> | null, retryAfterSeconds: number | null = null) {
    super(document?.detail ?? document?.title ?? `The manager answered ${status}.`);
    this.name = 'ProblemError';
    this.status = status;
    this.code = document?.code ?? 'UNKNOWN';
    this.title = document?.title ?? `Status ${status}`;
    this.detail = document?.detail ?? null;
    this.errors = document?.errors ?? [];
    this.retryAfterSeconds = retryAfterSeconds;
  }

  /** Reads a refusal; never throws, whatever the body is. */
  static async from(response: Response): Promise<ProblemError> {
    const seconds = Number(response.headers.get('retry-after') ?? 'none');
    return new ProblemError(response.status, await readDocument(response), Number.isFinite(seconds) ? seconds : null);
  }
}

async function readDocument(response: Response): Promise<Partial<ProblemDocument> | null> {
  if (!(response.headers.get('content-type') ?? '').includes('json')) return null;
  const body: unknown = await response.json().catch(() => null);
  return typeof body === 'object' && body !== null && 'code' in body ? (body as Partial<ProblemDocument>) : null;
}
