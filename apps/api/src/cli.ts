import 'reflect-metadata';
import { join } from 'node:path';
import { ApiKeyRefused } from './cli/api-key.js';
import { runCommand, UsageError } from './cli/commands.js';
import { AdminRefused } from './cli/create-admin.js';
import { ConfigError } from './config/config.js';
import { DatabaseMissing } from './database/connect.js';

try {
  const answer = await runCommand(process.argv.slice(2), process.env, join(import.meta.dirname, '..', '..'));
  // A pipe takes a long answer in pieces: the process ends once it has taken the last one.
  process.stdout.write(`${JSON.stringify(answer, undefined, 2)}\n`, () => process.exit(0));
} catch (error) {
  const expected = error instanceof ConfigError || error instanceof DatabaseMissing || error instanceof UsageError || error instanceof AdminRefused || error instanceof ApiKeyRefused;
  process.stderr.write(`${expected ? error.message : error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exit(1);
}
