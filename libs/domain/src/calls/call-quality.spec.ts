import fc from 'fast-check';
import { type LegSound, qualityOf } from './call-quality.js';

const clean: LegSound = { received: { packets: 1_000, lost: 0, jitterMs: 0 }, sent: { packets: 1_000, lost: 0, jitterMs: 0 }, rttMs: 20 };

describe('how a client leg sounded', () => {
  it('is toll quality when nothing was lost', () => {
    expect(qualityOf(clean)).toEqual({ mos: expect.closeTo(4.39, 1) as number, jitterMs: 0, lossPercent: 0, rttMs: 20 });
  });

  it('is hardly to be borne with a tenth lost and half a second of delay', () => {
    const { mos, lossPercent } = qualityOf({ ...clean, received: { packets: 900, lost: 100, jitterMs: 30 }, rttMs: 800 }) ?? {};
    expect(lossPercent).toBe(10);
    expect(mos).toBeLessThan(2);
  });

  it('is that of the worse direction, and of ours alone when the other side tells nothing', () => {
    expect(qualityOf({ ...clean, sent: { packets: 950, lost: 50, jitterMs: 12.34 } })).toMatchObject({ lossPercent: 5, jitterMs: 12.3 });
    expect(qualityOf({ ...clean, sent: null, rttMs: null })).toMatchObject({ lossPercent: 0, jitterMs: 0, rttMs: null });
  });

  it('is not told of a leg that was hardly there, and never negative', () => {
    expect(qualityOf({ ...clean, received: { packets: 19, lost: 0, jitterMs: 0 } })).toBeNull();
    expect(qualityOf({ ...clean, received: { packets: 100, lost: -3, jitterMs: 0 } })).toMatchObject({ lossPercent: 0 });
  });

  it('never rises by loss, jitter or delay, and stays between 1 and 4.5', () => {
    const sound = fc.record({ lost: fc.nat(5_000), jitterMs: fc.double({ min: 0, max: 500, noNaN: true }), rttMs: fc.double({ min: 0, max: 3_000, noNaN: true }) });
    const mos = ({ lost, jitterMs, rttMs }: { lost: number; jitterMs: number; rttMs: number }) => qualityOf({ received: { packets: 1_000, lost, jitterMs }, sent: null, rttMs })?.mos ?? 0;
    fc.assert(fc.property(sound, sound, (one, more) => {
      const worse = { lost: one.lost + more.lost, jitterMs: one.jitterMs + more.jitterMs, rttMs: one.rttMs + more.rttMs };
      expect(mos(worse)).toBeLessThanOrEqual(mos(one));
      expect(mos(worse)).toBeGreaterThanOrEqual(1);
      expect(mos(one)).toBeLessThanOrEqual(4.5);
    }));
  });
});
