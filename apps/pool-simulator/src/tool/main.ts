import { help, readOptions } from './options.js';
import { run } from './run.js';

const say = (line: string): void => {
  if (line !== '') process.stdout.write(`${line}\n`);
};

try {
  const options = readOptions(process.argv.slice(2));
  if (options === 'help') say(help);
  else await run(options, say);
  // Standard input may still be open: nothing is left to wait for.
  process.exit(0);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}
