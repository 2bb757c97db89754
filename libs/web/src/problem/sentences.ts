import type { ProblemCode } from '@nailup/api-client';
import { callSayings } from './call-sentences.js';

/** What a code of the manager means to the person at the screen, and what they can do about it. */
export interface Saying {
  /** One plain sentence: what happened. */
  sentence: string;
  /** One plain sentence: the way on. */
  wayOn: string;
}

const say = (sentence: string, wayOn: string): Saying => ({ sentence, wayOn });
const signInAgain = say('You are no longer signed in.', 'Sign in again.');
const notYourRole = say('Your role does not allow this.', 'Ask an administrator to do it, or to change your role.');
const gone = say('This does not exist, or not any more.', 'Go back to the list.');
const tooMany = say('Too many requests came from here.', 'Wait a moment, then try again.');
const managerAway = say('The manager cannot do this right now.', 'Wait a moment, then try again.');

/** Keyed by the manager's stable problem code. A code that is not here falls back to the manager's own `detail`. */
export const sayings: Readonly<Partial<Record<ProblemCode, Saying>>> = {
  'REQUEST.INVALID': say('Some of what was entered is not valid.', 'Correct it and try again.'),
  'REQUEST.NOT_FOUND': gone,
  'REQUEST.TOO_MANY': tooMany,
  'AUTH.REQUIRED': signInAgain,
  'AUTH.INVALID_TOKEN': signInAgain,
  'AUTH.SESSION_ENDED': signInAgain,
  'AUTH.INVALID_CREDENTIALS': say('User name or password is wrong.', 'Check both and try again.'),
  'AUTH.FORBIDDEN': notYourRole,
  'AUTH.TOO_MANY_ATTEMPTS': say('Signing in is locked after too many wrong passwords.', 'Wait until the lock ends, or ask an administrator.'),
  'AUTH.BUSY': say('The manager is busy: too many people sign in at this moment.', 'Wait a moment, then try again.'),
  'IDEMPOTENCY.KEY_REUSED': say('This was already sent with other content.', 'Close the form, open it again and send it once more.'),
  'IDEMPOTENCY.IN_PROGRESS': say('This was already sent and is still being done.', 'Wait a moment, then look at the list.'),
  'API_KEY.NOT_FOUND': gone,
  'AGENT.NOT_FOUND': gone,
  'AGENT.USERNAME_TAKEN': say('Another agent has this user name.', 'Choose another one.'),
  'AGENT.LAST_ADMIN': say('This is the last administrator.', 'Make somebody else an administrator first.'),
  'AGENT.ON_CALL': say('The agent is on a call.', 'Wait until the call has ended.'),
  'AGENT.DISABLED': say('This account is disabled.', 'Ask your supervisor to have it enabled.'),
  'MEDIA_SERVER.NOT_FOUND': gone,
  'MEDIA_SERVER.NAME_TAKEN': say('Another media server has this name.', 'Choose another one.'),
  'MEDIA_SERVER.HAS_PLACEMENTS': say('Agents still sit on this media server.', 'Drain it first, then try again when it is empty.'),
  'MEDIA_SERVER.DISABLED': say('The media server is disabled.', 'Enable it first.'),
  'QUEUE.NOT_FOUND': gone,
  'QUEUE.NAME_TAKEN': say('Another queue has this name.', 'Choose another one.'),
  'QUEUE.IN_USE': say('The queue is in use.', 'Send its numbers elsewhere and wait until nobody waits in it.'),
  'NUMBER.NOT_FOUND': gone,
  'NUMBER.TAKEN': say('This number is in the list already.', 'Change where it leads instead.'),
  'SELECTION.NO_ELIGIBLE_SERVER': say('No media server can take you right now.', 'We keep trying. If it lasts, tell your supervisor that no media server is available.'),
  'SELECTION.POOL_FULL': say('Every seat on every media server is taken.', 'We keep trying; a seat opens when a colleague leaves.'),
  'PLACEMENT.NOT_FOUND': say('This seat does not exist, or not any more.', 'Go online again to get a new one.'),
  'PLACEMENT.ENDED': say('This seat has ended.', 'Go online again to get a new one.'),
  'PLACEMENT.CONFLICT': say('Somebody else changed this seat at the same moment.', 'Look at the present state, then try again.'),
  'SETTINGS.CHANGED': say('Somebody else has changed the settings at the same moment.', 'Look at them again, then save.'),
  ...callSayings,
  'EVENTS.TOO_MANY_STREAMS': say('Too many tabs of this console are open.', 'Close those you do not need.'),
  'SERVICE.DATABASE_UNAVAILABLE': say('The manager cannot reach its database.', 'We try again by ourselves. If it lasts, tell your administrator.'),
  'SERVICE.NOT_READY': say('The manager is starting.', 'We try again by ourselves.'),
  'SERVICE.STOPPING': say('The manager is being restarted.', 'We try again by ourselves.'),
  'SERVICE.INTERNAL': say('The manager failed.', 'Try again. If it happens again, tell your administrator.'),
};

/** For refusals whose code nobody has put into words yet. */
export function byStatus(status: number): Saying {
  if (status === 401) return signInAgain;
  if (status === 403) return notYourRole;
  if (status === 404) return gone;
  if (status === 409) return say('The present state does not allow this.', 'Look at the present state, then decide again.');
  if (status === 429) return tooMany;
  if (status >= 500) return managerAway;
  return say('The manager refused this.', 'Check what was entered and try again.');
}
