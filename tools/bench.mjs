// @ts-check
/**
 * `npm run bench`: every figure of "Figures to reach", each beside its peer in the same run, in interleaved rounds; medians, with the spread.
 * `npm run bench -- [--only selection,ami] [--rounds 5] [--small] [--json] [--octet 110] [--save FILE]`;
 * `--save docs/benchmarks` renews the document: FILE.json, FILE.svg and the table in FILE.md; `--from FILE.json,FILE.json` measures nothing and tells of runs that were saved, `--markdown` for a document. Ends with 1 when a room could not run or a goal was missed.
 */
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { alike, CannotRun, markdown, table } from './bench/figures.mjs';
import { plot } from './bench/plot.mjs';
import { closeStage } from './bench/stage.mjs';
import { readFlags, refuse } from './flags.mjs';

/** In the order they run; one that is not there is left out. */
const ROOMS = ['selection', 'rate', 'balance', 'ami', 'battery', 'ingest', 'growth', 'seats'];
const rooms = ROOMS.filter((name) => existsSync(join(import.meta.dirname, 'bench', `${name}.mjs`)));

const values = readFlags(
  {
    only: { type: 'string' }, rounds: { type: 'string' }, small: { type: 'boolean', default: false }, json: { type: 'boolean', default: false },
    octet: { type: 'string', default: '110' }, markdown: { type: 'boolean', default: false }, from: { type: 'string' }, save: { type: 'string' },
  },
  `npm run bench -- [--only ROOM,ROOM] [--rounds 5] [--small] [--json | --markdown] [--octet 110] [--save FILE] [--from FILE.json,FILE.json]\nRooms: ${rooms.join(', ')}`,
);
const wanted = values.from ? [] : (values.only?.split(',') ?? rooms);
const unknown = wanted.filter((name) => !rooms.includes(name));
const rounds = Number(values.rounds ?? (values.small ? 1 : 5));
if (unknown.length > 0) refuse(`No room is called ${unknown.join(', ')}; there are: ${rooms.join(', ')}.`);
if (!Number.isInteger(rounds) || rounds < 1) refuse('The number of rounds is a whole number from 1 on.');

/** @param {string} file @returns {Promise<import('./bench/figures.mjs').Figure[]>} */
async function saved(file) {
  try {
    return JSON.parse(await readFile(file, 'utf8')).figures;
  } catch (error) {
    return refuse(`${file} holds no figures of a run: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** Progress is for people: the JSON alone goes to the standard output. @param {string} text */
const log = (text) => process.stderr.write(`${new Date().toISOString().slice(11, 19)} ${text}\n`);
/** @type {import('./bench/figures.mjs').Figure[]} */
const figures = (await Promise.all((values.from?.split(',') ?? []).map(saved))).flat();
/** @type {string[]} */
const silent = [];
for (const name of wanted) {
  const started = performance.now();
  log(`${name}: begins`);
  try {
    const room = await import(`./bench/${name}.mjs`);
    figures.push(...(await room.figures({ rounds, small: values.small, log, octet: Number(values.octet) })).map(alike));
  } catch (error) {
    const why = error instanceof CannotRun ? error.message : error instanceof Error ? `it failed: ${error.stack ?? error.message}` : String(error);
    silent.push(`${name}: ${why}`);
    log(`${name} could not run: ${why}`);
  }
  log(`${name}: done in ${((performance.now() - started) / 1000).toFixed(0)} s`);
}
await closeStage();
const result = `${JSON.stringify({ figures }, null, 1)}\n`;
if (values.json) process.stdout.write(result);
else process.stdout.write(`${(values.markdown ? markdown : table)(figures)}\n`);
if (values.save) {
  await writeFile(`${values.save}.json`, result);
  await writeFile(`${values.save}.svg`, plot(figures));
  const document = await readFile(`${values.save}.md`, 'utf8').catch(() => '');
  const filled = document.replace(/(?<=<!-- results -->\n)[^]*(?=<!-- end -->)/, `${markdown(figures)}\n`);
  if (filled !== document) await writeFile(`${values.save}.md`, filled);
}
for (const line of silent) process.stderr.write(`Not measured: ${line}\n`);
const missed = figures.filter(({ met }) => met === false);
if (missed.length > 0) process.stderr.write(`Missed: ${missed.map(({ name }) => name).join('; ')}\n`);
process.exitCode = silent.length > 0 || missed.length > 0 ? 1 : 0;
