import { Injectable } from '@nestjs/common';
import type { Config } from '../../config/config.js';
import { TheConfig } from '../../config/config.module.js';
import { Database, rows } from '../../database/database.js';
import { appendEvents } from '../../live/event-log.js';

/** How full a media server is; the contract's words. */
export interface Utilisation {
  readonly agentsInCall: number;
  readonly reserved: number;
  readonly talking: number;
  readonly capacity: number;
  /** (agentsInCall + reserved) / (capacity * weight) */
  readonly ratio: number;
}

interface UtilisationSql extends Omit<Utilisation, 'ratio'> {
  readonly id: string;
  readonly weight: number;
}

/** Counts from the placements, never from a counter. */
@Injectable()
export class UtilisationRepository {
  readonly #me: string;

  constructor(
    private readonly database: Database,
    @TheConfig() config: Config,
  ) {
    this.#me = config.managerName;
  }

  /** Utilisation of each of the media servers that still exist, by id. */
  async of(ids: readonly string[]): Promise<Map<string, Utilisation>> {
    if (ids.length === 0) return new Map();
    const found = await this.database.rows<UtilisationSql>(
      `SELECT s.id, s.capacity, s.weight, CAST(COALESCE(SUM(p.state IN ('connected', 'lost')), 0) AS SIGNED) AS agentsInCall,
         CAST(COALESCE(SUM(p.state = 'reserved'), 0) AS SIGNED) AS reserved,
         CAST(COALESCE(SUM(p.state IN ('connected', 'lost') AND p.client_legs > 0), 0) AS SIGNED) AS talking
       FROM media_servers s LEFT JOIN placements p ON p.media_server_id = s.id AND p.state IN ('reserved', 'connected', 'lost')
       WHERE s.id IN (?) AND s.deleted_at IS NULL GROUP BY s.id`,
      [ids],
    );
    return new Map(found.map(({ id, weight, ...counts }) => [id, { ...counts, ratio: ratioOf(counts, weight) }]));
  }

  /** Tells the utilisation of those of several media servers that are still this manager's to tell of. */
  async tell(utilisations: ReadonlyMap<string, Utilisation>): Promise<void> {
    if (utilisations.size === 0) return;
    await this.database.inTransaction(async (tx) => {
      const mine = await rows<{ id: string }>(tx, 'SELECT id FROM media_servers WHERE id IN (?) AND ami_owner = ?', [[...utilisations.keys()], this.#me]);
      const ids = new Set(mine.map(({ id }) => id));
      await appendEvents(tx, [...utilisations].filter(([id]) => ids.has(id)).map(([mediaServerId, utilisation]) => ({ type: 'media-server.utilisation', subject: mediaServerId, data: { mediaServerId, ...utilisation } })));
    });
  }
}

function ratioOf({ agentsInCall, reserved, capacity }: Omit<Utilisation, 'ratio'>, weight: number): number {
  const room = capacity * weight;
  return room > 0 ? (agentsInCall + reserved) / room : 0;
}
