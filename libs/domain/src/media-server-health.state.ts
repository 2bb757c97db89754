import { IllegalMoveError } from './illegal-move.js';

/**
 * Health of a media server, as its AMI session and its signs of life show it. Who is not `healthy` gets no new agents; only
 * `down` takes seats away from those it has, so that a slow answer or a hiccup of our own network never ends a call.
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
 * - suspect: the session is gone, or one sign of life is late; its agents keep their seats.
 * - down: it stayed silent, or nothing listens where it stood. By silence alone nobody's call is over: who talks keeps the seat.
 */
export const mediaServerHealths = ['unknown', 'healthy', 'suspect', 'down'] as const;
export type MediaServerHealth = (typeof mediaServerHealths)[number];

export type HealthCause =
  | 'snapshot-read' // the whole server was listed over a live session
  | 'link-lost' // the AMI session ended
  | 'answer-late' // one of its signs of life is late (life-signs.ts)
  | 'silent-too-long' // two of three have failed
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

/** The health after `cause`; throws `IllegalMoveError` when the table has no such move (a healthy server is suspect first). */
export function moveHealth(from: MediaServerHealth, cause: HealthCause): MediaServerHealth {
  const to = transitions[from][cause];
  if (to === undefined) throw new IllegalMoveError('media server health', from, cause);
  return to;
}
