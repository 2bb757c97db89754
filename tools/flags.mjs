// @ts-check
// The flags of a tool: who asks is told, who mistypes is told that, and neither starts anything.

import { parseArgs } from 'node:util';

/**
 * Reads the command line. Ends the process with 0 and the usage for `--help`, with 2 and a sentence for what the tool does not know.
 * @template {NonNullable<import('node:util').ParseArgsConfig['options']>} Options
 * @param {Options} options @param {string} usage
 */
export function readFlags(options, usage) {
  try {
    const { values } = parseArgs({ options: { ...options, help: { type: 'boolean', default: false } } });
    if (!(/** @type {{ help?: boolean }} */ (values).help)) return values;
  } catch (error) {
    refuse(`${error instanceof Error ? error.message : String(error)}\n--help tells what there is.`);
  }
  process.stdout.write(`${usage}\n`);
  process.exit(0);
}

/** @param {string} why @returns {never} */
export function refuse(why) {
  process.stderr.write(`${why}\n`);
  process.exit(2);
}
