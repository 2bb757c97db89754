import * as mysql2 from 'mysql2';
import { DataSource } from 'typeorm';
import { entities } from './entities/index.js';
import { migrations } from './migrations/index.js';

/**
 * What every connection says first. UTC, so that NOW(3) of MySQL, the one clock, is what the DATETIME columns hold; READ COMMITTED, so that a
 * locking read takes the rows it names and no gaps beside them; a short lock wait, so that a stuck transaction is retried and not waited for.
 */
const greeting = "SET SESSION time_zone = '+00:00', transaction_isolation = 'READ-COMMITTED', innodb_lock_wait_timeout = 5";

/** mysql2 with a pool whose connections all begin with the greeting. One plain pool: PoolCluster stays dead after a restart of the database. */
const driver = {
  ...mysql2,
  createPool(options: mysql2.PoolOptions): mysql2.Pool {
    const pool = mysql2.createPool(options);
    // A failed greeting surfaces as the failure of the query that follows it on the same connection.
    pool.on('connection', (connection) => connection.query(greeting, () => undefined));
    return pool;
  },
};

/**
 * The door to MySQL, not yet connected.
 * @param url mysql://user:password@host:port/database
 * @param connections most connections held at once
 */
export function createDataSource(url: string, connections: number): DataSource {
  return new DataSource({
    type: 'mysql',
    driver,
    url,
    charset: 'utf8mb4',
    timezone: 'Z',
    // For `inOneTrip`. A value never becomes SQL: every statement of this product takes its values as parameters.
    multipleStatements: true,
    supportBigNumbers: true,
    bigNumberStrings: false,
    connectTimeout: 3_000,
    poolSize: connections,
    extra: { enableKeepAlive: true, keepAliveInitialDelay: 10_000, queueLimit: 10_000, maxIdle: connections },
    entities,
    migrations,
    migrationsTableName: 'migrations',
    synchronize: false,
  });
}
