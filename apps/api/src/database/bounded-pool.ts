import * as mysql2 from 'mysql2';
import { isConnectionUseless } from './database-error.js';
import type { Waits } from './waits.js';

/**
 * What every connection says first. UTC, so that NOW(3) of MySQL, the one clock, is what the DATETIME columns hold; READ COMMITTED, so that a
 * locking read takes the rows it names and no gaps beside them; a short lock wait, so that a stuck transaction is retried and not waited for. And
 * the default modes of MySQL 8.4 whatever the server is configured for: mysql2 writes a quote in a value as `\'`, which NO_BACKSLASH_ESCAPES would let
 * end the value, and the rest of it be a statement.
 */
const greeting =
  "SET SESSION time_zone = '+00:00', transaction_isolation = 'READ-COMMITTED', innodb_lock_wait_timeout = 2, " +
  "sql_mode = 'ONLY_FULL_GROUP_BY,STRICT_TRANS_TABLES,NO_ZERO_IN_DATE,NO_ZERO_DATE,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION'";

/**
 * A manager that freezes inside a transaction holds what it locked; nobody but MySQL can take that away. So MySQL hangs up on a session that is silent for
 * this long inside a transaction, and on no other. Opening and closing the transaction by `autocommit` lets one statement say both: it costs no round trip.
 */
const frozenSeconds = 3;
const begin = `SET SESSION autocommit = 0, wait_timeout = ${frozenSeconds}`;
const end = 'SET SESSION autocommit = 1, wait_timeout = DEFAULT';

/** The last of several statements that are sent together: commits them if all before it went well. The COMMIT that is said afterwards costs nothing then. */
export const commit = end;

/** What TypeORM says. A beginning is said with the first statement of its transaction, in one trip; with nothing after it, it is not said at all. */
const start = 'START TRANSACTION';
const endings: Readonly<Record<string, readonly string[]>> = {
  COMMIT: [end],
  ROLLBACK: ['ROLLBACK', end],
};

type Done = (error: mysql2.QueryError | null, rows?: unknown, fields?: unknown) => void;
type Say = (sql: string, values: unknown, done: Done) => unknown;

/** MySQL did not answer in time. */
export class DatabaseLate extends Error {
  readonly code = 'PROTOCOL_SEQUENCE_TIMEOUT';

  /** @param inDoubt true when the answer to a commit is what did not come: it may have happened */
  constructor(
    message: string,
    readonly inDoubt: boolean,
  ) {
    super(message);
    this.name = 'DatabaseLate';
  }
}

/**
 * mysql2 with a pool in which nobody waits for ever: neither for a connection nor for an answer. A connection whose answer is overdue, or that leads
 * to a server that has ceased to be the one that takes writes, is thrown away. One plain pool: PoolCluster stays dead after a restart of the database.
 */
export function boundedDriver(waits: Waits): typeof mysql2 & { readonly waits: Waits } {
  return {
    ...mysql2,
    waits,
    createPool(options: mysql2.PoolOptions): mysql2.Pool {
      const pool = mysql2.createPool(options);
      pool.on('connection', (connection) => {
        boundAnswers(connection, waits);
        // A failed greeting surfaces as the failure of the query that follows it on the same connection.
        connection.query(greeting, () => undefined);
      });
      boundTaking(pool, waits);
      return pool;
    },
  } as typeof mysql2 & { readonly waits: Waits };
}

function boundTaking(pool: mysql2.Pool, waits: Waits): void {
  const take = pool.getConnection.bind(pool);
  pool.getConnection = (done): void => {
    let over = false;
    const wait = waits.begin('connection', () => {
      over = true;
      (done as Done)(new DatabaseLate('MySQL gave no connection in time', false) as never);
    });
    take((error, connection) => {
      wait.end(error && isConnectionUseless(error) ? 'lost' : 'answered');
      if (!over) {
        over = true;
        done(error, connection);
      } else if (!error) {
        connection.release();
      }
    });
  };
}

function boundAnswers(connection: mysql2.PoolConnection, waits: Waits): void {
  const query = connection.query.bind(connection) as unknown as Say;
  const say = (sql: string, values: unknown, done: Done): void => {
    const commits = sql.endsWith(end);
    let over = false;
    const finish: Done = (error, rows, fields) => {
      if (over) return;
      over = true;
      done(error, rows, fields);
    };
    const wait = waits.begin('statement', () => {
      connection.destroy();
      finish(new DatabaseLate('MySQL did not answer in time', commits) as unknown as mysql2.QueryError);
    });
    query(sql, values, (error, rows, fields) => {
      const useless = error !== null && isConnectionUseless(error);
      wait.end(useless ? 'lost' : 'answered');
      // Of a commit whose connection broke nobody knows whether it happened.
      if (useless) Object.assign(error, { inDoubt: commits && error.fatal });
      if (useless || (error && sql === end)) connection.destroy();
      finish(error, rows, fields);
    });
  };
  const sayAll = ([first, ...others]: readonly string[], done: Done): void =>
    say(first!, [], (error, ...answer) => (error || others.length === 0 ? done(error, ...answer) : sayAll(others, done)));
  let begun = false;
  let ended = false;
  connection.query = ((sql: unknown, values: unknown, done: unknown) => {
    const callback = (typeof values === 'function' ? values : done) as Done | undefined;
    if (typeof sql !== 'string' || callback === undefined) return (query as (...all: unknown[]) => unknown)(sql, values, done);
    const parameters = typeof values === 'function' ? [] : values;
    const words = endings[sql];
    const [first, nothingLeft] = [begun, ended];
    begun = sql === start;
    ended = false;
    if (sql === start || (words && (first || nothingLeft))) process.nextTick(callback, null, []);
    else if (words) sayAll(words, callback);
    else {
      say(first ? `${begin};\n${sql}` : sql, parameters, (error, found, fields) => {
        ended = error === null && sql.endsWith(end);
        callback(error, ...(first ? [withoutFirst(found), withoutFirst(fields)] : [found, fields]));
      });
    }
    return undefined;
  }) as typeof connection.query;
}

/** Of the answers to several statements those after the first, as MySQL's answer would be to these alone. */
function withoutFirst(answers: unknown): unknown {
  if (!Array.isArray(answers)) return answers;
  return answers.length === 2 ? answers[1] : answers.slice(1);
}
