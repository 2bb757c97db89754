import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { Chance } from '../time/clock.js';
import { DatabaseLate } from './bounded-pool.js';
import { waitsOf } from './data-source.js';
import { isRetriable } from './database-error.js';

/** The open transaction. Lock order everywhere: dispatch, pool, media server, placement, call, agent, event_head. */
export type Tx = EntityManager;

/** What MySQL says of a statement that changed rows. */
export interface Changed {
  readonly affectedRows: number;
  /** The AUTO_INCREMENT value, or what LAST_INSERT_ID(expression) was given. */
  readonly insertId: number;
}

/** One SQL statement, and the values that its `?` stand for. */
export interface Statement {
  readonly sql: string;
  readonly parameters?: readonly unknown[];
}

/** MySQL's clock in SQL: the only one leases, expiries and epochs are compared with. */
export const nowSql = 'NOW(3)';

/** Nobody is kept waiting for longer. */
const longestWaitMs = 3_000;
const attempts = 3;
/** Before the second attempt; twice that before the third. */
const longestPauseMs = 50;

/** Transactions and plain statements on the one pool of connections. */
@Injectable()
export class Database {
  constructor(
    readonly dataSource: DataSource,
    private readonly chance: Chance,
  ) {}

  /**
   * Runs `work` in one transaction. A deadlock (1213) or a lock wait timeout (1205) is tried again, three times in all, after a pause of any length up
   * to a bound, so that those who met do not meet again; so `work` must do nothing that a rollback does not undo.
   */
  async inTransaction<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.dataSource.transaction(work);
      } catch (error) {
        if (attempt >= attempts || !isRetriable(error)) throw error;
        await pause(longestPauseMs * attempt * this.chance.next());
      }
    }
  }

  /** Whether MySQL is away or late at this moment, as far as this process knows without asking. */
  get stalled(): boolean {
    return waitsOf(this.dataSource).stalled;
  }

  /** For how many milliseconds it has been; null while it is not. */
  get stalledForMs(): number | null {
    return waitsOf(this.dataSource).stalledForMs;
  }

  /** The refusal of somebody who has been waiting for so long while MySQL is away or late; null while they can be served. */
  refusalAfter(waitedMs: number): Error | null {
    return waitedMs >= longestWaitMs && waitsOf(this.dataSource).hopeless ? new DatabaseLate('MySQL did not answer in time', false) : null;
  }

  /** Rows of a SELECT outside a transaction. `?` stands for a parameter, never a text of the caller in the SQL. */
  rows<Row>(sql: string, parameters: readonly unknown[] = []): Promise<Row[]> {
    return rows<Row>(this.dataSource.manager, sql, parameters);
  }

  /** One changing statement in its own transaction. */
  change(sql: string, parameters: readonly unknown[] = []): Promise<Changed> {
    return change(this.dataSource.manager, sql, parameters);
  }
}

/** Rows of a SELECT inside `tx`. */
export function rows<Row>(tx: Tx, sql: string, parameters: readonly unknown[] = []): Promise<Row[]> {
  return tx.query<Row[]>(sql, [...parameters]);
}

/** One changing statement inside `tx`. */
export function change(tx: Tx, sql: string, parameters: readonly unknown[] = []): Promise<Changed> {
  return tx.query<Changed>(sql, [...parameters]);
}

/**
 * Sends statements to MySQL together and answers with their results in order: rows of a SELECT, `Changed` of the others. The first that fails
 * ends them, and the transaction with them. Each trip that is saved is a turn of a busy event loop that nobody waits for.
 */
export async function inOneTrip(tx: Tx, statements: readonly Statement[]): Promise<readonly unknown[]> {
  if (statements.length === 0) return [];
  const found = await tx.query<unknown>(statements.map(({ sql }) => sql).join(';\n'), statements.flatMap(({ parameters }) => parameters ?? []));
  // MySQL's answer to one statement is not wrapped.
  return statements.length === 1 ? [found] : (found as unknown[]);
}

/** A moment as DATETIME(3) takes it. */
export function toSql(moment: Date): string {
  return moment.toISOString().slice(0, 23).replace('T', ' ');
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
