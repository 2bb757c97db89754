import { catalogue, type ProblemCode } from './catalogue.js';

/** What is wrong with one part of the request. */
export interface FieldFault {
  /** RFC 6901 pointer into the body, as `/ami/port`; the empty pointer is the whole body. */
  readonly pointer?: string;
  /** Name of a query parameter, path parameter or header. */
  readonly parameter?: string;
  readonly message: string;
}

export interface ProblemOptions {
  /** What is special about this occurrence, in a sentence for a person; the catalogue's own when left out. */
  readonly detail?: string;
  readonly errors?: readonly FieldFault[];
  /** Seconds after which trying again makes sense; rendered as Retry-After. */
  readonly retryAfterSeconds?: number;
  /** Further members of the problem document. */
  readonly extensions?: Readonly<Record<string, unknown>>;
}

/** The body of a refusal (RFC 9457). */
export interface ProblemDocument {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly code: ProblemCode;
  readonly instance: string;
  readonly errors?: readonly FieldFault[];
}

/** A refusal of the catalogue on its way to the caller. */
export class Problem extends Error {
  readonly status: number;
  readonly title: string;

  constructor(
    readonly code: ProblemCode,
    readonly options: ProblemOptions = {},
  ) {
    super(options.detail ?? catalogue[code].title);
    this.name = 'Problem';
    this.status = catalogue[code].status;
    this.title = catalogue[code].title;
  }

  /** @param instance the path of the request, without its query (which may hold a ticket) */
  toDocument(instance: string): ProblemDocument {
    return {
      type: `urn:nailup:problem:${this.code}`,
      title: this.title,
      status: this.status,
      detail: this.options.detail ?? catalogue[this.code].detail,
      code: this.code,
      instance,
      ...(this.options.errors === undefined ? {} : { errors: this.options.errors }),
      ...this.options.extensions,
    };
  }

  /** Seconds for Retry-After; every 429 and 503 has one. */
  get retryAfterSeconds(): number | undefined {
    return this.options.retryAfterSeconds ?? (this.status === 503 || this.status === 429 ? 2 : undefined);
  }
}

/** `throw problem('SELECTION.POOL_FULL', { retryAfterSeconds: 5 })` */
export function problem(code: ProblemCode, options: ProblemOptions = {}): Problem {
  return new Problem(code, options);
}

/** A malformed request whose faults are named. */
export function invalid(errors: readonly FieldFault[], detail = errors.map((fault) => `${fault.pointer ?? fault.parameter ?? ''} ${fault.message}`.trim()).join('; ')): Problem {
  return problem('REQUEST.INVALID', { ...(detail === '' ? {} : { detail }), errors });
}
