// @ts-check
// A lock that a dead process cannot keep: it names its holder by number and birth, so a leftover of kill -9 is seen and taken over.

import { open, readFile, rm } from 'node:fs/promises';
import { Fault, processBirth, until } from './machine.mjs';

/**
 * @param {string} path
 * @returns {Promise<number | undefined>} the process that holds the lock, undefined when nobody alive does
 */
export async function lockHolder(path) {
  try {
    const [pid, birth] = (await readFile(path, 'utf8')).trim().split(' ');
    return processBirth(Number(pid)) === birth ? Number(pid) : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Takes a lock file.
 * @param {string} path
 * @param {{ waitMs: number, what: string }} options how long to wait for another holder (0: not at all), and what it is for, in words
 * @returns {Promise<{ release(): Promise<void> }>}
 * @throws {Fault} naming the process that holds it
 */
export async function takeLock(path, { waitMs, what }) {
  const taken = await until(() => tryLock(path), { withinMs: waitMs, everyMs: 200 });
  if (!taken) throw new Fault(`Another process (${await lockHolder(path)}) is busy with ${what}: stop it first.`);
  return { release: () => rm(path, { force: true }) };
}

/** @param {string} path */
async function tryLock(path) {
  for (let attempt = 0; attempt < 2; attempt += 1) {
    try {
      const file = await open(path, 'wx', 0o600);
      await file.writeFile(`${process.pid} ${processBirth(process.pid)}`);
      await file.close();
      return true;
    } catch (error) {
      if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EEXIST') throw error;
      if ((await lockHolder(path)) !== undefined) return false;
      // Either a leftover, or a holder that has not written its name yet: look a second time before taking it away.
      await new Promise((resolve) => { setTimeout(resolve, 50); });
      if ((await lockHolder(path)) !== undefined) return false;
      await rm(path, { force: true });
    }
  }
  return false;
}
