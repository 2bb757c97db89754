import type { DataSource } from 'typeorm';
import type { PinoLogger } from '../logging/pino-logger.js';

const patienceMs = 60_000;
const pauseMs = 1_000;

/** The database could not be reached, or is not migrated, for a minute: said in a sentence, the process ends. */
export class DatabaseMissing extends Error {}

/**
 * Connects, waiting up to a minute: in a compose file all parts start at once.
 * @param wantSchema also wait until every migration has been run (by `cli.js migrate`)
 */
export async function connectPatiently(dataSource: DataSource, logger: PinoLogger, wantSchema: boolean): Promise<DataSource> {
  const deadline = performance.now() + patienceMs;
  for (let last = ''; ; ) {
    const fault = await tryOnce(dataSource, wantSchema);
    if (fault === null) return dataSource;
    if (performance.now() > deadline) throw new DatabaseMissing(fault);
    if (fault !== last) logger.warn(`${fault} Trying again.`, 'Database');
    last = fault;
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
}

async function tryOnce(dataSource: DataSource, wantSchema: boolean): Promise<string | null> {
  try {
    if (!dataSource.isInitialized) await dataSource.initialize();
    if (wantSchema && (await dataSource.showMigrations())) return 'The database has not been migrated: run `node dist/cli.js migrate`.';
    return null;
  } catch (error) {
    return `MySQL does not answer: ${error instanceof Error ? error.message : String(error)}.`;
  }
}
