// @ts-check
// The manager as it was before: taken from the history of this repository and built in a folder of its own.

import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { REPOSITORY } from '../../sandbox/index.mjs';
import { lastLines, run } from '../../sandbox/machine.mjs';

/** @param {string} command @param {string[]} args @param {string} [cwd] @returns {Promise<string>} */
async function must(command, args, cwd = REPOSITORY) {
  const { code, stdout, output } = await run(command, args, { cwd, env: { ...process.env, NX_DAEMON: 'false', NX_TUI: 'false' } });
  if (code !== 0) throw new Error(`${command} ${args[0]} failed: ${lastLines(output, 4)}`);
  return stdout.trim();
}

/**
 * Builds the manager of a commit; the packages it stands on are those that are installed.
 * @param {string} [commit] by default the one before the database was migrated last
 * @returns {Promise<{ commit: string, root: string, remove: () => void }>} `root`: a repository with `apps/api/dist`
 */
export async function buildFormer(commit) {
  const last = await must('git', ['log', '-1', '--format=%H', '--', 'apps/api/src/database/migrations/index.ts']);
  const wanted = await must('git', ['rev-parse', '--short', commit ?? `${last}^1`]).catch((error) => {
    throw new Error(`The history of this repository does not reach back to ${commit ?? 'the last migration'}: fetch it, or name a commit by FORMER. ${error.message}`);
  });
  const root = join(REPOSITORY, '.nailup', 'former', wanted);
  const remove = () => rmSync(root, { recursive: true, force: true });
  remove();
  mkdirSync(root, { recursive: true });
  try {
    await must('sh', ['-c', `git archive ${wanted} | tar -x -C "$0"`, root]);
    // Links, so that its own libraries are found by their relative ways.
    await must('cp', ['-al', join(REPOSITORY, 'node_modules'), join(root, 'node_modules')]);
    await must(join(root, 'node_modules/.bin/nx'), ['run-many', '-t', 'build', '-p', '@nailup/api'], root);
  } catch (error) {
    remove();
    throw error;
  }
  return { commit: wanted, root, remove };
}
