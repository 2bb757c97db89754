// @ts-check
// Says what is being done, for how long, and how it ended; one line a step.

import { Fault, lastLines } from './sandbox/machine.mjs';

const terminal = Boolean(process.stdout.isTTY);

/** @param {string} text */
export const say = (text) => { process.stdout.write(`${text}\n`); };

/** @param {number} milliseconds */
export const duration = (milliseconds) => {
  const seconds = Math.round(milliseconds / 1000);
  return milliseconds < 59_950 ? `${(milliseconds / 1000).toFixed(1)} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
};

/**
 * Runs one step and shows it: on a terminal with its seconds counting up, elsewhere as a line when it begins and one when it ends.
 * @template T
 * @param {string} title what is done, as a person would say it
 * @param {(progress: (text: string) => void) => Promise<T>} work may say what it is at; on a terminal that text follows the title
 * @returns {Promise<T>}
 */
export async function step(title, work) {
  const began = performance.now();
  let now = '';
  const draw = () => {
    const width = (process.stdout.columns || 80) - 1;
    const line = `  ...  ${title}  ${duration(performance.now() - began)}  ${now}`;
    process.stdout.write(`\r\x1b[2K${line.slice(0, width)}`);
  };
  const timer = terminal ? setInterval(draw, 200) : undefined;
  if (!terminal) say(`  ...  ${title}`);
  /** @param {string} mark @param {string} rest */
  const end = (mark, rest) => {
    clearInterval(timer);
    if (terminal) process.stdout.write('\r\x1b[2K');
    say(`  ${mark}  ${title}${rest}`);
  };
  try {
    const result = await work((text) => {
      now = lastLines(text, 1);
      if (!terminal && now) say(`         ${now}`);
    });
    end('ok ', `  (${duration(performance.now() - began)})`);
    return result;
  } catch (error) {
    end('!! ', `  failed after ${duration(performance.now() - began)}`);
    throw error;
  }
}

/**
 * Ends the process for a reason: a fault is its one sentence, anything else is a defect of ours and shows where.
 * @param {unknown} error
 */
export function giveUp(error) {
  const words = error instanceof Fault ? error.message : `This is a defect of Nailup, please report it: ${error instanceof Error ? error.stack : error}`;
  process.stderr.write(`\n${words}\n`);
  process.exitCode = 1;
}
