import { Injectable } from '@nestjs/common';
import type { AgentState } from '../agents/agent.words.js';
import { Database } from '../database/database.js';
import type { DirectoryView } from './transfer.dto.js';

/** Enough to choose from: a longer list is nothing a person reads. */
const most = 500;

interface ColleagueSql {
  readonly username: string;
  readonly displayName: string;
  readonly state: AgentState;
  readonly free: number;
}

/** Whom a caller can be handed on to. Who is free now is judged again when it is done. */
@Injectable()
export class Directory {
  constructor(private readonly database: Database) {}

  /** @param without the one who asks */
  async read(without: string | null): Promise<DirectoryView> {
    const [colleagues, queues] = await Promise.all([
      this.database.rows<ColleagueSql>(
        `SELECT a.username, a.display_name AS displayName, a.state, a.state = 'ready' AND p.id IS NOT NULL AS free
         FROM agents a LEFT JOIN placements p ON p.live_agent_id = a.id AND p.state = 'connected'
         WHERE a.deleted_at IS NULL AND a.enabled AND a.id <> ? ORDER BY free DESC, a.display_name, a.id LIMIT ?`,
        [without ?? '', most],
      ),
      this.database.rows<{ name: string; waiting: number }>(
        "SELECT q.name, (SELECT COUNT(*) FROM calls c WHERE c.queue_id = q.id AND c.state = 'queued') AS waiting FROM queues q WHERE q.deleted_at IS NULL ORDER BY q.name LIMIT ?",
        [most],
      ),
    ]);
    return { items: colleagues.map((one) => ({ ...one, free: one.free !== 0 })), queues: queues.map(({ name, waiting }) => ({ name, waiting: Number(waiting) })) };
  }
}
