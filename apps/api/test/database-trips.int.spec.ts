import type { DataSource } from 'typeorm';
import { commit } from '../src/database/bounded-pool.js';
import { createDataSource } from '../src/database/data-source.js';
import { Database, inOneTrip, rows, type Tx } from '../src/database/database.js';
import { SystemChance } from '../src/time/clock.js';
import { type FreshDatabase, freshDatabase } from './support/database.js';

let database: FreshDatabase;
let dataSource: DataSource;
let door: Database;

beforeAll(async () => {
  database = await freshDatabase();
  // One connection: what a transaction leaves behind on it is met by the next.
  dataSource = await createDataSource(database.url, 1).initialize();
  door = new Database(dataSource, new SystemChance());
  await database.query('CREATE TABLE notes (note VARCHAR(16) PRIMARY KEY)');
}, 60_000);
beforeEach(() => database.query('DELETE FROM notes'));
afterAll(async () => {
  await dataSource.destroy();
  await database.drop();
});

const note = (text: string) => ({ sql: 'INSERT INTO notes VALUES (?)', parameters: [text] });
const notes = async (): Promise<string[]> => (await database.query<{ note: string }>('SELECT note FROM notes ORDER BY note')).map((row) => row.note);
const failure = new Error('changed my mind');

describe('a transaction that begins with its first statement and may end with its last', () => {
  it('answers one statement and several as if they were alone', async () => {
    await door.inTransaction(async (tx) => expect(await rows(tx, 'SELECT ? AS a', [1])).toEqual([{ a: 1 }]));
    await door.inTransaction(async (tx) => expect(await inOneTrip(tx, [{ sql: 'SELECT 1 AS a' }, note('x'), { sql: 'SELECT 2 AS b' }])).toMatchObject([[{ a: 1 }], { affectedRows: 1 }, [{ b: 2 }]]));
    expect(await notes()).toEqual(['x']);
  });

  it('keeps nothing when its work fails, before its first statement or after', async () => {
    const failing = [
      () => Promise.reject(failure),
      async (tx: Tx) => { await inOneTrip(tx, [note('x')]); throw failure; },
      async (tx: Tx) => { await inOneTrip(tx, [note('x')]); await inOneTrip(tx, [note('y'), note('z')]); throw failure; },
    ];
    for (const work of failing) await expect(door.inTransaction(work)).rejects.toBe(failure);
    expect(await notes()).toEqual([]);
  });

  it('is committed by its last statement, and only if all before it went well', async () => {
    await door.inTransaction(async (tx) => {
      await inOneTrip(tx, [note('x'), { sql: commit }]);
      expect(await notes()).toEqual(['x']);
    });
    await expect(door.inTransaction((tx) => inOneTrip(tx, [note('y'), note('x'), { sql: commit }]))).rejects.toMatchObject({ errno: 1062 });
    expect(await notes()).toEqual(['x']);
  });

  it('leaves the connection as it found it', async () => {
    await door.inTransaction((tx) => inOneTrip(tx, [note('a'), { sql: commit }]));
    await door.inTransaction(() => Promise.resolve());
    await door.inTransaction((tx) => inOneTrip(tx, [note('a'), { sql: commit }])).catch(() => undefined);
    expect(await door.rows('SELECT @@autocommit AS commits, @@wait_timeout = @@GLOBAL.wait_timeout AS patient')).toEqual([{ commits: 1, patient: 1 }]);
    await door.change('INSERT INTO notes VALUES (?)', ['b']);
    expect(await notes()).toEqual(['a', 'b']);
  });
});
