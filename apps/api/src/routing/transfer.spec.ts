import fc from 'fast-check';
import { planTransfer } from './transfer.js';

const call = { mediaServerId: 'A', legUniqueid: 'a1', farMediaServerId: null, farUniqueid: null };
const across = { mediaServerId: 'B', legUniqueid: 'b1', farMediaServerId: 'A', farUniqueid: 'a1' };

describe('the way of a waiting caller to an agent', () => {
  it('on the same media server is into her conference', () => {
    expect(planTransfer(call, 'A')).toEqual({ leg: { mediaServerId: 'A', uniqueid: 'a1' }, across: false, legs: call });
  });

  it('on another media server is across, and the leg that faces the caller stays where it is', () => {
    expect(planTransfer(call, 'B')).toEqual({ leg: { mediaServerId: 'A', uniqueid: 'a1' }, across: true, legs: { ...across, legUniqueid: null } });
  });

  it('of a caller who went across before, is not across once more from there', () => {
    expect(planTransfer(across, 'B')).toEqual({ leg: { mediaServerId: 'B', uniqueid: 'b1' }, across: false, legs: across });
    expect(planTransfer(across, 'C')).toEqual({ leg: { mediaServerId: 'A', uniqueid: 'a1' }, across: true, legs: { ...across, mediaServerId: 'C', legUniqueid: null } });
    expect(planTransfer(across, 'A')).toEqual({ leg: { mediaServerId: 'A', uniqueid: 'a1' }, across: false, legs: call });
  });

  it('is not known before a leg was seen', () => {
    expect(planTransfer({ ...call, legUniqueid: null }, 'A')).toBeNull();
    expect(planTransfer({ ...across, farUniqueid: null, legUniqueid: null }, 'B')).toBeNull();
  });

  it('always sends a leg the caller has, and always ends on the media server of the agent', () => {
    const server = fc.constantFrom('A', 'B', 'C');
    const leg = fc.option(fc.constantFrom('x', 'y'));
    fc.assert(
      fc.property(fc.record({ mediaServerId: server, legUniqueid: leg, farMediaServerId: fc.option(server), farUniqueid: leg }), server, (of, to) => {
        const plan = planTransfer(of, to);
        if (plan === null) return;
        expect([[of.mediaServerId, of.legUniqueid], [of.farMediaServerId, of.farUniqueid]]).toContainEqual([plan.leg.mediaServerId, plan.leg.uniqueid]);
        expect(plan.legs.mediaServerId).toBe(to);
        expect(plan.across).toBe(plan.leg.mediaServerId !== to);
        if (plan.across) expect([plan.legs.farMediaServerId, plan.legs.farUniqueid, plan.legs.legUniqueid]).toEqual([plan.leg.mediaServerId, plan.leg.uniqueid, null]);
      }),
    );
  });
});
