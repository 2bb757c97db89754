// @ts-check
// What a run of node's test runner comes to, file by file: nothing that went wrong may be missing.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { countsOf } from './by-file.mjs';

let folder = '';
before(() => { folder = mkdtempSync(join(tmpdir(), 'nailup-by-file-')); });
after(() => rmSync(folder, { recursive: true, force: true }));

/** Runs files of these texts; answers what each came to. @param {Record<string, string>} texts by name */
async function counts(texts) {
  const files = Object.keys(texts).map((name) => join(folder, `${name}.test.mjs`));
  Object.values(texts).forEach((text, n) => writeFileSync(files[n] ?? '', `import { after, test } from 'node:test';\n${text}`));
  const reporter = fileURLToPath(new URL('./by-file.mjs', import.meta.url));
  // As a run of its own: the runner would not run files inside of one.
  const { NODE_TEST_CONTEXT: _, ...env } = process.env;
  const child = spawn(process.execPath, ['--test', `--test-reporter=${reporter}`, '--test-reporter-destination=stdout', ...files], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  const [pieces] = await Promise.all([child.stdout.toArray(), once(child, 'close')]);
  const byFile = countsOf(Buffer.concat(pieces).toString(), files);
  return Object.fromEntries(Object.keys(texts).map((name, n) => [name, byFile.get(files[n] ?? '')]));
}

test('a file that fails, breaks off, says too late that it failed, or names no test has failed', async () => {
  assert.deepEqual(await counts({
    passes: "test('one', () => undefined); test('two', () => undefined);",
    fails: "test('one', () => undefined); test('two', () => { throw new Error('no'); });",
    breaks: "test('one', () => undefined); process.nextTick(() => process.exit(3));",
    late: "test('one', () => undefined); after(() => { throw new Error('no'); });",
    skips: "test('one', { skip: true }, () => undefined);",
    none: '',
  }), {
    passes: { passed: 2, failed: 0 },
    fails: { passed: 1, failed: 1 },
    breaks: { passed: 0, failed: 1 },
    late: { passed: 1, failed: 1 },
    skips: { passed: 0, failed: 1 },
    none: { passed: 0, failed: 1 },
  });
});

test('a file the runner never came to has failed, though another one is what failed first', () => {
  const report = `${JSON.stringify({ file: 'a', test: true, passed: false })}\n`;
  assert.deepEqual([...countsOf(report, ['a', 'b'])], [['a', { passed: 0, failed: 1 }], ['b', { passed: 0, failed: 1 }]]);
});
