import { Injectable } from '@nestjs/common';
import { Database, rows, type Tx } from '../database/database.js';
import { lockDispatch } from '../database/dispatch-lock.js';
import { appendEvents } from '../live/event-log.js';
import { type EvictionReason, SeatKeeper } from '../seats/seat-keeper.js';
import { lockServer, SeatEnder } from './placement-moves.js';

/** Ends seats by an operator's will. */
@Injectable()
export class Evictions extends SeatKeeper {
  constructor(
    private readonly database: Database,
    private readonly seats: SeatEnder,
  ) {
    super();
  }

  async endSeatOfAgent(agentId: string, reason: EvictionReason): Promise<void> {
    const [seat] = await this.database.rows<{ id: string; mediaServerId: string }>('SELECT id, media_server_id AS mediaServerId FROM placements WHERE live_agent_id = ?', [agentId]);
    if (seat) await this.#end(seat.mediaServerId, reason, [seat.id]);
  }

  endSeatsOfMediaServer(mediaServerId: string, reason: EvictionReason): Promise<number> {
    return this.#end(mediaServerId, reason);
  }

  endIdleSeats(mediaServerId: string, most: (tx: Tx) => Promise<number>, reason: EvictionReason): Promise<number> {
    return this.database.inTransaction(async (tx) => {
      // Nobody promises these agents to a caller meanwhile (dispatch), and who dials waits for her seat's row.
      await lockDispatch(tx);
      await lockServer(tx, mediaServerId);
      const atMost = await most(tx);
      if (atMost === 0) return 0;
      const seats = await rows<{ id: string; agentId: string }>(
        tx,
        "SELECT id, agent_id AS agentId FROM placements WHERE media_server_id = ? AND state = 'connected' AND client_legs = 0 ORDER BY id FOR UPDATE",
        [mediaServerId],
      );
      if (seats.length === 0) return 0;
      const onCall = await rows<{ agentId: string }>(tx, 'SELECT live_agent_id AS agentId FROM calls WHERE live_agent_id IN (?)', [seats.map(({ agentId }) => agentId)]);
      const busy = new Set(onCall.map(({ agentId }) => agentId));
      const ids = seats.filter(({ agentId }) => !busy.has(agentId)).slice(0, atMost).map(({ id }) => id);
      await appendEvents(tx, await this.seats.end(tx, { mediaServerId, cause: 'evicted', reason, ids }));
      return ids.length;
    });
  }

  #end(mediaServerId: string, reason: EvictionReason, ids?: readonly string[]): Promise<number> {
    return this.database.inTransaction(async (tx) => {
      await lockServer(tx, mediaServerId);
      const events = await this.seats.end(tx, { mediaServerId, cause: 'evicted', reason, ...(ids ? { ids } : {}) });
      await appendEvents(tx, events);
      return events.length;
    });
  }
}
