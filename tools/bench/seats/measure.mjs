// @ts-check
// What a process has used of the processors, and what many rounds say together.

import { readFileSync, readdirSync } from 'node:fs';

/**
 * @typedef {object} Figure
 * @property {string} name
 * @property {number} value
 * @property {string} unit
 * @property {string | null} goal in words, '>= 20x'
 * @property {boolean | null} met null where there is no goal
 * @property {string | null} peer
 * @property {number | null} peerValue
 * @property {string | null} spread 'min-max' over the rounds
 */

/**
 * What each thread of a process has used of the processors, in milliseconds (proc(5), schedstat: nanoseconds). The sum in /proc/<pid>/stat is
 * the same, but counted in hundredths of a second: twenty seats that rest use eight of those in ten seconds.
 * @param {number} pid
 */
function threads(pid) {
  const used = /** @type {Map<string, number>} */ (new Map());
  for (const id of readdirSync(`/proc/${pid}/task`)) {
    try {
      used.set(id, Number(readFileSync(`/proc/${pid}/task/${id}/schedstat`, 'utf8').split(' ')[0]) / 1e6);
    } catch {
      // It ended while we read.
    }
  }
  return used;
}

/**
 * The share of one core (1 is a whole one) a process uses while `ms` pass; what threads used that end meanwhile is not in it.
 * @param {number} pid @param {number} ms
 */
export async function share(pid, ms) {
  const [before, began] = [threads(pid), performance.now()];
  await pass(ms);
  let used = 0;
  for (const [id, now] of threads(pid)) used += now - (before.get(id) ?? 0);
  return used / (performance.now() - began);
}

/** The window of a measurement; nothing else may be awaited with it. @param {number} ms */
export const pass = (ms) => new Promise((resolve) => { setTimeout(resolve, ms); });

/** @param {number[]} values @param {number} part 0.5 is the median, 0.95 the 95th percentile (nearest rank) */
export function quantile(values, part) {
  const sorted = [...values].sort((one, two) => one - two);
  return sorted[Math.max(0, Math.ceil(sorted.length * part) - 1)] ?? NaN;
}

/** @param {number[]} values */
export function median(values) {
  const sorted = [...values].sort((one, two) => one - two);
  const half = Math.floor(sorted.length / 2);
  return sorted.length % 2 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
}

/** Three digits that say something. @param {number} value */
export const round = (value) => Number(value.toPrecision(3));

/** @param {number[]} values */
export const spread = (values) => `${round(Math.min(...values))}-${round(Math.max(...values))}`;

/**
 * Whole rounds, each measuring every one of `cases` in turn, so that what else the machine does falls on all of them alike.
 * @template {string} Case @param {number} rounds @param {readonly Case[]} cases @param {(one: Case) => Promise<number>} measure
 * @returns {Promise<Record<Case, number[]>>} one value a round
 */
export async function interleaved(rounds, cases, measure) {
  const results = /** @type {Record<Case, number[]>} */ ({});
  for (const one of cases) results[one] = [];
  for (let n = 0; n < rounds; n += 1) {
    for (const one of cases) results[one].push(await measure(one));
  }
  return results;
}
