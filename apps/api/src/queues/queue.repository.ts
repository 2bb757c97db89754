import { Injectable } from '@nestjs/common';
import { v7 as newId } from 'uuid';
import { change, Database, rows, type Tx } from '../database/database.js';
import { isDuplicate } from '../database/database-error.js';
import { problem } from '../problem/problem.js';

/** A queue as it is read, with who waits in it. */
export interface QueueRecord {
  readonly id: string;
  readonly name: string;
  readonly skills: string[];
  readonly musicClass: string | null;
  readonly maxWaitSeconds: number | null;
  readonly waiting: number;
  readonly waitingSince: Date | null;
}

/** What may be written of a queue. */
export type QueueFields = Pick<QueueRecord, 'name' | 'skills' | 'musicClass' | 'maxWaitSeconds'>;

const columns = `q.id, q.name, q.skills, q.music_class AS musicClass, q.max_wait_seconds AS maxWaitSeconds,
  (SELECT COUNT(*) FROM calls c WHERE c.queue_id = q.id AND c.state = 'queued') AS waiting,
  (SELECT MIN(c.started_at) FROM calls c WHERE c.queue_id = q.id AND c.state = 'queued') AS waitingSince`;

/** The queues table. */
@Injectable()
export class QueueRepository {
  constructor(private readonly database: Database) {}

  /** Queues in the order they were made. */
  list(after: string | undefined, limit: number): Promise<QueueRecord[]> {
    return this.database.rows<QueueRecord>(`SELECT ${columns} FROM queues q WHERE q.deleted_at IS NULL AND q.id > ? ORDER BY q.id LIMIT ?`, [after ?? '', limit]);
  }

  /** The queue, locked until the commit; `deleted` when it was there once, null when it never was. */
  async lock(tx: Tx, id: string): Promise<QueueRecord | 'deleted' | null> {
    const [found] = await rows<{ deletedAt: Date | null }>(tx, 'SELECT deleted_at AS deletedAt FROM queues WHERE id = ? FOR UPDATE', [id]);
    if (found === undefined) return null;
    return found.deletedAt === null ? this.read(tx, id) : 'deleted';
  }

  async read(tx: Tx, id: string): Promise<QueueRecord> {
    const [queue] = await rows<QueueRecord>(tx, `SELECT ${columns} FROM queues q WHERE q.id = ?`, [id]);
    if (queue === undefined) throw new Error('The queue vanished inside the transaction.');
    return queue;
  }

  /** @throws Problem QUEUE.NAME_TAKEN */
  async add(tx: Tx, { name, skills, musicClass, maxWaitSeconds }: QueueFields): Promise<QueueRecord> {
    const id = newId();
    await unlessTaken(change(tx, 'INSERT INTO queues (id, name, skills, music_class, max_wait_seconds) VALUES (?, ?, ?, ?, ?)', [id, name, JSON.stringify(skills), musicClass, maxWaitSeconds]));
    return this.read(tx, id);
  }

  /** @throws Problem QUEUE.NAME_TAKEN */
  async change(tx: Tx, id: string, { name, skills, musicClass, maxWaitSeconds }: QueueFields): Promise<QueueRecord> {
    await unlessTaken(change(tx, 'UPDATE queues SET name = ?, skills = ?, music_class = ?, max_wait_seconds = ? WHERE id = ?', [name, JSON.stringify(skills), musicClass, maxWaitSeconds, id]));
    return this.read(tx, id);
  }

  /** Whether a number leads to it, or a caller is in it and not yet with an agent. */
  async isInUse(tx: Tx, id: string): Promise<boolean> {
    const [found] = await rows<{ inUse: number }>(
      tx,
      `SELECT EXISTS (SELECT 1 FROM numbers n WHERE n.queue_id = ? AND n.deleted_at IS NULL)
         OR EXISTS (SELECT 1 FROM calls c WHERE c.queue_id = ? AND c.state IN ('queued', 'ringing')) AS inUse`,
      [id, id],
    );
    return found?.inUse === 1;
  }

  async markDeleted(tx: Tx, id: string): Promise<void> {
    await change(tx, 'UPDATE queues SET deleted_at = NOW(3) WHERE id = ?', [id]);
  }
}

async function unlessTaken(write: Promise<unknown>): Promise<void> {
  try {
    await write;
  } catch (error) {
    if (isDuplicate(error, 'queues_live_name')) throw problem('QUEUE.NAME_TAKEN');
    throw error;
  }
}
