import { createHash } from 'node:crypto';
import type { ConferenceLevel } from '@nailup/domain';

/** What the digest takes: one word of printable ASCII each, so that no two pictures are one text. */
const word = /^[\x21-\x7e]+$/;

/**
 * The digest of a picture of one media server, to be compared with `writtenDigestSql` of the same one: when they are the same, `compareWithAsterisk` would
 * find nothing to write and nobody to hang up (each seat shown has one leg, is connected here with that leg and as many clients, and no other `hasLegs`). Pure.
 * @returns hex; null for a picture with more than plain seats (two legs, clients without their agent), which has to be compared seat by seat
 */
export function shownDigest(shown: readonly ConferenceLevel[]): string | null {
  const lines: string[] = [];
  for (const { conference, legs, clientLegs } of shown) {
    const [leg] = legs;
    if (leg === undefined || legs.length > 1 || !word.test(leg) || !word.test(conference)) return null;
    lines.push(`${conference} connected ${leg} ${clientLegs}`);
  }
  // A space sorts before every character of a word: whole lines stand in the order of their conferences, by code units, as MySQL sorts an ascii_bin column.
  return createHash('sha256').update(lines.sort().join('\n')).digest('hex');
}

/** Of the placements of a media server those that say that somebody is there; a client may come before her agent, and stay when she is lost. */
export const hasLegs = "(state = 'connected' OR (state IN ('reserved', 'lost') AND client_legs > 0))";

/**
 * The same of what is written, made by MySQL: one value instead of a row for each seat, and no lock. Takes the id of the media server; answers `epoch` and
 * `digest`. A text that is cut (`group_concat_max_len`) is another one, and the seats are compared one by one.
 */
export const writtenDigestSql = `SELECT /*+ SET_VAR(group_concat_max_len = 4194304) */ s.ami_epoch AS epoch,
  (SELECT SHA2(COALESCE(GROUP_CONCAT(CONCAT(conference, ' ', state, ' ', COALESCE(leg_uniqueid, ''), ' ', client_legs) ORDER BY conference SEPARATOR '\\n'), ''), 256)
   FROM placements WHERE media_server_id = s.id AND ${hasLegs}) AS digest
 FROM media_servers s WHERE s.id = ?`;
