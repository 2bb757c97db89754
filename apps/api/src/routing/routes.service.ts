import { Injectable } from '@nestjs/common';
import { CallBook } from '../calls/call-book.js';
import { Database, rows } from '../database/database.js';
import { appendEvents } from '../live/event-log.js';
import { problem } from '../problem/problem.js';
import { GroupCommit } from '../database/group-commit.js';
import type { ProxyMediaServersView, ProxyMediaServerView, RouteQuery, RouteView } from './route.dto.js';
import { RouteRound } from './route-round.js';

const maxBatch = 64;
/** Two requests of the proxy, and the manager may hear the second one first: so long is it known that nobody waits for the first. */
const givenUpMs = 2_000;

/** What the SIP proxy asks. */
@Injectable()
export class RoutesService {
  /** All INVITEs that are being asked for at the moment share one transaction, so that a crowd of callers waits for the lock of all managers once. */
  readonly #group = new GroupCommit<RouteQuery, RouteView>({
    commit: (turn) => {
      const batch = turn.take();
      return this.database.inTransaction((tx) => this.round.find(tx, batch));
    },
    keyOf: ({ callId }) => callId,
    isSame: () => true,
    maxBatch,
    tooLate: (waitedMs) => this.database.refusalAfter(waitedMs),
  });

  /** Routes that are being looked for, by Call-ID. */
  readonly #underWay = new Map<string, Promise<RouteView>>();

  readonly #givenUp = new Set<string>();

  constructor(
    private readonly database: Database,
    private readonly round: RouteRound,
    private readonly book: CallBook,
  ) {}

  /**
   * Where this INVITE goes. Asked again within a minute, the answer is the same.
   * @throws Problem ROUTE.UNKNOWN_NUMBER, ROUTE.NOBODY_THERE
   */
  async route(query: RouteQuery): Promise<RouteView> {
    if (this.#givenUp.has(query.callId)) throw problem('ROUTE.NOBODY_THERE', { detail: 'The caller has given up.' });
    const asked = this.#group.submit(query);
    this.#underWay.set(query.callId, asked);
    try {
      return await asked;
    } finally {
      this.#underWay.delete(query.callId);
    }
  }

  /** The caller has given up. A route that is being looked for is found first, and taken back then; a leg that has come to its media server speaks for itself. */
  async giveUp(sipCallId: string): Promise<void> {
    const asked = this.#underWay.get(sipCallId);
    if (asked === undefined) {
      this.#givenUp.add(sipCallId);
      setTimeout(() => this.#givenUp.delete(sipCallId), givenUpMs).unref();
    }
    await asked?.catch(() => undefined);
    await this.database.inTransaction(async (tx) => {
      const [found] = await rows<{ id: string }>(tx, "SELECT id FROM calls WHERE sip_call_id = ? AND state IN ('queued', 'ringing') AND leg_uniqueid IS NULL AND far_uniqueid IS NULL", [sipCallId]);
      const call = found === undefined ? null : await this.book.lock(tx, found.id);
      if (call === null || (call.state !== 'queued' && call.state !== 'ringing') || call.legUniqueid !== null || call.farUniqueid !== null) return;
      await appendEvents(tx, await this.book.end(tx, call, { reason: 'abandoned' }));
    });
  }

  /** Whom the proxy may send client legs to, and take them from. A server that is down comes back without being told to. */
  async mediaServers(): Promise<ProxyMediaServersView> {
    return { items: await this.database.rows<ProxyMediaServerView>("SELECT id, name, sip_uri AS sipUri FROM media_servers WHERE deleted_at IS NULL AND mode <> 'disabled' ORDER BY name, id") };
  }
}
