// @ts-check
// The promises of a seat, at a small size: bounds far enough from the figures (docs/measurements.md) to hold on a busy machine, near
// enough for a broken one to miss them.

import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { figures } from './seats.mjs';

/** @type {import('./seats/measure.mjs').Figure[]} */
let all = [];
before(async () => { all = await figures({ rounds: 1, small: true, log: () => undefined }); });

/** @param {string[]} words */
function figure(...words) {
  const found = all.find(({ name }) => words.every((word) => name.includes(word)));
  assert.ok(found, `there is a figure about ${words.join(', ')}; there are: ${all.map(({ name }) => name).join('; ')}`);
  return found;
}

test('a seat that rests costs a media server at most an eighth of one that waits in a conference', (t) => {
  const { value } = figure('holding against', 'default profile');
  t.diagnostic(`${value}x`);
  assert.ok(value >= 8, `a ${value}th`);
});

test('a seat that rests costs a media server at most a third of one that rests in a conference tuned for that', (t) => {
  const { value } = figure('holding against', 'tuned');
  t.diagnostic(`${value}x`);
  assert.ok(value >= 3, `a ${value}th`);
});

test('twenty agents with Opus in the browser talk on one core of a media server', (t) => {
  const { value } = figure('talking pairs', 'Opus', '8 kHz every 20 ms');
  t.diagnostic(`${value} pairs a core`);
  assert.ok(value >= 20, `${value} pairs a core`);
});

for (const parking of ['conference', 'holding']) {
  test(`a client who answers and an agent in the browser with ${parking} parking hear each other at once`, (t) => {
    const { value } = figure('client answered', `${parking} parking`, 'median');
    t.diagnostic(`${value} ms`);
    assert.ok(value <= 1000, `${value} ms`);
  });
}

test('an agent who goes online is seated with audio within five seconds, and not in many times what it takes without a manager', (t) => {
  const { value, peerValue } = figure('Go online', 'to audio both ways');
  t.diagnostic(`${value} ms, ${peerValue} ms without`);
  assert.ok(value <= 5000, `${value} ms`);
  assert.ok(value <= 8 * Number(peerValue), `${value} ms against ${peerValue} ms`);
});
