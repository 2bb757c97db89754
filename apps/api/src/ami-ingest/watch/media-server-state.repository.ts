import { Injectable } from '@nestjs/common';
import { type HealthCause, IllegalMoveError, type MediaServerHealth, moveHealth } from '@nailup/domain';
import { change, Database, rows } from '../../database/database.js';
import { appendEvents } from '../../live/event-log.js';

/** Two readings of one boot differ by less than this: uptime comes in whole seconds, and late. */
const bootSlackSeconds = 3;

/** What the owner of a media server writes about it. Everything is guarded by the epoch of the lease. */
@Injectable()
export class MediaServerStateRepository {
  constructor(private readonly database: Database) {}

  /**
   * Moves the health, and tells it when it changed.
   * @returns the health now; null when the lease is somebody else's meanwhile, and nothing was written
   */
  async move(mediaServerId: string, epoch: number, cause: HealthCause): Promise<MediaServerHealth | null> {
    // Nearly every time it is as it was: no lock for that.
    const [now] = await this.database.rows<{ health: MediaServerHealth }>('SELECT health FROM media_servers WHERE id = ? AND ami_epoch = ?', [mediaServerId, epoch]);
    if (now === undefined || after(now.health, cause) === now.health) return now?.health ?? null;
    return this.database.inTransaction(async (tx) => {
      const [row] = await rows<{ health: MediaServerHealth; epoch: number }>(tx, 'SELECT health, ami_epoch AS epoch FROM media_servers WHERE id = ? FOR UPDATE', [mediaServerId]);
      if (row === undefined || row.epoch !== epoch) return null;
      const health = after(row.health, cause);
      if (health === row.health) return health;
      const { affectedRows } = await change(tx, 'UPDATE media_servers SET health = ? WHERE id = ?', [health, mediaServerId]);
      if (affectedRows > 0) await appendEvents(tx, [{ type: 'media-server.health', subject: mediaServerId, data: { mediaServerId, health, previous: row.health, cause } }]);
      return health;
    });
  }

  /**
   * Writes which Asterisk this is and when it booted.
   * @param uptimeSeconds as of `agoMs` milliseconds ago
   * @returns whether it is another process than the one seen before: what was on it is gone
   */
  async booted(mediaServerId: string, epoch: number, version: string | null, uptimeSeconds: number, agoMs: number): Promise<boolean> {
    return this.database.inTransaction(async (tx) => {
      const age = uptimeSeconds + agoMs / 1_000;
      const [row] = await rows<{ epoch: number; restarted: number }>(
        tx,
        'SELECT ami_epoch AS epoch, COALESCE(boot_at < NOW(3) - INTERVAL ? SECOND, 0) AS restarted FROM media_servers WHERE id = ? FOR UPDATE',
        [age + bootSlackSeconds, mediaServerId],
      );
      if (row === undefined || row.epoch !== epoch) return false;
      const restarted = row.restarted !== 0;
      await change(
        tx,
        'UPDATE media_servers SET version = COALESCE(?, version), boot_at = IF(? OR boot_at IS NULL, NOW(3) - INTERVAL ? SECOND, boot_at), last_seen_at = NOW(3) WHERE id = ?',
        [version, restarted, age, mediaServerId],
      );
      return restarted;
    });
  }

  async writeLoad(mediaServerId: string, epoch: number, loadAverage: number): Promise<void> {
    await this.database.change('UPDATE media_servers SET load_average = ? WHERE id = ? AND ami_epoch = ?', [loadAverage, mediaServerId, epoch]);
  }

  /** Nobody looks at a server that an operator took out, so nothing is known of it. */
  async forgetUnwatched(): Promise<void> {
    const idle = await this.database.rows<{ id: string }>("SELECT id FROM media_servers WHERE mode = 'disabled' AND health <> 'unknown' AND deleted_at IS NULL");
    for (const { id } of idle) {
      await this.database.inTransaction(async (tx) => {
        const [row] = await rows<{ health: MediaServerHealth; mode: string }>(tx, 'SELECT health, mode FROM media_servers WHERE id = ? FOR UPDATE', [id]);
        if (row?.mode !== 'disabled' || row.health === 'unknown') return;
        await change(tx, 'UPDATE media_servers SET health = ?, ami_owner = NULL, ami_lease_until = NULL WHERE id = ?', [moveHealth(row.health, 'unwatched'), id]);
        await appendEvents(tx, [{ type: 'media-server.health', subject: id, data: { mediaServerId: id, health: 'unknown', previous: row.health, cause: 'unwatched' } }]);
      });
    }
  }
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
