import { explain } from '../problem/explain.js';
import { ProblemError } from '../problem/problem.js';

export interface SignInFailure {
  severity: 'error' | 'warning';
  sentence: string;
  /** Seconds until trying again makes sense; 0 = at once. */
  waitSeconds: number;
}

const clockTime = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' });

/** Why signing in failed, told so that the person knows whether it was them, the lock, or the manager. */
export function signInFailure(error: unknown, now: number): SignInFailure {
  const { sentence, wayOn, retryAfterSeconds } = explain(error);
  const waitSeconds = retryAfterSeconds ?? 0;
  if (error instanceof ProblemError) {
    const { status, code } = error;
    if (status === 400 || status === 401) return { severity: 'error', sentence: 'User name or password is wrong.', waitSeconds: 0 };
    if (code === 'AUTH.TOO_MANY_ATTEMPTS' && waitSeconds > 0) {
      return { severity: 'warning', sentence: `Too many wrong attempts. Signing in is locked until ${clockTime.format(now + waitSeconds * 1000)}.`, waitSeconds };
    }
    if (status === 429 || status === 503) return { severity: 'warning', sentence: 'The manager is busy.', waitSeconds: Math.max(waitSeconds, 1) };
  }
  return { severity: 'error', sentence: `${sentence} ${wayOn}`, waitSeconds };
}
