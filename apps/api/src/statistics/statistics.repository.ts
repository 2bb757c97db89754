import { Injectable } from '@nestjs/common';
import { Database } from '../database/database.js';
import { grains } from './grain.js';
import type { StoredSample } from './resample.js';

const ownedBy = 's.deleted_at IS NULL AND s.ami_owner = ? AND s.ami_lease_until > NOW(3)';
const deletedAtOnce = 5_000;
/** A step is rolled up once its last sample must have come. */
const settleSeconds = 15;

/** The start, in SQL, of the step a moment lies in. */
function stepStart(moment: string, stepSeconds: number): string {
  return `FROM_UNIXTIME(FLOOR(UNIX_TIMESTAMP(${moment}) / ${stepSeconds}) * ${stepSeconds})`;
}

@Injectable()
export class StatisticsRepository {
  constructor(private readonly database: Database) {}

  /** Records how full the media servers of `manager` are now; once a step, also when called more often. */
  async record(manager: string): Promise<void> {
    const step = grains[0].stepSeconds;
    await this.database.change(
      `INSERT IGNORE INTO statistics (media_server_id, step_seconds, at, agents_in_call, reserved, talking, capacity, load_average)
       SELECT s.id, ${step}, ${stepStart('NOW(3)', step)}, COALESCE(SUM(p.state IN ('connected', 'lost')), 0), COALESCE(SUM(p.state = 'reserved'), 0),
         COALESCE(SUM(p.state IN ('connected', 'lost') AND p.client_legs > 0), 0), s.capacity, s.load_average
       FROM media_servers s LEFT JOIN placements p ON p.media_server_id = s.id AND p.state IN ('reserved', 'connected', 'lost')
       WHERE ${ownedBy} GROUP BY s.id`,
      [manager],
    );
  }

  /** Makes the coarser samples of `manager`'s servers that are due. Repeating it changes nothing. */
  async rollUp(manager: string): Promise<void> {
    for (const [index, { stepSeconds }] of grains.slice(1).entries()) {
      const finer = grains[index]!.stepSeconds;
      await this.database.change(
        `INSERT IGNORE INTO statistics (media_server_id, step_seconds, at, agents_in_call, reserved, talking, capacity, load_average)
         SELECT s.id, ${stepSeconds}, ${stepStart('f.at', stepSeconds)} AS step, ROUND(AVG(f.agents_in_call)), ROUND(AVG(f.reserved)), ROUND(AVG(f.talking)),
           MAX(f.capacity), AVG(f.load_average)
         FROM media_servers s JOIN statistics f ON f.media_server_id = s.id AND f.step_seconds = ${finer}
           AND f.at >= ${stepStart(`NOW(3) - INTERVAL ${stepSeconds * 4} SECOND`, stepSeconds)} AND f.at < ${stepStart(`NOW(3) - INTERVAL ${settleSeconds} SECOND`, stepSeconds)}
         WHERE ${ownedBy} GROUP BY s.id, step`,
        [manager],
      );
    }
  }

  /** Throws away what is older than its grain is kept. @returns how many samples went */
  async forgetOld(): Promise<number> {
    let gone = 0;
    for (const { stepSeconds, keepHours } of grains) {
      const { affectedRows } = await this.database.change(
        `DELETE FROM statistics WHERE step_seconds = ? AND at < NOW(3) - INTERVAL ? HOUR LIMIT ${deletedAtOnce}`,
        [stepSeconds, keepHours],
      );
      gone += affectedRows;
    }
    return gone;
  }

  /** Samples of one grain from `from` (inclusive) to `to` (exclusive), in order. */
  async samples(mediaServerId: string, stepSeconds: number, from: Date, to: Date): Promise<StoredSample[]> {
    return this.database.rows<StoredSample>(
      `SELECT at, step_seconds AS stepSeconds, agents_in_call AS agentsInCall, reserved, talking, capacity, load_average AS loadAverage
       FROM statistics WHERE media_server_id = ? AND step_seconds = ? AND at >= ? AND at < ? ORDER BY at`,
      [mediaServerId, stepSeconds, from, to],
    );
  }

  /** Whether there is such a media server, how many cores its machine has if it told, and what MySQL's clock says. */
  async lookUp(mediaServerId: string): Promise<{ readonly exists: boolean; readonly now: Date; readonly cores: number | null }> {
    const [row] = await this.database.rows<{ found: string | null; now: Date; cores: number | null }>(
      'SELECT s.id AS found, s.cores, NOW(3) AS now FROM (SELECT 1) one LEFT JOIN media_servers s ON s.id = ? AND s.deleted_at IS NULL',
      [mediaServerId],
    );
    if (row === undefined) throw new Error('MySQL told no time.');
    return { exists: row.found !== null, now: row.now, cores: row.cores };
  }
}
