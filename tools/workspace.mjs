// @ts-check
// The repository's own state: are its dependencies those of the lock file, is what was built still what the sources say.

import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, readdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { REPOSITORY, STATE_HOME } from './sandbox/index.mjs';
import { Fault, lastLines, run } from './sandbox/machine.mjs';

/** What the system is served from; the libraries they need are built before them. */
const PROJECTS = ['@nailup/api', '@nailup/softphone', '@nailup/admin'];
const BUILT = ['apps/api/dist/main.js', 'apps/softphone/dist/index.html', 'apps/admin/dist/index.html'];
const SOURCES = ['libs', 'apps', 'package-lock.json', 'tsconfig.base.json', 'nx.json'];
const NOT_SOURCES = new Set(['node_modules', 'dist', 'coverage', '.nx']);
const STAMP = join(STATE_HOME, 'build-stamp');

/**
 * Compares what npm installed with the lock file, package by package.
 * @param {{ packages: Record<string, { version?: string, link?: boolean, optional?: boolean, devOptional?: boolean, peer?: boolean }> }} wanted package-lock.json
 * @param {{ packages: Record<string, { version?: string }> }} installed node_modules/.package-lock.json
 * @returns {string | undefined} the first package that is missing or of another version
 */
export function firstDifference(wanted, installed) {
  for (const [path, entry] of Object.entries(wanted.packages)) {
    // Links are our own workspaces; an optional package may be for another kind of machine.
    if (!path.includes('node_modules/') || entry.link || entry.optional || entry.devOptional) continue;
    if (installed.packages[path]?.version !== entry.version) return path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
  }
  return undefined;
}

/** @returns {Promise<string | undefined>} why dependencies must be installed, undefined when they are those of the lock file */
export async function dependenciesLack() {
  try {
    const wanted = JSON.parse(await readFile(join(REPOSITORY, 'package-lock.json'), 'utf8'));
    const installed = JSON.parse(await readFile(join(REPOSITORY, 'node_modules/.package-lock.json'), 'utf8'));
    const name = firstDifference(wanted, installed);
    return name && `${name} is missing or of another version`;
  } catch {
    return 'they were never installed';
  }
}

/**
 * @param {(text: string) => void} progress
 * @throws {Fault}
 */
export async function installDependencies(progress) {
  // npm says nothing of its own when nobody watches it on a terminal; at this level it names each package it fetches.
  const fetched = /^npm http fetch GET 200 \S+\.tgz .*\n/gm;
  let packages = 0;
  let said = '';
  const { code, output } = await run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=http', '--fetch-retry-mintimeout=2000', '--fetch-retry-maxtimeout=10000'], {
    cwd: REPOSITORY,
    onOutput(text) {
      const trouble = /attempt \d+ failed with (\w+)/.exec(text)?.[1] ?? '';
      if (trouble && (process.stdout.isTTY || trouble !== said)) {
        progress(`the package registry does not answer (${trouble}), trying again`);
        said = trouble;
      }
      const before = Math.floor(packages / 100);
      packages += text.match(fetched)?.length ?? 0;
      if (!trouble && (process.stdout.isTTY || Math.floor(packages / 100) > before)) progress(`${packages} packages fetched`);
    },
  });
  if (code !== 0) {
    throw new Fault(`npm ci failed (${lastLines(output.replace(/^npm http .*\n/gm, ''), 2)}): check that this machine reaches the package registry of "npm config get registry".`);
  }
}

/** @returns {Promise<string | undefined>} why a build is needed, undefined when the last one still stands */
export async function buildLacks() {
  const missing = BUILT.find((file) => !existsSync(join(REPOSITORY, file)));
  if (missing) return `${missing} is missing`;
  const stamp = await readFile(STAMP, 'utf8').catch(() => '');
  return stamp === (await fingerprint()) ? undefined : 'sources changed since the last build';
}

/**
 * @param {(text: string) => void} progress
 * @throws {Fault}
 */
export async function build(progress) {
  const before = await fingerprint();
  const env = { ...process.env, NX_TUI: 'false', NX_DAEMON: 'false', FORCE_COLOR: '0', CI: 'true' };
  const { code, output } = await run('npx', ['--no-install', 'nx', 'run-many', '-t', 'build', '-p', ...PROJECTS], { cwd: REPOSITORY, env, onOutput: progress });
  if (code !== 0) throw new Fault(`The build failed (a fresh copy of the repository may help); it says:\n${output}`);
  const missing = BUILT.find((file) => !existsSync(join(REPOSITORY, file)));
  if (missing) throw new Fault(`The build made no ${missing}: run "npm run build" to see why.`);
  await mkdir(STATE_HOME, { recursive: true });
  await writeFile(STAMP, before);
}

/** @returns {Promise<string>} changes when a source file was added, removed or written */
async function fingerprint() {
  const hash = createHash('sha256');
  /** @param {string} path */
  const add = async (path) => {
    const facts = await stat(path).catch(() => undefined);
    if (!facts) return;
    if (!facts.isDirectory()) {
      hash.update(`${path} ${facts.size} ${facts.mtimeMs}\n`);
      return;
    }
    for (const name of (await readdir(path)).sort()) {
      if (!NOT_SOURCES.has(name)) await add(join(path, name));
    }
  };
  for (const source of SOURCES) await add(join(REPOSITORY, source));
  return hash.digest('hex');
}
