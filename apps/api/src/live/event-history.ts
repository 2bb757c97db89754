import { Injectable } from '@nestjs/common';
import { Database } from '../database/database.js';

/** How far back the event log reaches. */
@Injectable()
export class EventHistory {
  constructor(private readonly database: Database) {}

  /** `head`: the newest sequence. `floor`: everything up to here has been removed. */
  async bounds(): Promise<{ head: number; floor: number }> {
    const [row] = await this.database.rows<{ head: number; floor: number }>('SELECT seq AS head, floor_seq AS floor FROM event_head WHERE id = 1');
    return row ?? { head: 0, floor: 0 };
  }

  /** Whether a reader that has seen `cursor` can be given everything after it. One from another database, ahead of the head, cannot. */
  async reaches(cursor: number): Promise<{ complete: boolean; head: number }> {
    const { head, floor } = await this.bounds();
    return { complete: cursor >= floor && cursor <= head, head };
  }
}
