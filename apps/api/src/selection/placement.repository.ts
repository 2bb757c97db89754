import { Injectable } from '@nestjs/common';
import { type PlacementState, policyNames, type PolicyName } from '@nailup/domain';
import { change, Database } from '../database/database.js';
import { appendEvents } from '../live/event-log.js';
import type { DecisionRecord, FullPicture, SelectionPicture } from './decision-record.js';
import type { FailureStage } from './placement.dto.js';
import { type EndingCause, lockServer, SeatEnder } from './placement-moves.js';
import { placementColumns, type PlacementRecord } from './placement.record.js';
import { readServers, type ServerRow } from './selection-facts.js';

export interface PlacementFilter {
  readonly state?: PlacementState;
  readonly agentId?: string;
  readonly mediaServerId?: string;
}

/** Seconds a media server stays away from an agent whose browser found no audio there. */
const banSeconds = 60;

/** The placements as they are written, and the two ways a request ends one. */
@Injectable()
export class PlacementRepository {
  constructor(
    private readonly database: Database,
    private readonly seats: SeatEnder,
  ) {}

  async find(id: string): Promise<PlacementRecord | null> {
    const [found] = await this.database.rows<PlacementRecord>(
      `SELECT ${placementColumns} FROM placements p JOIN media_servers s ON s.id = p.media_server_id WHERE p.id = ?`,
      [id],
    );
    return found ?? null;
  }

  /** Newest first, from after `afterId` on, one more than `limit` so that the caller knows whether there is a next page. */
  list(filter: PlacementFilter, limit: number, afterId: string | undefined): Promise<PlacementRecord[]> {
    const conditions: [string, unknown][] = [
      ['p.state = ?', filter.state],
      ['p.agent_id = ?', filter.agentId],
      ['p.media_server_id = ?', filter.mediaServerId],
      ['p.id < ?', afterId],
    ];
    const given = conditions.filter(([, value]) => value !== undefined);
    const where = given.length === 0 ? '' : `WHERE ${given.map(([sql]) => sql).join(' AND ')}`;
    return this.database.rows<PlacementRecord>(
      `SELECT ${placementColumns} FROM placements p JOIN media_servers s ON s.id = p.media_server_id ${where} ORDER BY p.id DESC LIMIT ?`,
      [...given.map(([, value]) => value), limit + 1],
    );
  }

  /** What was decided and what was seen then; null for what is not kept any more. */
  async decision(id: string): Promise<{ record: DecisionRecord; picture: FullPicture | null } | null> {
    const [found] = await this.database.rows<{ record: DecisionRecord; picture: SelectionPicture | null; named: FullPicture['ids'] | null }>(
      `SELECT p.decision AS record, d.picture, n.picture->'$.ids' AS named
       FROM placements p LEFT JOIN selection_pictures d ON d.id = p.decision->>'$.pictureId' LEFT JOIN selection_pictures n ON n.id = d.picture->>'$.as' WHERE p.id = ?`,
      [id],
    );
    if (!found) return null;
    const { record, picture, named } = found;
    const ids = picture?.ids ?? named;
    return { record, picture: picture && ids ? { ...picture, ids } : null };
  }

  /** Ends a placement; nothing happens to one that has ended. @returns whether it ended by this call */
  end({ id, mediaServerId }: PlacementRecord, cause: EndingCause): Promise<boolean> {
    return this.database.inTransaction(async (tx) => {
      await lockServer(tx, mediaServerId);
      const events = await this.seats.end(tx, { mediaServerId, cause, ids: [id] });
      await appendEvents(tx, events);
      return events.length > 0;
    });
  }

  /** Ends a placement whose browser got no audio, and keeps its media server away from that agent for a while. */
  failed({ id, agentId, mediaServerId }: PlacementRecord, stage: FailureStage, reason: string): Promise<boolean> {
    return this.database.inTransaction(async (tx) => {
      await lockServer(tx, mediaServerId);
      const events = await this.seats.end(tx, { mediaServerId, cause: 'failure-reported', ids: [id] });
      if (events.length === 0) return false;
      await change(
        tx,
        `INSERT INTO placement_failures (agent_id, media_server_id, until_at, stage, reason) VALUES (?, ?, NOW(3) + INTERVAL ? SECOND, ?, ?) AS fresh
         ON DUPLICATE KEY UPDATE until_at = fresh.until_at, stage = fresh.stage, reason = fresh.reason`,
        [agentId, mediaServerId, banSeconds, stage, reason],
      );
      await appendEvents(tx, events.map((event) => ({ ...event, data: { ...event.data, stage, detail: reason } })));
      return true;
    });
  }

  /** The pool as it stands, for questions that reserve nothing. */
  async pool(): Promise<{ policy: PolicyName; servers: ServerRow[] }> {
    const [pool] = await this.database.rows<{ policy: PolicyName }>('SELECT policy FROM pool WHERE id = 1');
    const policy = pool?.policy ?? policyNames[0];
    return { policy, servers: (await readServers(this.database.dataSource.manager)).filter((server) => !server.deleted) };
  }
}
