// @ts-check
// Whoever asks a tool what it does, or mistypes, starts nothing.

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { REPOSITORY } from './sandbox/index.mjs';
import { run } from './sandbox/machine.mjs';

/** @param {string} tool @param {string[]} args */
const ask = (tool, ...args) => run(process.execPath, [join(REPOSITORY, 'tools', `${tool}.mjs`), ...args], { cwd: REPOSITORY });

for (const [tool, knows] of [['chaos', 'managers-away'], ['bench', 'selection']]) {
  test(`${tool} tells who asks how it is called and what it knows, and does nothing`, async () => {
    const { code, stdout } = await ask(tool, '--help');
    assert.equal(code, 0);
    assert.match(stdout, new RegExp(`npm run ${tool}`));
    assert.match(stdout, new RegExp(knows));
  });

  test(`${tool} refuses what it does not know in a sentence, without a stack`, async () => {
    for (const args of [['--smal'], ['extra'], ['--only'], ['--only', 'nothing-of-that-name']]) {
      const { code, output } = await ask(tool, ...args);
      assert.equal(code, 2, output);
      assert.doesNotMatch(output, /^\s+at /m);
      assert.match(output, args.at(-1) === 'nothing-of-that-name' ? new RegExp(`there are: .*${knows}`) : /--help/);
    }
  });
}
