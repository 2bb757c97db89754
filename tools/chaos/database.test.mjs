// @ts-check
// The faults of MySQL in their small size; `npm run chaos` has them in full.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { run } from './database.mjs';

for (const [only, promise] of /** @type {const} */ ([
  ['killed', 'MySQL is killed and started again: who sits and talks notices nothing, and nothing is lost or double'],
  ['slow', 'MySQL is two seconds slow: the same, and nobody waits for longer than three'],
  ['fails-over', 'MySQL fails over to another of three: the same, without a restart of a manager'],
])) {
  test(promise, { timeout: 180_000 }, async (story) => {
    const figures = await run({ small: true, log: (text) => story.diagnostic(text), only });
    for (const { name, value, unit, goal, met } of figures) story.diagnostic(`${met ? 'met' : 'MISSED'}  ${name}: ${value} ${unit} (goal ${goal})`);
    assert.deepEqual(figures.filter(({ met }) => !met), []);
  });
}
