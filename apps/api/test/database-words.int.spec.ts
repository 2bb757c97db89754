import type { Pool, PoolConnection, RowDataPacket } from 'mysql2';
import { boundedDriver } from '../src/database/bounded-pool.js';
import { Waits } from '../src/database/waits.js';
import { type FreshDatabase, freshDatabase } from './support/database.js';

let database: FreshDatabase;
let pool: Pool;

beforeAll(async () => {
  database = await freshDatabase();
  pool = boundedDriver(new Waits()).createPool({ uri: database.url, multipleStatements: true, connectionLimit: 1 });
  // What `sql_mode` in the configuration of the server does: it is the mode a session begins with.
  pool.prependListener('connection', (connection: PoolConnection) => connection.query("SET SESSION sql_mode = 'NO_BACKSLASH_ESCAPES'", () => undefined));
}, 60_000);
afterAll(async () => {
  await new Promise<void>((resolve) => pool.end(() => resolve()));
  await database.drop();
});

const say = (sql: string, values: unknown[]): Promise<RowDataPacket[]> =>
  new Promise((resolve, reject) => pool.getConnection((lost, connection) => {
    if (lost) return void reject(lost);
    connection.query<RowDataPacket[]>(sql, values, (error, found) => {
      connection.release();
      if (error) reject(error);
      else resolve(found);
    });
  }));

describe('a MySQL that is configured to read a backslash as a backslash', () => {
  it('takes what somebody wrote as a value and never as a statement', async () => {
    for (const text of ["it's", '\\', "\\' OR 1 = 1 -- ", "'; CREATE TABLE taken_over (id INT); -- ", '{"say":"\\"hello\\""}']) expect(await say('SELECT ? AS said', [text])).toEqual([{ said: text }]);
    expect(await database.query("SHOW TABLES LIKE 'taken_over'")).toEqual([]);
  });

  it('refuses a value that does not fit, as one that is not configured', async () => {
    await say('CREATE TABLE narrow (word VARCHAR(3))', []);
    await expect(say('INSERT INTO narrow VALUES (?)', ['long'])).rejects.toMatchObject({ code: 'ER_DATA_TOO_LONG' });
  });
});
