import { Injectable, Logger } from '@nestjs/common';
import { Database, rows } from '../database/database.js';
import { lockServer } from './placement-moves.js';

interface Mismatch {
  readonly id: string;
  readonly name: string;
  readonly seats: number;
  readonly live: number;
}

const live = "(SELECT COUNT(*) FROM placements p WHERE p.media_server_id = s.id AND p.state IN ('reserved', 'connected', 'lost'))";

/** Counts the live placements of each media server against its `seats`. There must be nothing to correct; if there is, that is a bug to hear of. */
@Injectable()
export class SeatCount {
  readonly #logger = new Logger('SeatCount');

  constructor(private readonly database: Database) {}

  /** @returns the media servers whose seats were wrong and are right now */
  async correct(): Promise<Mismatch[]> {
    // One statement sees one moment, and seats move in the transaction that moves the placements: a difference is a real one.
    const suspects = await this.database.rows<Mismatch>(`SELECT s.id, s.name, s.seats, ${live} AS live FROM media_servers s HAVING seats <> live`);
    const wrong: Mismatch[] = [];
    for (const { id } of suspects) {
      const corrected = await this.#correctOne(id);
      if (corrected) wrong.push(corrected);
    }
    for (const { name, seats, live: counted } of wrong) this.#logger.warn(`Media server ${name} had ${seats} seats taken by its count and ${counted} by its placements: corrected`);
    return wrong;
  }

  async #correctOne(id: string): Promise<Mismatch | null> {
    return this.database.inTransaction(async (tx) => {
      await lockServer(tx, id);
      const [found] = await rows<Mismatch>(tx, `SELECT s.id, s.name, s.seats, ${live} AS live FROM media_servers s WHERE s.id = ? HAVING seats <> live`, [id]);
      if (!found) return null;
      await tx.query('UPDATE media_servers SET seats = ? WHERE id = ?', [found.live, id]);
      return found;
    });
  }
}
