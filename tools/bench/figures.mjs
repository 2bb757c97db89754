// @ts-check
// What a figure is, how it is judged and how it is printed.

/**
 * @typedef {object} Figure
 * @property {string} name
 * @property {number} value median over the rounds
 * @property {string} unit
 * @property {number | null} goal null for a figure that only tells
 * @property {boolean | null} met
 * @property {string | null} peer what it is compared with, measured in the same run
 * @property {number | null} peerValue the peer's median, in `peerUnit`
 * @property {[number, number]} spread least and most over the rounds
 * @property {'least' | 'most'} [bound] whether the goal is the least or the most that will do
 * @property {string} [peerUnit]
 * @property {string} [note]
 *
 * @typedef {{ rounds: number, small: boolean, log: (text: string) => void, octet: number }} RoomOptions
 */

/** A room that cannot run on this machine, and what to do about it, in one sentence. */
export class CannotRun extends Error {}

/** @param {readonly number[]} values @returns {number} */
export const median = (values) => {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
};

/** @param {Float64Array | readonly number[]} values @param {number} share 0..1 @returns {number} */
export const percentile = (values, share) => {
  const sorted = Float64Array.from(values).sort();
  return sorted.length === 0 ? NaN : sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
};

/**
 * Judges the rounds of one figure.
 * @param {{ name: string, unit: string, rounds: readonly number[], least?: number, most?: number, peer?: string, peers?: readonly number[], peerUnit?: string, note?: string }} measured
 *   `least` or `most` is the goal; `peers` are the peer's own values in the same rounds
 * @returns {Figure}
 */
export function figure({ name, unit, rounds, least, most, peer, peers, peerUnit, note }) {
  const value = median(rounds);
  const goal = least ?? most ?? null;
  const met = least !== undefined ? value >= least : most !== undefined ? value <= most : null;
  return {
    name, value, unit, goal, met,
    peer: peer ?? null,
    peerValue: peers === undefined || peers.length === 0 ? null : median(peers),
    spread: [Math.min(...rounds), Math.max(...rounds)],
    ...(goal === null ? {} : { bound: least !== undefined ? 'least' : 'most' }),
    ...(peerUnit === undefined ? {} : { peerUnit }),
    ...(note === undefined ? {} : { note }),
  };
}

/**
 * A figure whose goal or spread is told in words ('>= 20x', '1.2-3.4'), as numbers.
 * @param {any} told
 * @returns {Figure}
 */
export function alike(told) {
  const { goal, spread, value } = told;
  const words = typeof goal === 'string' ? /^(<=|>=)?\s*([\d.]+)/.exec(goal) : null;
  const range = typeof spread === 'string' ? spread.split(/\s*(?:-|to)\s*/).map(Number) : spread;
  return {
    ...told,
    spread: Array.isArray(range) && range.length === 2 && range.every(Number.isFinite) ? range : [value, value],
    ...(words ? { goal: Number(words[2]), bound: words[1] === '<=' ? 'most' : 'least' } : {}),
  };
}

/** @param {number | null} value */
export const short = (value) => {
  if (value === null || !Number.isFinite(value)) return '-';
  const size = Math.abs(value);
  if (size >= 1000) return String(Math.round(value));
  return size >= 100 || Number.isInteger(value) ? value.toFixed(0) : size >= 10 ? value.toFixed(1) : value.toFixed(2);
};

const head = ['figure', 'value', 'goal', '', 'rounds', 'peer in the same run'];

/** @param {readonly Figure[]} figures @returns {string[][]} */
const cellsOf = (figures) =>
  figures.map((one) => [
    one.name,
    `${short(one.value)} ${one.unit}`,
    one.goal === null ? '' : `${one.bound === 'most' ? '<=' : '>='} ${short(one.goal)}`,
    one.met === null ? '' : one.met ? 'met' : 'MISSED',
    `${short(one.spread[0])} to ${short(one.spread[1])}`,
    one.peer === null ? '' : one.peerValue === null ? one.peer : `${one.peer}: ${short(one.peerValue)} ${one.peerUnit ?? ''}`.trim(),
  ]);

/** @param {readonly Figure[]} figures @returns {string} */
export function table(figures) {
  const rows = cellsOf(figures);
  const widths = head.map((text, at) => Math.max(text.length, ...rows.map((row) => row[at].length)));
  const line = (/** @type {string[]} */ row) => row.map((text, at) => text.padEnd(widths[at])).join('  ').trimEnd();
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
}

/** The same for a document. @param {readonly Figure[]} figures @returns {string} */
export function markdown(figures) {
  return [head, head.map(() => '---'), ...cellsOf(figures)].map((row) => `| ${row.join(' | ')} |`).join('\n');
}
