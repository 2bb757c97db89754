import { parseArgs } from 'node:util';
import type { DataSource } from 'typeorm';
import { type Config, readConfig } from '../config/config.js';
import { connectPatiently } from '../database/connect.js';
import { createDataSource } from '../database/data-source.js';
import { migrate } from '../database/migrate.js';
import { PinoLogger } from '../logging/pino-logger.js';
import { mintApiKey } from './api-key.js';
import { createAdmin } from './create-admin.js';
import { mintEnrolmentToken } from './enrolment-token.js';
import { printOpenApi } from './openapi.js';
import { seedDemo } from './seed-demo.js';

type Environment = Readonly<Record<string, string | undefined>>;

const usage = 'Usage: cli.js migrate | revert | create-admin --name NAME | seed-demo | enrolment-token [--uses N] [--name NAME] | api-key --name NAME --scopes A,B [--replace] | openapi [--out FILE]';

/** The command line was not understood. */
export class UsageError extends Error {}

/**
 * Runs one command of the operator and returns what is printed, as JSON.
 * @param args the words after `cli.js`
 * @throws UsageError, ConfigError, DatabaseMissing, AdminRefused, ApiKeyRefused: each to be said in words
 */
export async function runCommand(args: string[], environment: Environment, appsFolder: string): Promise<unknown> {
  const { command, uses, name, out, scopes, replace } = parse(args);
  if (command === 'openapi') return printOpenApi(out, appsFolder);
  const config = readConfig(environment, appsFolder);
  switch (command) {
    case 'migrate':
      return withDatabase(config, false, async (dataSource) => ({ migrated: await migrate(dataSource) }));
    case 'revert':
      return withDatabase(config, false, async (dataSource) => {
        await dataSource.undoLastMigration({ transaction: 'each' });
        return { reverted: true };
      });
    case 'create-admin':
      if (name === null) throw new UsageError(`create-admin needs --name NAME\n${usage}`);
      return withDatabase(config, true, (dataSource) => createAdmin(dataSource, name));
    case 'seed-demo':
      return withDatabase(config, true, (dataSource) => seedDemo(dataSource, environment['NAILUP_DEMO_PASSWORD']));
    case 'enrolment-token':
      return withDatabase(config, true, (dataSource) => mintEnrolmentToken(dataSource, { uses, name }));
    case 'api-key':
      if (name === null || scopes === null) throw new UsageError(`api-key needs --name NAME and --scopes A,B\n${usage}`);
      return withDatabase(config, true, (dataSource) => mintApiKey(dataSource, { name, scopes, replace }));
    default:
      throw new UsageError(usage);
  }
}

interface Words {
  readonly command: string | undefined;
  readonly uses: number;
  readonly name: string | null;
  readonly out: string | null;
  readonly scopes: string | null;
  readonly replace: boolean;
}

const options = { uses: { type: 'string' }, name: { type: 'string' }, out: { type: 'string' }, scopes: { type: 'string' }, replace: { type: 'boolean' } } as const;

function parse(args: string[]): Words {
  try {
    const { positionals, values } = parseArgs({ args, allowPositionals: true, options });
    const uses = Number(values.uses ?? '1');
    if (!Number.isInteger(uses) || uses < 1 || uses > 10_000) throw new UsageError('--uses must be a whole number from 1 to 10000');
    return { command: positionals[0], uses, name: values.name ?? null, out: values.out ?? null, scopes: values.scopes ?? null, replace: values.replace ?? false };
  } catch (error) {
    throw new UsageError(`${error instanceof Error ? error.message : String(error)}\n${usage}`);
  }
}

async function withDatabase<T>(config: Config, wantSchema: boolean, work: (dataSource: DataSource) => Promise<T>): Promise<T> {
  const dataSource = await connectPatiently(createDataSource(config.databaseUrl, 2, Infinity), new PinoLogger('silent', 'cli'), wantSchema);
  try {
    return await work(dataSource);
  } finally {
    await dataSource.destroy();
  }
}
