import type { QueryRunner } from 'typeorm';
import { migrations } from './index.js';

/** Migrations that contract, and since when no manager in use reads what they take away. */
const contractions: Readonly<Record<string, string>> = {
  NumbersGo1764150100000: 'before the first release: no other version had been handed out',
};

const starts = /^(CREATE (TABLE|INDEX|UNIQUE INDEX)|INSERT INTO|UPDATE|ALTER TABLE)\b/i;
const takesAway = /\b(DROP|RENAME|MODIFY|CHANGE)\b/i;

/** What the version before could not live with; null when there is nothing. */
function contracts(statement: string): string | null {
  const sql = statement.replace(/\s+/g, ' ').trim();
  if (!starts.test(sql)) return `begins with "${sql.slice(0, 20)}"`;
  if (!/^ALTER TABLE/i.test(sql)) return null;
  const found = takesAway.exec(sql);
  if (found) return `has ${found[0]}`;
  // The version before inserts rows without the new column.
  const column = sql.split(/,(?= ?ADD )/i).find((part) => /ADD COLUMN/i.test(part) && /NOT NULL/i.test(part) && !/DEFAULT|GENERATED/i.test(part));
  return column ? `adds a column that must be given: ${column.trim()}` : null;
}

/** The statements a migration runs on its way up. */
async function statementsOf(Migration: (typeof migrations)[number]): Promise<string[]> {
  const statements: string[] = [];
  const runner = { query: async (sql: string) => void statements.push(sql) } as unknown as QueryRunner;
  await new Migration().up(runner);
  return statements;
}

describe('two versions of the manager on one database', () => {
  it.each(migrations.map((Migration) => [new Migration().name, Migration] as const))('the version before goes on after %s, which only adds', async (name, Migration) => {
    const statements = await statementsOf(Migration);
    expect(statements.length).toBeGreaterThan(0);
    const found = statements.map(contracts).filter((why) => why !== null);
    if (name in contractions) expect(found).not.toEqual([]);
    else expect(found).toEqual([]);
  });

  it.each([
    'ALTER TABLE calls DROP COLUMN purpose',
    'ALTER TABLE calls ADD COLUMN mood VARCHAR(8) NOT NULL',
    'ALTER TABLE calls RENAME COLUMN purpose TO aim',
    'ALTER TABLE calls MODIFY purpose INT',
    'DROP TABLE calls',
    'DELETE FROM calls',
  ])('the rule refuses %s', (statement) => {
    expect(contracts(statement)).not.toBeNull();
  });

  it('the rule lets what is additive pass', () => {
    for (const sql of ['ALTER TABLE calls ADD COLUMN mood VARCHAR(8) NULL', "ALTER TABLE calls ADD COLUMN mood VARCHAR(8) NOT NULL DEFAULT ''", 'CREATE INDEX calls_mood ON calls (mood)']) expect(contracts(sql)).toBeNull();
  });
});
