import { IllegalMoveError } from './illegal-move.js';

/**
 * Health of a media server, as its AMI session shows it. Who is not `healthy` gets no new agents; only `down` takes the
 * seats away from those it has, so that a slow answer or a hiccup of our own network never ends a call.
 *
 *              snapshot-read
 *   +---------+ -----------> +---------+  link-lost | answer-late  +---------+
 *   | unknown |              | healthy | ------------------------> | suspect |
 *   +---------+              +---------+ <------------------------ +---------+
 *        |                     |     ^        snapshot-read             |
 *        | silent-too-long     |     | snapshot-read                    | silent-too-long
 *        |                     |     |                                  | refused
 *        |                refused  +------+                             |
 *        +-------------------> +-> | down | <---------------------------+
 *                                  +------+
 *
 * - unknown: never read since it was added or since nobody watched it. A box enrols before its Asterisk listens,
 *   so a refusal says nothing yet; silence for the limit does.
 * - healthy: a full snapshot was read and the session answers.
 * - suspect: the session is gone or late; its agents keep their seats.
 * - down: it stayed silent, or nothing listens where it stood.
 */
export const mediaServerHealths = ['unknown', 'healthy', 'suspect', 'down'] as const;
export type MediaServerHealth = (typeof mediaServerHealths)[number];

export type HealthCause =
  | 'snapshot-read' // the whole server was listed over a live session
  | 'link-lost' // the AMI session ended
  | 'answer-late' // a Ping was not answered in time
  | 'silent-too-long' // neither session nor answer for the limit
  | 'refused' // connection refused: the process is gone
  | 'unwatched'; // the operator disabled it, so nobody looks any more

const transitions: Readonly<Record<MediaServerHealth, Readonly<Partial<Record<HealthCause, MediaServerHealth>>>>> = {
  unknown: {
    'snapshot-read': 'healthy',
    'link-lost': 'unknown',
    'answer-late': 'unknown',
    'silent-too-long': 'down',
    refused: 'unknown',
    unwatched: 'unknown',
  },
  healthy: {
    'snapshot-read': 'healthy',
    'link-lost': 'suspect',
    'answer-late': 'suspect',
    refused: 'down',
    unwatched: 'unknown',
  },
  suspect: {
    'snapshot-read': 'healthy',
    'link-lost': 'suspect',
    'answer-late': 'suspect',
    'silent-too-long': 'down',
    refused: 'down',
    unwatched: 'unknown',
  },
  down: {
    'snapshot-read': 'healthy',
    'link-lost': 'down',
    'answer-late': 'down',
    'silent-too-long': 'down',
    refused: 'down',
    unwatched: 'unknown',
  },
};

/** The health after `cause`; throws `IllegalMoveError` when the table has no such move (a healthy server is not silent). */
export function moveHealth(from: MediaServerHealth, cause: HealthCause): MediaServerHealth {
  const to = transitions[from][cause];
  if (to === undefined) throw new IllegalMoveError('media server health', from, cause);
  return to;
}

/** Limits of patience, in milliseconds of silence. */
export interface HealthLimits {
  /** After this a healthy server is suspect. */
  readonly suspectAfterMs: number;
  /** After this a suspect or unknown one is down. */
  readonly downAfterMs: number;
}

/** What `silentForMs` without a sign of life says about a server, or null when it says nothing new. */
export function causeOfSilence(health: MediaServerHealth, silentForMs: number, limits: HealthLimits): HealthCause | null {
  if (health === 'healthy') return silentForMs >= limits.suspectAfterMs ? 'answer-late' : null;
  if (health === 'down') return null;
  return silentForMs >= limits.downAfterMs ? 'silent-too-long' : null;
}
