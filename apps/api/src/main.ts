import 'reflect-metadata';
import { join } from 'node:path';
import { createManager } from './bootstrap.js';
import { ConfigError, readConfig } from './config/config.js';
import { connectPatiently, DatabaseMissing } from './database/connect.js';
import { createDataSource } from './database/data-source.js';
import { PinoLogger } from './logging/pino-logger.js';
import { runUntilSignal } from './shutdown.js';

try {
  const config = readConfig(process.env, join(import.meta.dirname, '..', '..'));
  const logger = new PinoLogger(config.logLevel, config.managerName);
  const dataSource = await connectPatiently(createDataSource(config.databaseUrl, config.databaseConnections), logger, true);
  const app = await createManager(config, dataSource, logger);
  runUntilSignal(app, logger, config.drainSeconds);
  await app.listen({ host: config.host, port: config.port });
  logger.log(`listening on ${await app.getUrl()}`, 'Manager');
} catch (error) {
  const expected = error instanceof ConfigError || error instanceof DatabaseMissing || (error as { code?: string } | null)?.code === 'EADDRINUSE';
  process.stderr.write(`${expected ? (error as Error).message : error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exit(1);
}
