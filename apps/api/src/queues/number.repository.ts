import { Injectable } from '@nestjs/common';
import { v7 as newId } from 'uuid';
import { change, Database, rows, type Tx } from '../database/database.js';
import { isDuplicate } from '../database/database-error.js';
import { problem } from '../problem/problem.js';

/** A number and where it leads: one of the two is null. */
export interface NumberRecord {
  readonly id: string;
  readonly number: string;
  readonly queueId: string | null;
  readonly agentId: string | null;
}

export type Destination = Pick<NumberRecord, 'queueId' | 'agentId'>;

const columns = 'n.id, n.number, n.queue_id AS queueId, n.agent_id AS agentId';

/** The numbers table. */
@Injectable()
export class NumberRepository {
  constructor(private readonly database: Database) {}

  /** Numbers in the order they were made. */
  list(after: string | undefined, limit: number): Promise<NumberRecord[]> {
    return this.database.rows<NumberRecord>(`SELECT ${columns} FROM numbers n WHERE n.deleted_at IS NULL AND n.id > ? ORDER BY n.id LIMIT ?`, [after ?? '', limit]);
  }

  /** The number, locked until the commit; `deleted` when it was there once, null when it never was. */
  async lock(tx: Tx, id: string): Promise<NumberRecord | 'deleted' | null> {
    const [found] = await rows<NumberRecord & { deleted: number }>(tx, `SELECT ${columns}, n.deleted_at IS NOT NULL AS deleted FROM numbers n WHERE n.id = ? FOR UPDATE`, [id]);
    if (found === undefined) return null;
    const { deleted, ...number } = found;
    return deleted === 0 ? number : 'deleted';
  }

  /** @throws Problem NUMBER.TAKEN */
  async add(tx: Tx, number: string, { queueId, agentId }: Destination): Promise<NumberRecord> {
    const id = newId();
    try {
      await change(tx, 'INSERT INTO numbers (id, number, queue_id, agent_id) VALUES (?, ?, ?, ?)', [id, number, queueId, agentId]);
    } catch (error) {
      if (isDuplicate(error, 'numbers_live_number')) throw problem('NUMBER.TAKEN');
      throw error;
    }
    return { id, number, queueId, agentId };
  }

  async lead(tx: Tx, id: string, { queueId, agentId }: Destination): Promise<void> {
    await change(tx, 'UPDATE numbers SET queue_id = ?, agent_id = ? WHERE id = ?', [queueId, agentId, id]);
  }

  async markDeleted(tx: Tx, id: string): Promise<void> {
    await change(tx, 'UPDATE numbers SET deleted_at = NOW(3) WHERE id = ?', [id]);
  }

  /** Whether there is such a queue, which stays there until the commit. */
  async holdQueue(tx: Tx, id: string): Promise<boolean> {
    return (await rows(tx, 'SELECT id FROM queues WHERE id = ? AND deleted_at IS NULL FOR UPDATE', [id])).length === 1;
  }

  async agentExists(tx: Tx, id: string): Promise<boolean> {
    return (await rows(tx, 'SELECT id FROM agents WHERE id = ? AND deleted_at IS NULL', [id])).length === 1;
  }
}
