// @ts-check
/**
 * `npm run chaos`: breaks what can break, at full size, and prints what it cost beside what it may cost.
 *   --only NAME[,NAME]   those faults alone      --small   a few servers and seconds, as in `npm test`      --json   one JSON instead of the table
 * A fault is a file of `chaos/` (see its README). Ends with 0 when every figure is met.
 */
import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { openWorld } from './chaos/support/world.mjs';

/**
 * @typedef {{ figure: string, value: number, unit: string, goal: number, met: boolean }} Figure `goal`: the most the value may be
 * @typedef {import('./chaos/support/world.mjs').ChaosWorld} ChaosWorld
 * @typedef {{ name: string, breaks: string, run: (world: ChaosWorld, figure: (figure: string, value: number, unit: string, goal: number) => void) => Promise<void> }} Fault
 */

const folder = join(dirname(fileURLToPath(import.meta.url)), 'chaos');
const args = process.argv.slice(2);
const flag = (/** @type {string} */ name) => args.includes(name);
const only = args.includes('--only') ? (args[args.indexOf('--only') + 1] ?? '').split(',') : null;

/** @returns {Promise<Fault[]>} */
async function faults() {
  const files = readdirSync(folder).filter((name) => name.endsWith('.mjs')).sort();
  const found = await Promise.all(files.map(async (name) => (await import(pathToFileURL(join(folder, name)).href)).default));
  const unknown = (only ?? []).filter((name) => !found.some((fault) => fault.name === name));
  if (unknown.length > 0) throw new Error(`No fault is called ${unknown.join(', ')}; there are: ${found.map(({ name }) => name).join(', ')}.`);
  return found.filter(({ name }) => only === null || only.includes(name));
}

/** @param {Fault} fault @returns {Promise<{ name: string, breaks: string, figures: Figure[], failed: string | null }>} */
async function play({ name, breaks, run }) {
  /** @type {Figure[]} */
  const figures = [];
  const say = (/** @type {string} */ text) => { if (!flag('--json')) console.log(text); };
  say(`\n${name}: ${breaks}`);
  const world = await openWorld({ small: flag('--small'), log: (text) => say(`  ${text}`) });
  let failed = null;
  try {
    await run(world, (figure, value, unit, goal) => {
      const rounded = Math.round(value * 100) / 100;
      figures.push({ figure, value: rounded, unit, goal, met: value <= goal });
      say(`  ${value <= goal ? 'met    ' : 'NOT MET'} ${figure.padEnd(66)} ${String(rounded).padStart(9)} ${unit.padEnd(3)} (at most ${goal})`);
    });
  } catch (error) {
    failed = error instanceof Error ? error.message : String(error);
    say(`  FAILED  ${failed}`);
  } finally {
    await world.close();
  }
  return { name, breaks, figures, failed };
}

const results = [];
for (const fault of await faults()) results.push(await play(fault));
const missed = results.flatMap(({ figures, failed }) => [...figures.filter(({ met }) => !met), ...(failed === null ? [] : [failed])]).length;
if (flag('--json')) console.log(JSON.stringify({ small: flag('--small'), faults: results }, null, 2));
else console.log(`\n${results.flatMap(({ figures }) => figures).length} figures, ${missed} not met`);
process.exit(missed === 0 ? 0 : 1);
