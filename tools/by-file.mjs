// @ts-check
import { resolve } from 'node:path';

/** @typedef {Map<string, {passed: number, failed: number}>} ByFile what each file came to */

/** @param {ByFile} byFile @param {string} file @param {boolean} passed */
export function note(byFile, file, passed) {
  const count = byFile.get(file) ?? { passed: 0, failed: 0 };
  count[passed ? 'passed' : 'failed'] += 1;
  byFile.set(file, count);
}

/**
 * What a run came to. @param {string} report lines of the reporter below @param {string[]} files that were to run: one that is not told of failed,
 * so tests stand in the file that is run and not in one it imports
 * @returns {ByFile}
 */
export function countsOf(report, files) {
  /** @type {ByFile} */
  const byFile = new Map();
  const told = report.split('\n').filter(Boolean).map((line) => JSON.parse(line));
  for (const { file, test, passed } of told) if (test) note(byFile, file, passed);
  // A hook that fails after its tests have passed.
  for (const { file, passed } of told) if (!passed && !byFile.get(file)?.failed) note(byFile, file, false);
  // A runner that was killed tells of no file it did not come to.
  for (const file of files) if (!byFile.has(file)) note(byFile, file, false);
  return byFile;
}

/**
 * A reporter of node's test runner: a line of JSON for each test and suite that ended, `{ file, test, passed }`. What was skipped or is to do has not passed,
 * nor has a file that names no test: the runner tells of it as of a test called as the file.
 * @param {AsyncIterable<{ type: string, data: { file?: string, name: string, skip?: unknown, todo?: unknown, details?: { type?: string } } }>} source
 */
export default async function* byFile(source) {
  for await (const { type, data } of source) {
    if (type !== 'test:pass' && type !== 'test:fail') continue;
    const passed = type === 'test:pass' && data.skip === undefined && data.todo === undefined && (data.file === undefined || resolve(data.name) !== data.file);
    yield `${JSON.stringify({ file: data.file ?? data.name, test: data.details?.type !== 'suite', passed })}\n`;
  }
}
