#!/usr/bin/env node
// @ts-check
// Shows that `docker compose -f docker/compose.yaml up` gives a working system: an engine of its own, images built from this work
// tree, two media servers, agents with a seat and with audio, the death of a media server. Needs root on Debian; leaves images for
// the next run in .nailup/docker (--clean removes them) and no process.

import { mkdirSync, createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { DEBIAN, ensureBaseImages } from './compose-proof/base-images.mjs';
import { ensureCompose, startEngine } from './compose-proof/engine.mjs';
import { tellStory } from './compose-proof/story.mjs';
import { Fault } from './sandbox/machine.mjs';

const { values } = parseArgs({ options: { clean: { type: 'boolean', default: false } } });
const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const home = join(root, '.nailup/docker');
mkdirSync(home, { recursive: true, mode: 0o700 });
const transcript = createWriteStream(join(home, 'proof.log'), { mode: 0o600 });

/** Ports of its own, so that it runs beside a sandbox; sandbox profile for the test tone that makes audio measurable. */
const settings = {
  NAILUP_PORT: '3050', MEDIA_1_WS_PORT: '18088', MEDIA_2_WS_PORT: '18188', MEDIA_1_RTP_START: '21000', MEDIA_1_RTP_END: '21029',
  MEDIA_2_RTP_START: '21100', MEDIA_2_RTP_END: '21129', NAILUP_CAPACITY: '5', NAILUP_PROFILE: 'sandbox',
};
const url = `http://127.0.0.1:${settings.NAILUP_PORT}`;

const say = (/** @type {string} */ text) => process.stdout.write(`${text}\n`);
/** @type {(() => Promise<unknown>)[]} undone last first */
const undo = [];
let tidying = false;

/**
 * One fact with the time it took to come true.
 * @template T
 * @param {string} what
 * @param {() => Promise<T>} work its answer, when a text, is printed too
 * @returns {Promise<T>}
 */
async function shown(what, work) {
  const start = performance.now();
  const answer = await work();
  const seconds = ((performance.now() - start) / 1000).toFixed(1).padStart(6);
  say(`${seconds} s  ${what}${typeof answer === 'string' && answer ? `: ${answer}` : ''}`);
  return answer;
}

async function tidy() {
  if (tidying) return;
  tidying = true;
  for (const step of undo.reverse()) await step().catch((error) => say(String(error)));
}

async function prove() {
  const log = (/** @type {string} */ text) => say(`          ${text}`);
  const engine = await shown('a Docker engine', () => startEngine({ home, log, onCommandOutput: (text) => transcript.write(text) }));
  undo.push(() => shown('the engine is stopped', () => engine.stop()));
  log(`storage ${engine.storageDriver}`);
  await shown('base images', () => ensureBaseImages(engine, log));
  await shown('Compose', () => ensureCompose(engine, DEBIAN, log));
  /** @param {string[]} args */
  const compose = (args) => engine.docker(['compose', '-p', 'nailup-proof', '-f', join(root, 'docker/compose.yaml'), ...args], { env: settings });

  await shown('images built from this work tree', async () => { await compose(['build']); });
  // What the same names meant in an earlier run.
  await engine.docker(['image', 'prune', '--force']);
  await engine.docker(['builder', 'prune', '--force', '--keep-storage', '2gb']);
  undo.push(() => shown('all of it is away again (down --volumes)', async () => { await compose(['down', '--volumes', '--timeout', '10']); }));
  await shown('up', async () => { await compose(['up', '-d']); });
  await tellStory({ engine, compose, url, root, log, shown, undo });
}

for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) {
  process.once(signal, () => { tidy().finally(() => process.exit(1)); });
}
const start = performance.now();
try {
  await prove();
  await tidy();
  if (values.clean) await rm(home, { recursive: true, force: true });
  say(`The composed system works. ${((performance.now() - start) / 1000).toFixed(0)} s in all.`);
} catch (error) {
  say(tidying ? 'Stopped before the end.' : `FAILED: ${error instanceof Fault ? error.message : error instanceof Error ? error.stack : error}`);
  say(`What the commands wrote: ${join(home, 'proof.log')}`);
  process.exitCode = 1;
  await tidy();
}
