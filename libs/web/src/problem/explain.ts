import { ProblemError, UnreachableError } from './problem.js';
import { byStatus, sayings } from './sentences.js';

/** A failure as it is told to a person. */
export interface Explanation {
  sentence: string;
  wayOn: string;
  /** The manager's own words, when they add something to the sentence. */
  detail: string | null;
  code: string | null;
  retryAfterSeconds: number | null;
  /** Message by field, keyed by the RFC 6901 pointer into the body that was sent (`/ami/port`). */
  fields: Readonly<Record<string, string>>;
}

/** Turns whatever was thrown into a plain sentence and a way on. Never throws, never shows a stack. */
export function explain(error: unknown): Explanation {
  if (error instanceof ProblemError) return refusal(error);
  const told =
    error instanceof UnreachableError
      ? { sentence: 'The manager does not answer.', wayOn: 'Check your network. We try again by ourselves.' }
      : { sentence: 'Something went wrong on this page.', wayOn: 'Reload the page. If it happens again, tell your administrator.' };
  return { ...told, detail: null, code: null, retryAfterSeconds: null, fields: {} };
}

function refusal({ status, code, detail, errors, retryAfterSeconds }: ProblemError): Explanation {
  const known = code === 'UNKNOWN' ? undefined : sayings[code];
  const { sentence, wayOn } = known ?? byStatus(status);
  return {
    sentence: known ? sentence : (detail ?? sentence),
    wayOn,
    detail: known ? detail : null,
    code,
    retryAfterSeconds,
    fields: Object.fromEntries(errors.flatMap(({ pointer, message }) => (pointer ? [[pointer, message]] : []))),
  };
}
