// @ts-check
/**
 * `npm test`: everything a clean machine can check, cheapest first. It installs what it needs (dependencies, Chromium, network tools, the sandbox's
 * root file system), prints what each suite took, and ends with one line over all suites: `N passed, N failed`.
 * A missing part fails loudly; nothing is skipped. `npm test -- unit stories` runs only the suites named.
 * On real servers a file that failed is run once more, alone: a defect fails again, a machine that others kept busy does not. It is named as wavering in
 * the last lines, and is somebody's work all the same.
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { countsOf, note } from './by-file.mjs';
import { findProgram } from './sandbox/machine.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const reports = join(root, '.nailup', 'reports');
const bin = (/** @type {string} */ name) => join(root, 'node_modules', '.bin', name);

/** @typedef {{passed: number, failed: number, wavered?: string[]}} Count */
/** @typedef {import('./by-file.mjs').ByFile} ByFile */

/** More files than these at once are no accident. */
const mostRepeated = 3;

/** Runs a command in the foreground; answers its exit code. @param {string} command @param {string[]} args @param {NodeJS.ProcessEnv} [env] @returns {Promise<number>} */
const run = (command, args, env = {}) =>
  new Promise((resolve) => {
    const child = spawn(command, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'], env: { ...process.env, NX_TUI: 'false', ...env } });
    child.on('error', (error) => {
      console.error(`${command}: ${error.message}`);
      resolve(1);
    });
    child.on('exit', (code, signal) => resolve(signal ? 1 : (code ?? 1)));
  });

/** A check that passes or fails as a whole. @param {string} command @param {string[]} args @returns {() => Promise<Count>} */
const check = (command, args) => async () => ((await run(command, args)) === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 });

/** A jest run by its own report; a file that could not run counts as failed. @param {string} report @param {string[]} args @param {NodeJS.ProcessEnv} [env] @returns {Promise<ByFile>} */
async function jest(report, args, env) {
  const file = join(reports, report);
  rmSync(file, { force: true });
  const code = await run(bin('jest'), [...args, '--json', `--outputFile=${file}`], env);
  /** @type {ByFile} */
  const byFile = new Map();
  const results = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).testResults : [];
  for (const { name, status, assertionResults } of results) {
    for (const one of assertionResults) note(byFile, name, one.status === 'passed');
    if (status === 'failed' && !byFile.get(name)?.failed) note(byFile, name, false);
  }
  return unlessUnsaid(byFile, code);
}

/** A run of node's test runner, file by file. @param {string} report @param {string[]} files @param {string[]} [flags] @returns {Promise<ByFile>} */
async function nodeTest(report, files, flags = []) {
  const file = join(reports, report);
  rmSync(file, { force: true });
  const code = await run(process.execPath, [
    '--test', ...flags,
    '--test-reporter=spec', '--test-reporter-destination=stdout', `--test-reporter=${join(root, 'tools/by-file.mjs')}`, `--test-reporter-destination=${file}`,
    ...files,
  ]);
  return unlessUnsaid(countsOf(existsSync(file) ? readFileSync(file, 'utf8') : '', files), code);
}

/** Whatever ended badly without naming a test failed too, and so did a run of nothing. @param {ByFile} byFile @param {number} code */
function unlessUnsaid(byFile, code) {
  const { failed, passed } = sum(byFile);
  if (failed === 0 && (code !== 0 || passed === 0)) note(byFile, '', false);
  return byFile;
}

/** @param {ByFile} byFile @returns {Count} */
const sum = (byFile) => [...byFile.values()].reduce((all, { passed, failed }) => ({ passed: all.passed + passed, failed: all.failed + failed }), { passed: 0, failed: 0 });

/**
 * Runs files that stand on real servers and browsers, and those that failed once more, when they are few and known.
 * @param {(files: string[]) => Promise<ByFile>} runFiles @param {string[]} files @returns {Promise<Count>}
 */
async function onRealServers(runFiles, files) {
  if (files.length === 0) return { passed: 0, failed: 1 };
  const first = await runFiles(files);
  const failing = [...first].filter(([, { failed }]) => failed > 0).map(([file]) => file);
  if (failing.length === 0 || failing.length > mostRepeated || failing.includes('')) return sum(first);
  const names = failing.map((file) => relative(root, file));
  console.log(`\n--- once more, alone: ${names.join(', ')}`);
  const second = await runFiles(failing);
  const wavered = names.filter((_, at) => second.get(failing[at] ?? '')?.failed === 0);
  return { ...sum(new Map([...first, ...second])), wavered };
}

/** @param {string} folder @param {RegExp} name @returns {string[]} */
const filesIn = (folder, name) =>
  existsSync(folder) ? readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => name.test(file)).sort().map((file) => join(folder, file)) : [];

async function integration() {
  const { createSandbox } = await import('./sandbox/index.mjs');
  const box = await createSandbox({ name: 'integration', stateDir: join(root, '.nailup', 'integration'), octet: 61, fresh: true, log: console.log });
  try {
    const mysql = await box.mysql();
    const specs = filesIn(join(root, 'apps', 'api', 'test'), /\.int\.spec\.ts$/);
    return await onRealServers((files) => jest('integration.json', ['--config', 'apps/api/jest.int.config.cjs', '--runInBand', '--runTestsByPath', ...files], { NAILUP_TEST_MYSQL: mysql.url }), specs);
  } finally {
    await box.stop();
  }
}

async function chromium() {
  if (existsSync('/usr/bin/chromium')) return 0;
  console.log('Chromium is not here: installing it from the distribution (about a minute).');
  const quiet = { DEBIAN_FRONTEND: 'noninteractive' };
  return (await run('apt-get', ['update', '-qq'], quiet)) || run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], quiet);
}

/** Stories about NAT lay networks of their own; chaos cuts some. */
async function networkTools() {
  const missing = ['iproute2:ip', 'iptables:iptables'].filter((pair) => !findProgram(pair.split(':')[1] ?? '')).map((pair) => pair.split(':')[0] ?? '');
  if (missing.length === 0) return 0;
  console.log(`${missing.join(' and ')} not here: installing from the distribution.`);
  const quiet = { DEBIAN_FRONTEND: 'noninteractive' };
  return (await run('apt-get', ['update', '-qq'], quiet)) || run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...missing], quiet);
}

/** The figures of a seat need agents in a browser. */
async function tools() {
  if ((await chromium()) !== 0 || (await networkTools()) !== 0) return { passed: 0, failed: 1 };
  return onRealServers((files) => nodeTest('tools.jsonl', files), filesIn(join(root, 'tools'), /\.test\.mjs$/));
}

async function stories() {
  if ((await chromium()) !== 0 || (await networkTools()) !== 0) return { passed: 0, failed: 1 };
  return onRealServers((files) => nodeTest('stories.jsonl', files, ['--test-concurrency=1']), filesIn(join(root, 'e2e', 'dist', 'stories'), /\.test\.js$/));
}

/** @type {[string, () => Promise<Count>][]} */
const suites = [
  ['build', check(bin('nx'), ['run-many', '-t', 'build'])],
  ['types', check(bin('nx'), ['run-many', '-t', 'types'])],
  ['lint', check('npm', ['run', '--silent', 'lint'])],
  ['words', check('npm', ['run', '--silent', 'check', '-w', '@nailup/api-client'])],
  ['tools', tools],
  ['unit', async () => sum(await jest('unit.json', ['--config', 'jest.config.cjs']))],
  ['integration', integration],
  ['stories', stories],
];

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !suites.some(([suite]) => suite === name));
if (unknown.length > 0) {
  console.error(`No suite is called ${unknown.join(', ')}; there are: ${suites.map(([name]) => name).join(', ')}.`);
  process.exit(2);
}

mkdirSync(reports, { recursive: true });
/** @type {Count} */
const total = { passed: 0, failed: 0 };
/** @type {string[]} */
const lines = [];
for (const [name, suite] of suites) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  console.log(`\n=== ${name}`);
  const started = performance.now();
  const count = await suite().catch((error) => {
    console.error(error instanceof Error ? error.message : error);
    return { passed: 0, failed: 1 };
  });
  total.passed += count.passed;
  total.failed += count.failed;
  lines.push(`${name.padEnd(12)} ${String(count.passed).padStart(5)} passed ${String(count.failed).padStart(4)} failed  ${((performance.now() - started) / 1000).toFixed(1)} s${count.wavered?.length ? `  wavered: ${count.wavered.join(', ')}` : ''}`);
  // Without a build nothing after it tells the truth.
  if (name === 'build' && count.failed > 0) break;
}
console.log(`\n${lines.join('\n')}\n`);
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exit(total.failed === 0 && total.passed > 0 ? 0 : 1);
