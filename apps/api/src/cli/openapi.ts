import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { createManager } from '../bootstrap.js';
import { readConfig } from '../config/config.js';
import { createDataSource } from '../database/data-source.js';
import { PinoLogger } from '../logging/pino-logger.js';
import { createOpenApiDocument } from '../openapi/document.js';

/**
 * Makes the OpenAPI document without a database, without configuration and without listening.
 * @param out a file to write it to; without one it is returned, to be printed
 */
export async function printOpenApi(out: string | null, appsFolder: string): Promise<unknown> {
  const config = readConfig({ DATABASE_URL: 'mysql://nobody@127.0.0.1:1/none', NAILUP_SECRET_KEY: randomBytes(32).toString('base64') }, appsFolder);
  const app = await createManager(config, createDataSource(config.databaseUrl, 2), new PinoLogger('silent', 'cli'));
  const document = createOpenApiDocument(app);
  if (out === null) return document;
  await writeFile(out, `${JSON.stringify(document, undefined, 2)}\n`);
  return { written: out, paths: Object.keys(document.paths).length };
}
