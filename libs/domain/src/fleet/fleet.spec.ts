import fc from 'fast-check';

import type { ConferenceLevel, FleetFact, LegRole, ListedLeg } from './facts.js';
import { Fleet } from './fleet.js';

const on = { mediaServerId: 'ms-1' };
const joined = (uniqueid: string, conference: string, role: LegRole = 'agent'): FleetFact => ({
  ...on,
  kind: 'leg-joined',
  uniqueid,
  conference,
  role,
});
const left = (uniqueid: string, conference?: string): FleetFact => ({ ...on, kind: 'leg-left', uniqueid, conference });

function fleetAfter(...facts: FleetFact[]): Fleet {
  const fleet = new Fleet();
  for (const fact of facts) fleet.apply(fact);
  return fleet;
}

describe('what stands on the fleet', () => {
  it('sees an agent alone, then with a client, then alone again', () => {
    const fleet = fleetAfter(joined('1', 'alice'));
    expect(fleet.conference('ms-1', 'alice')).toEqual({ conference: 'alice', legs: ['1'], clientLegs: 0 });
    fleet.apply(joined('2', 'alice', 'client'));
    expect(fleet.conference('ms-1', 'alice')).toEqual({ conference: 'alice', legs: ['1'], clientLegs: 1 });
    fleet.apply(left('2', 'alice'));
    expect(fleet.conference('ms-1', 'alice')).toEqual({ conference: 'alice', legs: ['1'], clientLegs: 0 });
  });

  it('keeps the client in the conference when the agent reloads her page', () => {
    const fleet = fleetAfter(joined('1', 'alice'), joined('2', 'alice', 'client'), left('1', 'alice'));
    expect(fleet.conference('ms-1', 'alice')).toEqual({ conference: 'alice', legs: [], clientLegs: 1 });
  });

  it('an agent who rests outside her conference sits there all the same, also when it ends', () => {
    const fleet = fleetAfter(joined('1', 'alice'), joined('2', 'alice', 'client'));
    fleet.apply({ ...on, kind: 'conference-ended', conference: 'alice' });
    expect(fleet.conference('ms-1', 'alice')).toEqual({ conference: 'alice', legs: ['1'], clientLegs: 0 });
  });

  it('hears the same fact twice without counting it twice', () => {
    const fleet = fleetAfter(joined('1', 'alice'));
    expect(fleet.apply(joined('1', 'alice'))).toEqual(new Set());
    expect(fleet.conference('ms-1', 'alice').legs).toEqual(['1']);
  });

  it('takes a leave from a conference the leg has left since as old news', () => {
    expect(fleetAfter(joined('1', 'alice'), joined('1', 'bob'), left('1', 'alice')).conferences('ms-1')).toEqual([
      { conference: 'bob', legs: ['1'], clientLegs: 0 },
    ]);
  });

  it('forgets what a snapshot does not list and names every conference that may have changed', () => {
    const fleet = fleetAfter(joined('1', 'alice'), joined('2', 'bob'));
    const changed = fleet.apply({ ...on, kind: 'snapshot', legs: [{ uniqueid: '3', conference: 'carol', role: 'agent' }] });
    expect(changed).toEqual(new Set(['alice', 'bob', 'carol']));
    expect(fleet.conferences('ms-1').map(({ conference }) => conference)).toEqual(['carol']);
  });

  it('empties a server that restarted and leaves the others alone', () => {
    const fleet = fleetAfter(joined('1', 'alice'), { ...joined('1', 'bob'), mediaServerId: 'ms-2' } as FleetFact);
    fleet.apply({ ...on, kind: 'server-restarted' });
    expect(fleet.conferences('ms-1')).toEqual([]);
    expect(fleet.conference('ms-2', 'bob').legs).toEqual(['1']);
  });
});

/** What a server does, by itself: each leg comes once and may walk between conferences until it goes. */
const history: fc.Arbitrary<FleetFact[]> = fc
  .array(fc.record({ leg: fc.nat(5), conference: fc.nat(3), end: fc.boolean(), conferenceEnds: fc.boolean() }), { maxLength: 40 })
  .map((steps) => {
    const standing = new Map<string, string>();
    const born = new Map<number, number>();
    return steps.flatMap(({ leg, conference, end, conferenceEnds }): FleetFact[] => {
      const uniqueid = `${leg}.${born.get(leg) ?? 0}`;
      const room = `room-${conference}`;
      const present = standing.get(uniqueid);
      if (present === undefined) {
        standing.set(uniqueid, room);
        return [joined(uniqueid, room, leg % 2 === 0 ? 'agent' : 'client')];
      }
      standing.delete(uniqueid);
      born.set(leg, (born.get(leg) ?? 0) + 1);
      const empties = ![...standing.values()].includes(present);
      if (conferenceEnds && empties) return [left(uniqueid, present), { ...on, kind: 'conference-ended', conference: present }];
      return [end ? left(uniqueid) : left(uniqueid, present)];
    });
  });

/** A plain re-telling of the history, to check the projection against. */
function truth(facts: FleetFact[]): ListedLeg[] {
  const legs = new Map<string, ListedLeg>();
  for (const fact of facts) {
    if (fact.kind === 'leg-joined') legs.set(fact.uniqueid, { uniqueid: fact.uniqueid, conference: fact.conference, role: fact.role });
    if (fact.kind === 'leg-left') legs.delete(fact.uniqueid);
  }
  return [...legs.values()];
}

function standing(fleet: Fleet): ConferenceLevel[] {
  return fleet
    .conferences('ms-1')
    .map((level) => ({ ...level, legs: [...level.legs].sort() }))
    .sort((a, b) => (a.conference < b.conference ? -1 : 1));
}

describe('whatever happens on a server', () => {
  it('a snapshot taken anywhere in between plus the events since it was begun is the truth', () => {
    fc.assert(
      fc.property(history, fc.nat(), fc.nat(), (facts, a, b) => {
        const cut = facts.length === 0 ? 0 : a % (facts.length + 1);
        const begun = cut === 0 ? 0 : b % (cut + 1);
        const fleet = fleetAfter(joined('stale', 'room-0'), joined('ghost', 'nowhere', 'client'));
        fleet.apply({ ...on, kind: 'snapshot', legs: truth(facts.slice(0, cut)) });
        for (const fact of facts.slice(begun)) fleet.apply(fact);
        expect(standing(fleet)).toEqual(standing(fleetAfter({ ...on, kind: 'snapshot', legs: truth(facts) })));
      }),
      { numRuns: 500 },
    );
  });

  it('facts that are dropped, doubled or swapped are made good by the next snapshot', () => {
    fc.assert(
      fc.property(history, fc.infiniteStream(fc.nat(2)), (facts, fates) => {
        const fleet = new Fleet();
        for (const fact of facts) for (let n = fates.next().value as number; n > 0; n -= 1) fleet.apply(fact);
        for (const fact of [...facts].reverse()) fleet.apply(fact);
        fleet.apply({ ...on, kind: 'snapshot', legs: truth(facts) });
        expect(standing(fleet)).toEqual(standing(fleetAfter({ ...on, kind: 'snapshot', legs: truth(facts) })));
      }),
    );
  });
});
