import type { DataSource } from 'typeorm';

/** Locks of GET_LOCK are the whole server's, so the database is part of the name (64 characters at most). */
const lock = "LEFT(CONCAT('nailup-migrations ', DATABASE()), 64)";
const waitSeconds = 120;

/**
 * Runs the migrations that have not run yet, one starting manager after the other: several that start at once (a rollout of three) wait for the
 * first and then find nothing to do.
 * @returns their names, oldest first
 * @throws Error when another one migrates for more than two minutes
 */
export async function migrate(dataSource: DataSource): Promise<string[]> {
  const holder = dataSource.createQueryRunner();
  try {
    const [row] = (await holder.query(`SELECT GET_LOCK(${lock}, ?) AS taken`, [waitSeconds])) as { taken: number | string | null }[];
    if (Number(row?.taken) !== 1) throw new Error(`Somebody else has been migrating this database for ${waitSeconds} s.`);
    return (await dataSource.runMigrations({ transaction: 'each' })).map(({ name }) => name);
  } finally {
    // Let go of also when the connection ends, as it does when this process dies.
    await holder.query(`SELECT RELEASE_LOCK(${lock})`).catch(() => undefined);
    await holder.release();
  }
}
