import { type Changed, inOneTrip, type Statement, toSql, type Tx } from '../database/database.js';

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
  await inOneTrip(tx, appendingEvents(events));
}

/**
 * `appendEvents` as statements, for those who send others before them.
 * @param at MySQL's clock as it was read in this transaction; the moment of writing without it
 */
export function appendingEvents(events: readonly NewEvent[], at?: Date): Statement[] {
  if (events.length === 0) return [];
  const count = events.length;
  const moment = at === undefined ? 'NOW(3)' : `'${toSql(at)}'`;
  return [
    { sql: 'UPDATE event_head SET seq = LAST_INSERT_ID(seq + ?) WHERE id = 1', parameters: [count] },
    {
      sql: `INSERT INTO event_log (seq, type, subject, agent_id, data, at) VALUES ${events.map((_, nth) => `(LAST_INSERT_ID() - ${count - 1 - nth}, ?, ?, ?, ?, ${moment})`).join(', ')}`,
      parameters: events.flatMap(({ type, subject, agentId, data }) => [type, subject, agentId ?? null, JSON.stringify(data)]),
    },
  ];
}

/** What was written, as it will be read. @param results of a trip whose last statements were those of `appendingEvents(events, at)` */
export function appended(events: readonly NewEvent[], at: Date, results: readonly unknown[]): LogEvent[] {
  if (events.length === 0) return [];
  const { insertId: last } = results.at(-2) as Changed;
  return events.map(({ type, subject, agentId, data }, nth) => ({ seq: last - (events.length - 1 - nth), type, at, subject, agentId: agentId ?? null, data }));
}
