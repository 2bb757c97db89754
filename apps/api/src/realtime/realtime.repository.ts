import { Injectable } from '@nestjs/common';
import { Database } from '../database/database.js';
import type { SipSeat } from './seat-rows.js';

interface SeatSql extends Omit<SipSeat, 'answersForPassword'> {
  readonly answersForPassword: number;
}

const columns = `id AS placementId, sip_username AS username, sip_ha1 AS ha1, parking, (sip_expires_at > NOW(3)) AS answersForPassword`;

/** The live placements of one media server, as SIP accounts. */
@Injectable()
export class RealtimeRepository {
  constructor(private readonly database: Database) {}

  /** One of them, by its SIP user name: the lookup of every INVITE, by a unique key. */
  async byUsername(mediaServerId: string, username: string): Promise<SipSeat[]> {
    const found = await this.database.rows<SeatSql>(
      `SELECT ${columns} FROM placements WHERE sip_username = ? AND media_server_id = ? AND state IN ('reserved', 'connected', 'lost')`,
      [username, mediaServerId],
    );
    return found.map(seat);
  }

  /** All of them: what Asterisk asks for when it starts. */
  async all(mediaServerId: string): Promise<SipSeat[]> {
    const found = await this.database.rows<SeatSql>(
      `SELECT ${columns} FROM placements WHERE media_server_id = ? AND state IN ('reserved', 'connected', 'lost') ORDER BY sip_username`,
      [mediaServerId],
    );
    return found.map(seat);
  }
}

function seat(row: SeatSql): SipSeat {
  return { ...row, answersForPassword: row.answersForPassword !== 0 };
}
