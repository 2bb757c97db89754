import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { type ConferenceLevel, placementStates } from '@nailup/domain';
import { compareWithAsterisk, type WrittenSeat } from './ledger-plan.js';
import { shownDigest } from './seat-digest.js';

const here = 'ms-1';

/** As MySQL is asked for it. */
const hasLegs = ({ state, clientLegs }: WrittenSeat): boolean => state === 'connected' || ((state === 'reserved' || state === 'lost') && clientLegs > 0);

/** What `writtenDigestSql` makes of the rows; that MySQL makes the same is shown by resync.int.spec.ts. */
function writtenDigest(written: readonly WrittenSeat[]): string {
  const lines = written
    .filter((seat) => seat.mediaServerId === here && hasLegs(seat))
    .map(({ conference, state, legUniqueid, clientLegs }) => `${conference} ${state} ${legUniqueid ?? ''} ${clientLegs}`);
  return createHash('sha256').update(lines.sort().join('\n')).digest('hex');
}

/** Names of which one begins another, so that their order matters. */
const names = ['b', 'ba', 'b-', 'b1', 'bz', 'c', 'B'];
const plain = fc.record({ leg: fc.constantFrom('1', '2'), clientLegs: fc.nat(1) });
/** Mostly what Asterisk shows is what is written. */
const other = fc.option(fc.record({ legs: fc.subarray(['1', '2', '3']), clientLegs: fc.nat(2) }));
const shows = fc.tuple(fc.nat(6), other).map(([chance, level]) => (chance > 0 ? ('same' as const) : level));
const room = fc.record({
  seat: fc.option(plain),
  state: fc.oneof({ weight: 6, arbitrary: fc.constant('connected' as const) }, { weight: 1, arbitrary: fc.constantFrom(...placementStates) }),
  elsewhere: fc.nat(9).map((one) => one === 0),
  shown: shows,
});
const world = fc.array(room, { maxLength: names.length }).map((rooms) => ({
  written: rooms.flatMap(({ seat, state, elsewhere }, at): WrittenSeat[] =>
    seat ? [{ id: `p${at}`, agentId: 'a', mediaServerId: elsewhere ? 'ms-2' : here, conference: names[at]!, state, legUniqueid: state === 'connected' || state === 'lost' ? seat.leg : null, clientLegs: seat.clientLegs }] : [],
  ),
  shown: rooms.flatMap(({ seat, shown }, at): ConferenceLevel[] => {
    if (typeof shown !== 'string') return shown ? [{ ...shown, conference: names[at]! }] : [];
    return seat ? [{ conference: names[at]!, legs: [seat.leg], clientLegs: seat.clientLegs }] : [];
  }),
}));
/** Of the rows those that a snapshot is compared with are read: whoever is shown, and whoever sits here or has clients. */
const isNothing = (shown: readonly ConferenceLevel[], written: readonly WrittenSeat[]): boolean =>
  Object.values(compareWithAsterisk(here, shown, written.filter((seat) => shown.some(({ conference }) => conference === seat.conference) || hasLegs(seat)))).every((moves: readonly unknown[]) => moves.length === 0);

describe('the digest of what Asterisk shows and of what is written', () => {
  it('is the same only where a comparison seat by seat finds nothing to do', () => {
    let same = 0;
    fc.assert(
      fc.property(world, ({ written, shown }) => {
        if (shownDigest(shown) !== writtenDigest(written)) return;
        same += 1;
        expect(isNothing(shown, written)).toBe(true);
      }),
      { numRuns: 5_000 },
    );
    expect(same).toBeGreaterThan(300);
  });

  it('is the same wherever each seat sits as it is written, in whatever order it is shown', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(names), fc.array(plain, { minLength: 7, maxLength: 7 }), (shownNames, seats) => {
        const shown = shownNames.map((conference, at) => ({ conference, legs: [seats[at]!.leg], clientLegs: seats[at]!.clientLegs }));
        const written = [...shown].reverse().map(({ conference, legs, clientLegs }, at): WrittenSeat => ({ id: `p${at}`, agentId: 'a', mediaServerId: here, conference, state: 'connected', legUniqueid: legs[0]!, clientLegs }));
        expect(shownDigest(shown)).toBe(writtenDigest(written));
      }),
    );
  });

  it('tells two agents who have each other\'s legs from two who have their own', () => {
    const shown = (a: string, b: string): ConferenceLevel[] => [{ conference: 'a', legs: [a], clientLegs: 0 }, { conference: 'b', legs: [b], clientLegs: 0 }];
    expect(shownDigest(shown('1', '2'))).not.toBe(shownDigest(shown('2', '1')));
  });

  it('is none for a picture that has to be looked at: two legs, clients without their agent, a name that could hide another line', () => {
    for (const level of [{ legs: ['1', '2'], clientLegs: 0 }, { legs: [], clientLegs: 1 }, { legs: ['1 0\nb connected 2'], clientLegs: 0 }]) {
      expect(shownDigest([{ conference: 'a', ...level }])).toBeNull();
    }
  });
});
