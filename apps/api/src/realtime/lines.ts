import { createHash } from 'node:crypto';
import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { AmiError } from '@nailup/ami';
import { AmiSessions } from '../calls/ami-sessions.js';
import { Database } from '../database/database.js';

/** The host a phone writes into its Contact (libs/phone: `lineHost`); Asterisk puts the WebSocket's address in its place and keeps this beside it. */
const lineHost = 'line.invalid';

/** `<AOR>;@<MD5 of the Contact's URI>`, as res_pjsip names a Contact (location.c: ast_sip_location_create_contact). */
const contactId = /^([a-z][a-z0-9]{1,63});@([0-9a-f]{32})$/;

/**
 * So long a leg stays whose WebSocket has closed: a phone that lives is back on a new one by then, and its audio went on over the old leg
 * meanwhile. With it a dead one is out of its conference within two seconds. Milliseconds.
 */
const backWithinMs = 1_000;
const answerWithinMs = 2_000;

/** The id of the Contact that a phone registers for a seat over the WebSocket that Asterisk sees at `address` (host:port). */
export function contactOf(username: string, address: string): string {
  const uri = `sip:${username}@${address};transport=ws;x-ast-orig-host=${lineHost}:0`;
  return `${username};@${createHash('md5').update(uri).digest('hex')}`;
}

/** Ends the legs of seats whose WebSocket has closed: Asterisk itself ends no channel with it. */
@Injectable()
export class Lines implements OnApplicationShutdown {
  readonly #logger = new Logger('Lines');
  readonly #waiting = new Set<NodeJS.Timeout>();

  constructor(
    private readonly database: Database,
    private readonly sessions: AmiSessions,
  ) {}

  onApplicationShutdown(): void {
    for (const timer of this.#waiting) clearTimeout(timer);
  }

  /**
   * The registrar of a media server has deleted a Contact. Its leg ends, unless it has ended by itself a moment later. Which leg is not said by
   * anybody but that server: the one that came over the WebSocket the Contact stood for. So a Contact that gave way to the one of a newer
   * WebSocket never ends the newer leg.
   */
  gone(mediaServerId: string, contact: string): void {
    const username = contactId.exec(contact)?.[1];
    if (username === undefined) return;
    const timer = setTimeout(() => {
      this.#waiting.delete(timer);
      this.#end(mediaServerId, username, contact).catch((error: unknown) => this.#logger.debug(`A leg without its line was not ended: ${error instanceof Error ? error.message : String(error)}`));
    }, backWithinMs);
    this.#waiting.add(timer);
  }

  async #end(mediaServerId: string, username: string, contact: string): Promise<void> {
    const [seat] = await this.database.rows<{ leg: string }>(
      "SELECT leg_uniqueid AS leg FROM placements WHERE sip_username = ? AND media_server_id = ? AND state = 'connected' AND leg_uniqueid IS NOT NULL",
      [username, mediaServerId],
    );
    if (seat === undefined) return;
    const session = await this.sessions.to(mediaServerId);
    try {
      const answer = await session.action({ Action: 'Getvar', Channel: seat.leg, Variable: 'CHANNEL(pjsip,remote_addr)' }, { timeoutMs: answerWithinMs });
      if (contactOf(username, answer.get('Value') ?? '') !== contact) return;
      // Normal clearing, Q.850 cause 16. That it went is told by its Hangup event, as of every leg.
      await session.action({ Action: 'Hangup', Channel: seat.leg, Cause: 16 }, { timeoutMs: answerWithinMs });
    } catch (error) {
      // It has gone already.
      if (!(error instanceof AmiError && error.fault === 'action-refused')) throw error;
    }
  }
}
