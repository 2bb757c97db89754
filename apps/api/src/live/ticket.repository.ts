import { Injectable } from '@nestjs/common';
import { Database } from '../database/database.js';
import type { Caller } from '../identity/caller.js';
import { hashToken, mintToken } from '../secrets/token.js';

const goodForSeconds = 60;

/** Tickets for the live stream: EventSource cannot send a header, and an access token must never stand in a URL. */
@Injectable()
export class TicketRepository {
  constructor(private readonly database: Database) {}

  async mint(caller: Caller): Promise<{ ticket: string; expiresAt: Date }> {
    const ticket = mintToken('ticket');
    const hash = hashToken(ticket);
    await this.database.change(`INSERT INTO event_tickets (token_hash, caller_kind, caller_id, expires_at) VALUES (?, ?, ?, NOW(3) + INTERVAL ${goodForSeconds} SECOND)`, [hash, caller.kind, caller.id]);
    const [row] = await this.database.rows<{ expiresAt: Date }>('SELECT expires_at AS expiresAt FROM event_tickets WHERE token_hash = ?', [hash]);
    if (row === undefined) throw new Error('The ticket vanished while it was made.');
    return { ticket, expiresAt: row.expiresAt };
  }

  /** Whose ticket it is, while it is good; also the second time, as a browser may open the stream again at once. */
  async holder(ticket: string): Promise<{ kind: string; id: string } | null> {
    const [row] = await this.database.rows<{ kind: string; id: string }>('SELECT caller_kind AS kind, caller_id AS id FROM event_tickets WHERE token_hash = ? AND expires_at > NOW(3)', [hashToken(ticket)]);
    return row ?? null;
  }
}
