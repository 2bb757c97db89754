/** What a code of the manager means to the person at the screen, and what they can do about it. */
export interface Saying {
  /** One plain sentence: what happened. */
  sentence: string;
  /** One plain sentence: the way on. */
  wayOn: string;
}

/** Keyed by the manager's stable problem code. A code that is not here falls back to the manager's own `detail`. */
export const sayings: Readonly<Record<string, Saying>> = {
  'REQUEST.INVALID': { sentence: 'Some of what was entered is not valid.', wayOn: 'Correct the marked fields and try again.' },
  'REQUEST.NOT_FOUND': { sentence: 'This does not exist, or not any more.', wayOn: 'Go back to the list.' },
  'REQUEST.TOO_MANY': { sentence: 'Too many requests came from here.', wayOn: 'Wait a moment, then try again.' },
  'IDENTITY.WRONG_CREDENTIALS': { sentence: 'User name or password is wrong.', wayOn: 'Check both and try again.' },
  'IDENTITY.LOCKED': { sentence: 'Signing in is locked after too many wrong passwords.', wayOn: 'Wait until the lock ends, or ask an administrator.' },
  'IDENTITY.UNAUTHENTICATED': { sentence: 'You are no longer signed in.', wayOn: 'Sign in again.' },
  'IDENTITY.FORBIDDEN': { sentence: 'Your role does not allow this.', wayOn: 'Ask an administrator to do it or to change your role.' },
  'SELECTION.NO_ELIGIBLE_SERVER': {
    sentence: 'No media server can take you right now.',
    wayOn: 'We keep trying. If it lasts, tell your supervisor that no media server is available.',
  },
  'SELECTION.POOL_FULL': { sentence: 'Every seat on every media server is taken.', wayOn: 'We keep trying; a seat opens when a colleague leaves.' },
  'SELECTION.AGENT_DISABLED': { sentence: 'Your account is disabled.', wayOn: 'Ask your supervisor to enable it.' },
  'IDEMPOTENCY.KEY_REUSED': { sentence: 'This was already sent with other content.', wayOn: 'Close the form, open it again and send it once more.' },
};

/** For refusals whose code nobody has put into words yet. */
export function byStatus(status: number): Saying {
  if (status === 401) return { sentence: 'You are no longer signed in.', wayOn: 'Sign in again.' };
  if (status === 403) return { sentence: 'Your role does not allow this.', wayOn: 'Ask an administrator.' };
  if (status === 404) return { sentence: 'This does not exist, or not any more.', wayOn: 'Go back to the list.' };
  if (status === 409) return { sentence: 'The present state does not allow this.', wayOn: 'Look at the present state, then decide again.' };
  if (status === 429) return { sentence: 'Too many requests came from here.', wayOn: 'Wait a moment, then try again.' };
  if (status >= 500) return { sentence: 'The manager cannot do this right now.', wayOn: 'Wait a moment, then try again.' };
  return { sentence: 'The manager refused this.', wayOn: 'Check what was entered and try again.' };
}
