import { change, type Tx } from '../database/database.js';

/** A fact as it is written: `subject` is the id of what it is about, `agentId` the agent who may see it besides supervisors. */
export interface NewEvent {
  readonly type: string;
  readonly subject: string;
  readonly agentId?: string | null;
  readonly data: Readonly<Record<string, unknown>>;
}

/** A fact as it is read. */
export interface LogEvent {
  readonly seq: number;
  readonly type: string;
  /** When MySQL wrote it. */
  readonly at: Date;
  readonly subject: string;
  readonly agentId: string | null;
  readonly data: Readonly<Record<string, unknown>>;
}

/**
 * Writes facts into the log, in order. Must be the LAST thing a transaction does: it locks event_head until the commit, so that sequence
 * numbers become visible in their order (an AUTO_INCREMENT would let a reader skip a row that commits late).
 */
export async function appendEvents(tx: Tx, events: readonly NewEvent[]): Promise<void> {
  if (events.length === 0) return;
  const head = await change(tx, 'UPDATE event_head SET seq = LAST_INSERT_ID(seq + ?) WHERE id = 1', [events.length]);
  const first = head.insertId - events.length + 1;
  const values = events.map((event, index) => [first + index, event.type, event.subject, event.agentId ?? null, JSON.stringify(event.data)]);
  await change(tx, `INSERT INTO event_log (seq, type, subject, agent_id, data, at) VALUES ${values.map(() => '(?, ?, ?, ?, ?, NOW(3))').join(', ')}`, values.flat());
}
