// @ts-check
// The small size of chaos on real Asterisk servers; the faults of the simulated pool run in the integration suite.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const chaos = join(dirname(fileURLToPath(import.meta.url)), 'chaos.mjs');

/** Plays a fault and demands all its figures. @param {import('node:test').TestContext} t @param {string} name @param {number} least how many figures it has */
async function play(t, name, least) {
  // Stopped before the test is: what it leaves behind would be in the way of the next.
  const child = spawn(process.execPath, [chaos, '--only', name, '--small', '--json'], { stdio: ['ignore', 'pipe', 'inherit'], timeout: 280_000 });
  const [pieces] = await Promise.all([child.stdout.toArray(), once(child, 'exit')]);
  const [{ failed, figures }] = JSON.parse(Buffer.concat(pieces).toString()).faults;
  for (const { figure, value, unit, goal } of figures) t.diagnostic(`${figure}: ${value} ${unit} (at most ${goal})`);
  assert.equal(failed, null);
  assert.deepEqual(figures.filter((/** @type {{ met: boolean }} */ { met }) => !met), []);
  assert.ok(figures.length >= least);
}

test('real media servers that stand still, are flooded or killed: found, left and back, and who talks goes on talking', { timeout: 300_000 }, (t) =>
  play(t, 'real-media-servers', 10));

test('a real media server whose network is cut: found and left, nobody is seated there, and it is back without an orphan', { timeout: 300_000 }, (t) =>
  play(t, 'media-server-cut', 13));
