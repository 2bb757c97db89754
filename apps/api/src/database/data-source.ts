import { DataSource } from 'typeorm';
import { boundedDriver } from './bounded-pool.js';
import { entities } from './entities/index.js';
import { migrations } from './migrations/index.js';
import { Waits } from './waits.js';

/**
 * The door to MySQL, not yet connected.
 * @param url mysql://user:password@host:port/database
 * @param connections most connections held at once
 * @param longestMs after which a statement is given up
 */
export function createDataSource(url: string, connections: number, longestMs?: number): DataSource {
  return new DataSource({
    type: 'mysql',
    driver: boundedDriver(new Waits(longestMs)),
    url,
    charset: 'utf8mb4',
    timezone: 'Z',
    // For `inOneTrip`. A value never becomes SQL: every statement of this product takes its values as parameters.
    multipleStatements: true,
    supportBigNumbers: true,
    bigNumberStrings: false,
    // Nobody waits for it: whoever needs the connection is refused before. A server that is merely slow must get the time for its handshake.
    connectTimeout: 5_000,
    poolSize: connections,
    extra: { enableKeepAlive: true, keepAliveInitialDelay: 10_000, queueLimit: 10_000, maxIdle: connections },
    entities,
    migrations,
    migrationsTableName: 'migrations',
    synchronize: false,
  });
}

/** Who waits for this database. */
export function waitsOf(dataSource: DataSource): Waits {
  return (dataSource.options as { driver: ReturnType<typeof boundedDriver> }).driver.waits;
}
