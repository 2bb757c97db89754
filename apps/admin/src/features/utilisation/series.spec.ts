import { align, placeOf } from './series.js';

const minute = 60_000;
const start = Date.UTC(2026, 0, 1, 9, 0);
const sample = (minutes: number, agentsInCall: number) => ({ at: new Date(start + minutes * minute).toISOString(), agentsInCall, reserved: 0, talking: 0, capacity: 50, loadAverage: null });

it('shows a gap where a server was not heard, never a zero', () => {
  const { values } = align([{ server: { id: 'a', name: 'eu-1' }, samples: [sample(0, 3), sample(2, 5)], now: 6 }], start, start + 3 * minute, 60);
  expect(values).toEqual([[3, null, 5, 6]]);
});

it('puts servers that report at different seconds on the same times, ending now', () => {
  const a = { server: { id: 'a', name: 'eu-1' }, samples: [sample(0.2, 1), sample(1.1, 2)], now: 2 };
  const b = { server: { id: 'b', name: 'eu-2' }, samples: [sample(0.9, 7)], now: null };
  const { times, values } = align([a, b], start, start + 2 * minute, 60);
  expect(times).toEqual([start / 1000, start / 1000 + 60, start / 1000 + 120]);
  expect(values).toEqual([
    [1, 2, 2],
    [7, null, null],
  ]);
});

it('keeps the colour of a server when another comes before it in the list', () => {
  const before = ['media-1', 'media-2'].map(placeOf);
  expect(['hand-1', 'media-1', 'media-2'].map(placeOf).slice(1)).toEqual(before);
});
