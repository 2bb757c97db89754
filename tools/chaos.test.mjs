// @ts-check
// The small size of chaos on real Asterisk servers; the faults of the simulated pool run in the integration suite.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const chaos = join(dirname(fileURLToPath(import.meta.url)), 'chaos.mjs');

test('real media servers that stand still, are flooded or killed: found, left and back, and who talks goes on talking', { timeout: 300_000 }, async (t) => {
  const child = spawn(process.execPath, [chaos, '--only', 'real-media-servers', '--small', '--json'], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [pieces] = await Promise.all([child.stdout.toArray(), once(child, 'exit')]);
  const [{ failed, figures }] = JSON.parse(Buffer.concat(pieces).toString()).faults;
  for (const { figure, value, unit, goal } of figures) t.diagnostic(`${figure}: ${value} ${unit} (at most ${goal})`);
  assert.equal(failed, null);
  assert.deepEqual(figures.filter((/** @type {{ met: boolean }} */ { met }) => !met), []);
  assert.ok(figures.length >= 10);
});
