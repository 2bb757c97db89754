/** What the manager says when it refuses: RFC 9457 with the manager's stable `code` and the faults by field. */
export interface Problem {
  type?: string;
  title: string;
  status: number;
  detail?: string;
  code: string;
  instance?: string;
  errors?: FieldFault[];
}

export interface FieldFault {
  /** RFC 6901 pointer into the body that was sent, for example `/ami/port`. */
  pointer?: string;
  /** Name of the query or path parameter at fault. */
  parameter?: string;
  message: string;
}

/** The manager answered, and the answer was no. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';

  constructor(
    readonly problem: Problem,
    /** Seconds to leave the manager alone, from `Retry-After`. */
    readonly retryAfterSeconds: number | null = null,
  ) {
    super(problem.detail ?? problem.title);
  }
}

/** No answer came: the network, or no manager behind it. */
export class UnreachableError extends Error {
  override readonly name = 'UnreachableError';

  constructor(cause?: unknown) {
    super('The manager does not answer.', { cause });
  }
}

/** Reads a refusal. A body that is no problem document (a proxy's own page) still becomes one, by its status. */
export async function readProblem(response: Response, now: number = Date.now()): Promise<ProblemError> {
  const retryAfterSeconds = retryAfter(response.headers.get('retry-after'), now);
  const body: unknown = await response.json().catch(() => null);
  if (isProblem(body)) return new ProblemError(body, retryAfterSeconds);
  return new ProblemError({ title: response.statusText || `HTTP ${response.status}`, status: response.status, code: `HTTP.${response.status}` }, retryAfterSeconds);
}

/** `Retry-After` is seconds or a date (RFC 9110 §10.2.3). */
function retryAfter(value: string | null, now: number): number | null {
  if (value === null) return null;
  if (/^\d+$/.test(value)) return Number(value);
  const date = Date.parse(value);
  return Number.isNaN(date) ? null : Math.max(0, Math.ceil((date - now) / 1000));
}

function isProblem(body: unknown): body is Problem {
  return typeof body === 'object' && body !== null && 'code' in body && typeof body.code === 'string' && 'status' in body && 'title' in body;
}
