// @ts-check
// What a seat costs and how soon it serves, on a real Asterisk with agents in a real Chromium.
// `node tools/bench/seats.mjs [--rounds 5] [--small] [--json] [--only idle,talking,answered,online]`; needs root and `npm run build`.

import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';

/** @typedef {import('./seats/measure.mjs').Figure} Figure */
/** @typedef {{ rounds: number, small: boolean, log: (text: string) => void, only?: readonly string[] }} Options */

/** Loopback addresses 127.0.<octet>.x of the two worlds. */
const OCTETS = { stage: 90, system: 91 };
export const PARTS = /** @type {const} */ (['idle', 'talking', 'answered', 'online']);

/**
 * Every figure of a seat. `small` looks once and briefly: good enough to see that a promise is broken, no figure to quote.
 * @param {Options} options `rounds` interleaved ones; `only` some of PARTS
 * @returns {Promise<Figure[]>}
 * @throws when something is not built, or an agent gets no seat
 */
export async function figures({ rounds, small, log, only = PARTS }) {
  const options = { rounds: small ? 1 : rounds, small, log };
  /** @type {Figure[]} */
  const all = [];
  if (only.includes('idle') || only.includes('talking')) {
    const { openStage } = await import('./seats/stage.mjs');
    const stage = await openStage(OCTETS.stage);
    try {
      const [{ idleFigures }, { talkingFigures }] = await Promise.all([import('./seats/idle.mjs'), import('./seats/talking.mjs')]);
      if (only.includes('idle')) all.push(...(await idleFigures(stage, options)));
      if (only.includes('talking')) all.push(...(await talkingFigures(stage, options)));
    } finally {
      await stage.close();
    }
  }
  if (only.includes('answered') || only.includes('online')) {
    const { openSystem } = await import('./seats/system.mjs');
    const system = await openSystem(OCTETS.system);
    try {
      const [{ answeredFigures }, { onlineFigures }] = await Promise.all([import('./seats/answered.mjs'), import('./seats/online.mjs')]);
      if (only.includes('answered')) all.push(...(await answeredFigures(system, options)));
      if (only.includes('online')) all.push(...(await onlineFigures(system, options)));
    } finally {
      await system.close();
    }
  }
  return all;
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
