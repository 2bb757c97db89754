import { randomBytes } from 'node:crypto';
import { createConnection } from 'mysql2/promise';
import { createDataSource } from '../../src/database/data-source.js';

/** A database of its own for one suite, migrated. */
export interface FreshDatabase {
  readonly name: string;
  /** mysql://…/nailup_<random> */
  readonly url: string;
  query<Row>(sql: string, parameters?: readonly unknown[]): Promise<Row[]>;
  drop(): Promise<void>;
}

/** The MySQL server of the tests: NAILUP_TEST_MYSQL, a URL of a user that may create databases `nailup_%`. */
function serverUrl(): URL {
  const url = process.env['NAILUP_TEST_MYSQL'];
  if (url === undefined || url === '') throw new Error('NAILUP_TEST_MYSQL is not set: the integration tests need a MySQL server whose user may create databases named nailup_%.');
  return new URL(url);
}

/** Creates and migrates a database for one suite. */
export async function freshDatabase(): Promise<FreshDatabase> {
  const url = serverUrl();
  const name = `nailup_${randomBytes(6).toString('hex')}`;
  url.pathname = '/';
  const connection = await createConnection({ uri: url.href, multipleStatements: false, timezone: 'Z' });
  await connection.query(`CREATE DATABASE ${name}`);
  await connection.query(`USE ${name}`);
  await connection.query("SET SESSION time_zone = '+00:00'");
  url.pathname = `/${name}`;
  const dataSource = await createDataSource(url.href, 2).initialize();
  await dataSource.runMigrations({ transaction: 'each' });
  await dataSource.destroy();
  return {
    name,
    url: url.href,
    query: async <Row>(sql: string, parameters: readonly unknown[] = []) => (await connection.query(sql, [...parameters]))[0] as Row[],
    drop: async () => {
      await connection.query(`DROP DATABASE ${name}`);
      await connection.end();
    },
  };
}
