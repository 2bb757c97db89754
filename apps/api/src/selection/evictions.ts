import { Injectable } from '@nestjs/common';
import { Database } from '../database/database.js';
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

  #end(mediaServerId: string, reason: EvictionReason, ids?: readonly string[]): Promise<number> {
    return this.database.inTransaction(async (tx) => {
      await lockServer(tx, mediaServerId);
      const events = await this.seats.end(tx, { mediaServerId, cause: 'evicted', reason, ...(ids ? { ids } : {}) });
      await appendEvents(tx, events);
      return events.length;
    });
  }
}
