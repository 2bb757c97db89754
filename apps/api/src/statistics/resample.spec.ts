import { defaultStep, grainFor } from './grain.js';
import { resample, type StoredSample } from './resample.js';

function sample(seconds: number, agentsInCall: number, over: Partial<StoredSample> = {}): StoredSample {
  return { at: new Date(seconds * 1_000), stepSeconds: 10, agentsInCall, reserved: 0, talking: 0, capacity: 50, loadAverage: 0.5, ...over };
}

describe('statistics in the steps asked for', () => {
  it('averages the samples of a step and leaves steps out that nothing is known of', () => {
    const found = resample([sample(0, 2), sample(10, 4), sample(120, 7)], 60);
    expect(found.map(({ at, agentsInCall }) => [at.getTime() / 1_000, agentsInCall])).toEqual([[0, 3], [120, 7]]);
  });

  it('weighs a sample by the time it stands for', () => {
    expect(resample([sample(0, 10, { stepSeconds: 60 }), sample(60, 0)], 120)[0]?.agentsInCall).toBe(9);
  });

  it('a load nobody told is no load of zero', () => {
    expect(resample([sample(0, 1, { loadAverage: null }), sample(10, 1, { loadAverage: 2 })], 60)[0]?.loadAverage).toBe(2);
    expect(resample([sample(0, 1, { loadAverage: null })], 60)[0]?.loadAverage).toBeNull();
  });

  it('the capacity of a step is the one it ended with', () => {
    expect(resample([sample(0, 1, { capacity: 50 }), sample(10, 1, { capacity: 80 })], 60)[0]?.capacity).toBe(80);
  });
});

describe('which samples are read', () => {
  const hours = (count: number): number => count * 3_600;

  it('the coarsest that still resolve the step', () => {
    expect(grainFor(10, hours(1)).stepSeconds).toBe(10);
    expect(grainFor(300, hours(1)).stepSeconds).toBe(60);
    expect(grainFor(86_400, hours(1)).stepSeconds).toBe(900);
    expect(grainFor(1, hours(1)).stepSeconds).toBe(10);
  });

  it('coarser ones for a past the finer ones do not reach', () => {
    expect(grainFor(10, hours(7)).stepSeconds).toBe(60);
    expect(grainFor(10, hours(24 * 30)).stepSeconds).toBe(900);
    expect(grainFor(10, hours(24 * 4_000)).stepSeconds).toBe(900);
  });

  it('by default a plot has a few hundred points', () => {
    for (const span of [hours(1), hours(8), hours(24), hours(24 * 7), hours(24 * 365)]) expect(span / defaultStep(span)).toBeLessThanOrEqual(400);
    expect(defaultStep(hours(1))).toBe(10);
  });
});
