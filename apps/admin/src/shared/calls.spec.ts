import { aCall, ago } from '../testing/fixtures.js';
import { keepSince, since, waitingFirst } from './calls.js';
import { clockText, secondsText } from './duration.js';

describe('how long a call is in its state', () => {
  it('goes by what the manager says, else by the step that put it there', () => {
    const [began, rang, answered] = [ago(80), ago(60), ago(40)];
    const call = aCall('1', { startedAt: began, ringingAt: rang, answeredAt: answered });
    expect(since({ ...call, stateSince: ago(1) })).not.toBe(answered);
    expect(since(call)).toBe(answered);
    expect(since({ ...call, state: 'ringing' })).toBe(rang);
    expect(since({ ...call, state: 'ringing', ringingAt: null })).toBe(began);
    expect(since({ ...call, state: 'queued' })).toBe(began);
    expect(since({ ...call, state: 'held' })).toBeNull();
  });

  it('is remembered from the live stream only while the state stays the same', () => {
    const at = ago(5);
    const before = [aCall('1', { state: 'held', stateSince: at }), aCall('2', { state: 'held', stateSince: at })];
    const [first, second] = keepSince(before, [aCall('1', { state: 'held' }), aCall('2', { state: 'answered' })]) as ReturnType<typeof aCall>[];
    expect(first?.stateSince).toBe(at);
    expect(second?.stateSince).toBeUndefined();
    expect(keepSince(undefined, before)).toBe(before);
  });
});

it('puts callers in the order they arrived in', () => {
  const calls = [aCall('late', { state: 'queued', startedAt: ago(5) }), aCall('up'), aCall('early', { state: 'queued', startedAt: ago(50) })];
  expect(waitingFirst(calls).map(({ id }) => id)).toEqual(['early', 'late']);
});

it('says durations as people read them', () => {
  expect([-5, 7_400, 750_000, 3_725_000].map(clockText)).toEqual(['0:00', '0:07', '12:30', '1:02:05']);
  expect([0, 45, 90, 3_600, 86_399].map(secondsText)).toEqual(['0 s', '45 s', '1 min 30 s', '1 h', '23 h 59 min 59 s']);
});
