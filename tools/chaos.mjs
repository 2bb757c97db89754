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
import { readFlags, refuse } from './flags.mjs';

/**
 * @typedef {{ figure: string, value: number, unit: string, goal: number | string, met: boolean }} Figure `goal`: the most the value may be, or what it must be in words
 * @typedef {import('./chaos/support/world.mjs').ChaosWorld} ChaosWorld
 * @typedef {{ name: string, breaks: string, run: (world: ChaosWorld, figure: (figure: string, value: number, unit: string, goal: number) => void) => Promise<void> }} Fault
 * @typedef {{ name: string, run: (options: { small: boolean, log: (text: string) => void }) => Promise<{ name: string, value: number, unit: string, goal: string, met: boolean }[]> }} Alone
 *   a fault with surroundings of its own
 */

const folder = join(dirname(fileURLToPath(import.meta.url)), 'chaos');
/** A fault is called as its file. */
const names = readdirSync(folder).filter((name) => /(?<!\.test)\.mjs$/.test(name)).map((name) => name.replace('.mjs', '')).sort();
const { small, json, only } = readFlags(
  { only: { type: 'string' }, small: { type: 'boolean', default: false }, json: { type: 'boolean', default: false } },
  `npm run chaos -- [--only NAME,NAME] [--small] [--json]\nFaults: ${names.join(', ')}`,
);
const wanted = only?.split(',') ?? names;
const unknown = wanted.filter((name) => !names.includes(name));
if (unknown.length > 0) refuse(`No fault is called ${unknown.join(', ')}; there are: ${names.join(', ')}.`);

/** @returns {Promise<(Fault | Alone)[]>} */
function faults() {
  return Promise.all(names.filter((name) => wanted.includes(name)).map(async (name) => {
    const module = await import(pathToFileURL(join(folder, `${name}.mjs`)).href);
    return /** @type {Fault | Alone} */ (module.default ?? { name, run: module.run });
  }));
}

const say = (/** @type {string} */ text) => { if (!json) console.log(text); };

/** @param {Figure[]} figures @param {Figure} one */
function note(figures, one) {
  figures.push(one);
  const goal = typeof one.goal === 'number' ? `at most ${one.goal}` : one.goal;
  say(`  ${one.met ? 'met    ' : 'NOT MET'} ${one.figure.padEnd(66)} ${String(one.value).padStart(9)} ${one.unit.padEnd(3)} (${goal})`);
}

/** @param {Fault | Alone} fault @returns {Promise<{ name: string, figures: Figure[], failed: string | null }>} */
async function play(fault) {
  /** @type {Figure[]} */
  const figures = [];
  const log = (/** @type {string} */ text) => say(`  ${text}`);
  say(`\n${fault.name}${'breaks' in fault ? `: ${fault.breaks}` : ''}`);
  try {
    if ('breaks' in fault) await inWorld(fault, figures, log);
    else for (const { name: figure, ...rest } of await fault.run({ small, log })) note(figures, { figure, ...rest });
    return { name: fault.name, figures, failed: null };
  } catch (error) {
    const failed = error instanceof Error ? error.message : String(error);
    say(`  FAILED  ${failed}`);
    return { name: fault.name, figures, failed };
  }
}

/** @param {Fault} fault @param {Figure[]} figures @param {(text: string) => void} log */
async function inWorld(fault, figures, log) {
  const world = await openWorld({ small, log });
  // Whoever stops it in the middle is left with no cut network, no manager and no former version.
  const stop = () => {
    // The fault goes on meanwhile, and misses what is taken away.
    for (const news of ['unhandledRejection', 'uncaughtException']) process.on(news, () => undefined);
    void world.close().catch((error) => console.error(error instanceof Error ? error.message : error)).finally(() => process.exit(1));
  };
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, stop);
  try {
    await fault.run(world, (figure, value, unit, goal) => note(figures, { figure, value: Math.round(value * 100) / 100, unit, goal, met: value <= goal }));
  } finally {
    for (const signal of ['SIGINT', 'SIGTERM']) process.off(signal, stop);
    await world.close();
  }
}

const results = [];
for (const fault of await faults()) results.push(await play(fault));
const missed = results.flatMap(({ figures, failed }) => [...figures.filter(({ met }) => !met), ...(failed === null ? [] : [failed])]).length;
if (json) console.log(JSON.stringify({ small, faults: results }, null, 2));
else console.log(`\n${results.flatMap(({ figures }) => figures).length} figures, ${missed} not met`);
process.exit(missed === 0 ? 0 : 1);
