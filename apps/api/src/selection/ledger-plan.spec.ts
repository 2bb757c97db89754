import fc from 'fast-check';
import { type ConferenceLevel, holdsSeat, movePlacement, placementStates, type PlacementState } from '@nailup/domain';
import { compareWithAsterisk, type LedgerPlan, type WrittenSeat } from './ledger-plan.js';

const here = 'ms-1';

const seat: fc.Arbitrary<Omit<WrittenSeat, 'id' | 'conference'>> = fc
  .record({ state: fc.constantFrom(...placementStates), leg: fc.option(fc.constantFrom('1', '2', '3')), clientLegs: fc.nat(2), elsewhere: fc.boolean() })
  .map(({ state, leg, clientLegs, elsewhere }) => ({
    agentId: 'a',
    mediaServerId: elsewhere ? 'ms-2' : here,
    state,
    legUniqueid: state === 'connected' ? (leg ?? '1') : state === 'lost' ? leg : null,
    clientLegs,
  }));
const level = fc.record({ legs: fc.subarray(['1', '2', '3']), clientLegs: fc.nat(2) });
/** Up to a dozen conferences, each written, shown, both or neither. */
const world = fc
  .array(fc.record({ written: fc.option(seat), shown: fc.option(level) }), { maxLength: 12 })
  .map((rooms) => ({
    written: rooms.flatMap(({ written }, at): WrittenSeat[] => (written ? [{ ...written, id: `p${at}`, conference: `c${at}` }] : [])),
    shown: rooms.flatMap(({ shown }, at): ConferenceLevel[] => (shown ? [{ ...shown, conference: `c${at}` }] : [])),
  }));

/** The rows as they are after the plan was written. */
function write(written: readonly WrittenSeat[], plan: LedgerPlan): WrittenSeat[] {
  const after = new Map(written.map((row) => [row.id, row]));
  for (const { seat: row, leg, clientLegs } of plan.joined) after.set(row.id, { ...row, state: movePlacement(row.state, 'joined'), legUniqueid: leg, clientLegs });
  for (const { seat: row, clientLegs } of plan.lost) after.set(row.id, { ...row, state: movePlacement(row.state, 'leg-ended'), legUniqueid: null, clientLegs });
  for (const { seat: row, leg, clientLegs } of plan.adjusted) after.set(row.id, { ...row, legUniqueid: leg, clientLegs });
  return [...after.values()];
}

describe('whatever is written and whatever Asterisk shows', () => {
  it('every move is a legal one, and afterwards who has a leg is connected and who has none is not', () => {
    fc.assert(
      fc.property(world, ({ written, shown }) => {
        const levels = new Map(shown.map((one) => [one.conference, one]));
        for (const row of write(written, compareWithAsterisk(here, shown, written))) {
          if (!holdsSeat(row.state) || row.mediaServerId !== here) continue;
          const legs = levels.get(row.conference)?.legs ?? [];
          if (row.state === 'connected') expect(legs).toContain(row.legUniqueid);
          else expect(legs.filter((leg) => leg !== row.legUniqueid)).toEqual([]);
          expect(row.clientLegs).toBe(levels.get(row.conference)?.clientLegs ?? 0);
        }
      }),
    );
  });

  it('the same picture again changes nothing', () => {
    fc.assert(
      fc.property(world, ({ written, shown }) => {
        const after = write(written, compareWithAsterisk(here, shown, written));
        expect(compareWithAsterisk(here, shown, after)).toMatchObject({ joined: [], lost: [], adjusted: [] });
      }),
    );
  });

  it('no leg sits where nobody is entitled to sit without being named', () => {
    fc.assert(
      fc.property(world, ({ written, shown }) => {
        const { orphans } = compareWithAsterisk(here, shown, written);
        const entitled = new Set(written.filter((row) => row.mediaServerId === here && holdsSeat(row.state)).map(({ conference }) => conference));
        for (const { conference, legs } of shown) {
          if (!entitled.has(conference) && legs.length > 0) expect(orphans).toContainEqual({ conference, legs: [...legs] });
        }
      }),
    );
  });
});

describe('a seat that was lost by silence', () => {
  it('is not brought back by the leg that was silent, which is to be hung up', () => {
    const lost: WrittenSeat = { id: 'p', agentId: 'a', mediaServerId: here, conference: 'c', state: 'lost' satisfies PlacementState, legUniqueid: '1', clientLegs: 0 };
    expect(compareWithAsterisk(here, [{ conference: 'c', legs: ['1'], clientLegs: 0 }], [lost])).toEqual({ joined: [], lost: [], adjusted: [], orphans: [{ conference: 'c', legs: ['1'] }] });
    expect(compareWithAsterisk(here, [{ conference: 'c', legs: ['1', '2'], clientLegs: 0 }], [lost]).joined).toMatchObject([{ leg: '2' }]);
  });
});
