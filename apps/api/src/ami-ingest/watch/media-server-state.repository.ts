import { Injectable } from '@nestjs/common';
import { type HealthCause, IllegalMoveError, type MediaServerHealth, moveHealth } from '@nailup/domain';
import { change, Database, rows } from '../../database/database.js';
import { appendEvents, type NewEvent } from '../../live/event-log.js';
import { healthReasonOf } from '../../media-servers/health-reason.js';
import type { Boot } from '../links/link-report.js';

/** Two readings of one boot differ by less than this: uptime comes in whole seconds, and late. */
const bootSlackSeconds = 3;

/** What the owner of a media server writes about it. Everything is guarded by the epoch of the lease. */
@Injectable()
export class MediaServerStateRepository {
  constructor(private readonly database: Database) {}

  /**
   * Moves the health and says why, and tells it when either changed.
   * @param why one sentence for the operator, kept while the server is not healthy
   * @returns the health now; null when the lease is somebody else's meanwhile, and nothing was written
   */
  async move(mediaServerId: string, epoch: number, cause: HealthCause, why: string | null): Promise<MediaServerHealth | null> {
    // Nearly every time it is as it was: no lock for that.
    const [now] = await this.database.rows<Written>(`SELECT ${written} FROM media_servers WHERE id = ?`, [mediaServerId]);
    if (now === undefined || now.epoch !== epoch) return null;
    if (isSame(now, afterwards(now, cause, why))) return now.health;
    return this.database.inTransaction(async (tx) => {
      const [row] = await rows<Written>(tx, `SELECT ${written} FROM media_servers WHERE id = ? FOR UPDATE`, [mediaServerId]);
      if (row === undefined || row.epoch !== epoch) return null;
      const next = afterwards(row, cause, why);
      if (isSame(row, next)) return row.health;
      await change(tx, 'UPDATE media_servers SET health = ?, health_reason = ? WHERE id = ?', [next.health, next.healthReason, mediaServerId]);
      await appendEvents(tx, [healthEvent(mediaServerId, row, next, cause)]);
      return next.health;
    });
  }

  /**
   * Writes which Asterisk this is and when it booted; nothing when that is written already, as after a break of the session.
   * @param boot as of `agoMs` milliseconds ago
   * @returns whether it is another process than the one seen before: what was on it is gone
   */
  async booted(mediaServerId: string, epoch: number, version: string | null, { uptimeSeconds, mark }: Boot, agoMs: number): Promise<boolean> {
    const [written] = await this.database.rows<{ epoch: number; same: number }>(
      'SELECT ami_epoch AS epoch, COALESCE(boot_at IS NOT NULL AND boot_mark = ? AND version = COALESCE(?, version), 0) AS same FROM media_servers WHERE id = ?',
      [mark, version, mediaServerId],
    );
    if (written?.epoch !== epoch || written.same !== 0) return false;
    return this.database.inTransaction(async (tx) => {
      const age = uptimeSeconds + agoMs / 1_000;
      // By the mark of the process where both are known; its uptime falls when its clock is set back.
      const [row] = await rows<{ epoch: number; restarted: number }>(
        tx,
        'SELECT ami_epoch AS epoch, COALESCE(boot_mark <> ?, boot_at < NOW(3) - INTERVAL ? SECOND, 0) AS restarted FROM media_servers WHERE id = ? FOR UPDATE',
        [mark, age + bootSlackSeconds, mediaServerId],
      );
      if (row === undefined || row.epoch !== epoch) return false;
      const restarted = row.restarted !== 0;
      await change(
        tx,
        `UPDATE media_servers SET version = COALESCE(?, version), boot_at = IF(? OR boot_at IS NULL, NOW(3) - INTERVAL ? SECOND, boot_at),
           boot_mark = COALESCE(?, IF(?, NULL, boot_mark)), last_seen_at = NOW(3) WHERE id = ?`,
        [version, restarted, age, mark, restarted, mediaServerId],
      );
      return restarted;
    });
  }

  async writeLoad(mediaServerId: string, epoch: number, loadAverage: number): Promise<void> {
    await this.database.change('UPDATE media_servers SET load_average = ? WHERE id = ? AND ami_epoch = ?', [loadAverage, mediaServerId, epoch]);
  }

  /** Nobody looks at a server that an operator took out, so nothing is known of it. */
  async forgetUnwatched(): Promise<void> {
    const idle = await this.database.rows<{ id: string }>(
      "SELECT id FROM media_servers WHERE mode = 'disabled' AND (health <> 'unknown' OR health_reason IS NOT NULL) AND deleted_at IS NULL",
    );
    for (const { id } of idle) {
      await this.database.inTransaction(async (tx) => {
        const [row] = await rows<Written>(tx, `SELECT ${written} FROM media_servers WHERE id = ? FOR UPDATE`, [id]);
        if (row?.mode !== 'disabled') return;
        const next = { ...row, health: moveHealth(row.health, 'unwatched'), healthReason: null };
        if (isSame(row, next)) return;
        await change(tx, 'UPDATE media_servers SET health = ?, health_reason = NULL, ami_owner = NULL, ami_lease_until = NULL WHERE id = ?', [next.health, id]);
        await appendEvents(tx, [healthEvent(id, row, next, 'unwatched')]);
      });
    }
  }
}

/** What of a row a move of the health looks at. */
interface Written {
  readonly mode: string;
  readonly health: MediaServerHealth;
  readonly healthReason: string | null;
  readonly epoch: number;
}

const written = 'mode, health, health_reason AS healthReason, ami_epoch AS epoch';

function afterwards(row: Written, cause: HealthCause, why: string | null): Written {
  const health = after(row.health, cause);
  return { ...row, health, healthReason: health === 'healthy' ? null : (why ?? row.healthReason) };
}

function isSame(one: Written, other: Written): boolean {
  return one.health === other.health && one.healthReason === other.healthReason;
}

function healthEvent(mediaServerId: string, before: Written, next: Written, cause: HealthCause): NewEvent {
  const { health } = next;
  return { type: 'media-server.health', subject: mediaServerId, data: { mediaServerId, health, previous: before.health, cause, healthReason: healthReasonOf(next) } };
}

/** The health after `cause`; a cause that cannot be of this health, decided on an older one, changes nothing. */
function after(health: MediaServerHealth, cause: HealthCause): MediaServerHealth {
  try {
    return moveHealth(health, cause);
  } catch (error) {
    if (error instanceof IllegalMoveError) return health;
    throw error;
  }
}
