import { Injectable } from '@nestjs/common';
import { Database } from '../database/database.js';
import { supervisorUsername } from '../supervision/supervision.record.js';
import type { RealtimeRow } from './realtime-query.js';
import { type RealtimeTable, seatRow } from './seat-rows.js';

interface SupervisorSql {
  readonly id: string;
  readonly username: string;
  readonly ha1: string;
  readonly conference: string;
  readonly mode: string;
  readonly answersForPassword: number;
}

/** A supervisor's browser that listens sends nothing but RTCP; a dead one is found a little later than a dead seat, and harms nobody meanwhile. */
const rtpTimeoutSeconds = '30';

/** The SIP accounts of live supervisions, each on the media server of its agent alone. Like a seat's, but for where it leads. */
@Injectable()
export class SupervisorRows {
  constructor(private readonly database: Database) {}

  static isName(username: string): boolean {
    return supervisorUsername.test(username);
  }

  /** The row of one supervisor in one table: at most one. */
  async find(mediaServerId: string, table: RealtimeTable, username: string): Promise<RealtimeRow[]> {
    const [found] = await this.database.rows<SupervisorSql>(
      `SELECT id, sip_username AS username, sip_ha1 AS ha1, conference, mode, (sip_expires_at > NOW(3)) AS answersForPassword
       FROM supervisions WHERE sip_username = ? AND media_server_id = ? AND ended_at IS NULL`,
      [username, mediaServerId],
    );
    if (found === undefined) return [];
    const { id, ha1, conference, mode, answersForPassword } = found;
    const row = seatRow(table, { placementId: id, username, ha1, parking: 'conference', answersForPassword: answersForPassword !== 0 });
    if (row === null || table !== 'ps_endpoints') return row === null ? [] : [row];
    // Where it leads and how it begins is said here, and by nothing she dials (asterisk/config/extensions_supervision.conf).
    return [{ ...row, context: 'supervisors', rtp_timeout: rtpTimeoutSeconds, set_var: `NAILUP_SUPERVISES=${id}:${mode}:${conference}` }];
  }
}
