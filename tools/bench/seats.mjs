// @ts-check
// What a seat costs and how soon it serves, on a real Asterisk with agents in a real Chromium.
// `node tools/bench/seats.mjs [--rounds 5] [--small] [--json] [--only idle,talking,answered,online]`; needs root and `npm run build`.

import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';

/** @typedef {import('./seats/measure.mjs').Figure} Figure */
/** @typedef {{ rounds: number, small: boolean, log: (text: string) => void }} Options */

/** Loopback addresses 127.0.<octet>.x of the two worlds. */
const OCTETS = { stage: 90, system: 91 };
export const PARTS = /** @type {const} */ (['idle', 'talking', 'answered', 'online']);

/**
 * Every figure of a seat. `small` looks once and briefly: good enough to see that a promise is broken, no figure to quote.
 * @param {Options & { only?: readonly string[] }} options `rounds` interleaved ones; `only` some of PARTS
 * @returns {Promise<Figure[]>}
 * @throws when something is not built, or an agent gets no seat
 */
export async function figures({ rounds, small, log, only = PARTS }) {
  const options = { rounds: small ? 1 : rounds, small, log };
  const cost = () => onStage(options, only);
  const speed = () => inSystem(options, only);
  // Small ones side by side: what a process has used is its own, whoever else is busy; the times are then no figures anyway.
  if (small) return (await Promise.all([cost(), speed()])).flat();
  return [...(await cost()), ...(await speed())];
}

/** What a seat costs: a media server with nobody else on it. @param {Options} options @param {readonly string[]} only */
async function onStage(options, only) {
  if (!only.includes('idle') && !only.includes('talking')) return [];
  const { openStage } = await import('./seats/stage.mjs');
  const { idleFigures } = await import('./seats/idle.mjs');
  const { talkingFigures } = await import('./seats/talking.mjs');
  const stage = await openStage(OCTETS.stage);
  try {
    const idle = only.includes('idle') ? await idleFigures(stage, options) : [];
    return [...idle, ...(only.includes('talking') ? await talkingFigures(stage, options) : [])];
  } finally {
    await stage.close();
  }
}

/** How soon a seat serves: the whole system. @param {Options} options @param {readonly string[]} only */
async function inSystem(options, only) {
  if (!only.includes('answered') && !only.includes('online')) return [];
  const { openSystem } = await import('./seats/system.mjs');
  const { answeredFigures } = await import('./seats/answered.mjs');
  const { onlineFigures } = await import('./seats/online.mjs');
  const system = await openSystem(OCTETS.system);
  try {
    const answered = only.includes('answered') ? await answeredFigures(system, options) : [];
    return [...answered, ...(only.includes('online') ? await onlineFigures(system, options) : [])];
  } finally {
    await system.close();
  }
}

/** @param {Figure[]} all */
function table(all) {
  const judged = (/** @type {boolean | null} */ met) => (met === null ? '' : met ? 'met' : 'NOT met');
  const rows = all.map(({ name, value, unit, goal, met, spread }) => [name, `${value} ${unit}`, goal ?? '', judged(met), spread ?? '']);
  const lines = [['figure', 'value', 'goal', '', 'spread'], ...rows];
  const widths = lines[0].map((_, column) => Math.max(...lines.map((line) => line[column].length)));
  return lines.map((line) => line.map((cell, column) => cell.padEnd(widths[column])).join('  ').trimEnd()).join('\n');
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const flag = /** @type {const} */ ({ type: 'boolean', default: false });
  const options = /** @type {const} */ ({ rounds: { type: 'string', default: '5' }, small: flag, json: flag, only: { type: 'string' } });
  const { values } = parseArgs({ options });
  const log = (/** @type {string} */ text) => process.stderr.write(`${text}\n`);
  const all = await figures({ rounds: Number(values.rounds), small: values.small, only: values.only?.split(','), log });
  process.stdout.write(values.json ? `${JSON.stringify({ figures: all })}\n` : `${table(all)}\n`);
}
