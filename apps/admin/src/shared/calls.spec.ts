import { aCall, ago } from '../testing/fixtures.js';
import { waitingFirst } from './calls.js';
import { clockText, secondsText } from './duration.js';

it('puts callers in the order they arrived in', () => {
  const calls = [aCall('late', { state: 'queued', startedAt: ago(5) }), aCall('up'), aCall('early', { state: 'queued', startedAt: ago(50) })];
  expect(waitingFirst(calls).map(({ id }) => id)).toEqual(['early', 'late']);
});

it('says durations as people read them', () => {
  expect([-5, 7_400, 750_000, 3_725_000].map(clockText)).toEqual(['0:00', '0:07', '12:30', '1:02:05']);
  expect([0, 45, 90, 3_600, 86_399].map(secondsText)).toEqual(['0 s', '45 s', '1 min 30 s', '1 h', '23 h 59 min 59 s']);
});
