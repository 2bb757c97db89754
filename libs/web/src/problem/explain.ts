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
  if (error instanceof ProblemError) {
    const { problem, retryAfterSeconds } = error;
    const known = sayings[problem.code];
    const saying = known ?? byStatus(problem.status);
    const fields = Object.fromEntries((problem.errors ?? []).flatMap(({ pointer, message }) => (pointer ? [[pointer, message]] : [])));
    return {
      sentence: known || !problem.detail ? saying.sentence : problem.detail,
      wayOn: saying.wayOn,
      detail: known ? (problem.detail ?? null) : null,
      code: problem.code,
      retryAfterSeconds,
      fields,
    };
  }
  const told =
    error instanceof UnreachableError
      ? { sentence: 'The manager does not answer.', wayOn: 'Check your network. We try again by ourselves.' }
      : { sentence: 'Something went wrong on this page.', wayOn: 'Reload the page. If it happens again, tell your administrator.' };
  return { ...told, detail: null, code: null, retryAfterSeconds: null, fields: {} };
}
