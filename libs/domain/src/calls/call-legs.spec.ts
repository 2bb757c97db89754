import fc from 'fast-check';
import { CallLegs } from './call-legs.js';
import type { CallFact, CallLeg, LegPlaceSeen } from './leg-facts.js';

const leg = (uniqueid: string, place: LegPlaceSeen, conference: string | null = null, callId = 'c1'): { kind: 'call-leg' } & CallLeg => ({ kind: 'call-leg', callId, uniqueid, role: 'client', place, conference });

function after(...facts: CallFact[]): CallLegs {
  const legs = new CallLegs();
  for (const fact of facts) legs.apply(fact);
  return legs;
}

describe('the legs of calls on a media server', () => {
  it('follows a leg from its first sign to the conference, and keeps each step until it is written', () => {
    const legs = after(leg('1', 'coming'), leg('1', 'ringing'), leg('1', 'up'), leg('1', 'conference', 'ann'));
    const level = legs.level('c1');
    expect(level.legs).toEqual([expect.objectContaining({ uniqueid: '1', place: 'conference', conference: 'ann' })]);
    expect(level.news.map((news) => (news.kind === 'stands' ? news.place : news.kind))).toEqual(['coming', 'ringing', 'up', 'conference']);
    legs.apply({ kind: 'call-digit', callId: 'c1', uniqueid: '1', digit: '5' });
    legs.written([level]);
    expect(legs.level('c1').news).toEqual([{ kind: 'digit', uniqueid: '1', digit: '5' }]);
  });

  it('a leg that is handed on to another call leaves the former one, and both are named', () => {
    const legs = after(leg('1', 'conference', 'ann'));
    expect([...legs.apply(leg('1', 'onward', null, 'c2'))]).toEqual(['c2', 'c1']);
    expect(legs.level('c1').legs).toEqual([]);
    expect(legs.level('c2').legs).toEqual([expect.objectContaining({ uniqueid: '1', callId: 'c2', place: 'onward' })]);
  });

  it('what was dialled onward makes news of its own, and a tone makes none', () => {
    const legs = after({ ...leg('o', 'ringing'), role: 'onward' }, { kind: 'call-leg-ended', callId: 'c1', uniqueid: 'o', role: 'onward', cause: 17 }, { ...leg('t', 'up'), role: 'tone' });
    expect(legs.level('c1').news).toEqual([{ kind: 'onward', uniqueid: 'o', place: 'ringing', cause: null }, { kind: 'onward', uniqueid: 'o', place: 'ended', cause: 17 }]);
  });

  it('keeps that a leg is recorded until that is written', () => {
    const legs = after({ kind: 'call-recording', callId: 'c1', uniqueid: '1', recordingId: 'r1' });
    expect(legs.level('c1').news).toEqual([{ kind: 'recording', uniqueid: '1', recordingId: 'r1' }]);
    legs.written(legs.levels());
    expect(legs.levels()).toEqual([]);
  });

  it('remembers why a leg ended until that is written, and nothing of the call after', () => {
    const legs = after(leg('1', 'conference', 'ann'), { kind: 'call-leg-ended', callId: 'c1', uniqueid: '1', role: 'client', cause: 17 });
    expect(legs.level('c1')).toMatchObject({ legs: [], news: [{ kind: 'stands' }, { kind: 'ended', cause: 17 }] });
    legs.written(legs.levels());
    expect(legs.levels()).toEqual([]);
  });

  it('hears the same fact twice without telling it twice', () => {
    expect(after(leg('1', 'ringing')).apply(leg('1', 'ringing'))).toEqual(new Set());
  });

  it('a leg that waits in the queue is not taken out of it by a late word of its answering', () => {
    expect(after(leg('1', 'queue'), leg('1', 'up')).level('c1').legs[0]?.place).toBe('queue');
  });

  it('takes a leave from a conference the leg has left since as old news', () => {
    const legs = after(leg('1', 'conference', 'ann'), leg('1', 'conference', 'bea'), { kind: 'call-leg-left', callId: 'c1', uniqueid: '1', conference: 'ann' });
    expect(legs.level('c1').legs[0]).toMatchObject({ place: 'conference', conference: 'bea' });
  });

  it('the ringing the agent hears and a supervisor make no news, and are seen all the same', () => {
    const legs = after({ ...leg('1', 'conference', 'ann'), role: 'tone' }, { ...leg('2', 'up'), role: 'supervisor' });
    expect(legs.level('c1')).toMatchObject({ legs: [{ role: 'tone' }, { role: 'supervisor' }], news: [] });
    legs.apply({ kind: 'call-leg-ended', callId: 'c1', uniqueid: '1', role: 'tone', cause: 16 });
    expect(legs.level('c1')).toMatchObject({ legs: [{ role: 'supervisor' }], news: [] });
  });

  it('forgets what a snapshot does not list, names every call that may have changed, and keeps the news', () => {
    const legs = after(leg('1', 'queue'), leg('2', 'queue', null, 'c2'));
    expect(legs.snapshot([{ callId: 'c3', uniqueid: '3', role: 'client', place: 'hold', conference: null }])).toEqual(new Set(['c1', 'c2', 'c3']));
    expect(legs.levels().filter((level) => level.legs.length > 0).map(({ callId }) => callId)).toEqual(['c3']);
    expect(legs.level('c1').news).toHaveLength(1);
  });

  it('does not fill the memory with a leg that flaps while nothing can be written', () => {
    const legs = new CallLegs();
    for (let n = 0; n < 5_000; n += 1) legs.apply(leg('1', n % 2 === 0 ? 'hold' : 'queue'));
    expect(legs.level('c1').news.length).toBeLessThanOrEqual(200);
  });
});

const fact: fc.Arbitrary<CallFact> = fc.oneof(
  fc.record({ uniqueid: fc.constantFrom('1', '2', '3'), place: fc.constantFrom('coming', 'ringing', 'up', 'queue', 'hold', 'across') }).map(({ uniqueid, place }) => leg(uniqueid, place as LegPlaceSeen, null, `c${uniqueid}`)),
  fc.record({ uniqueid: fc.constantFrom('1', '2', '3'), conference: fc.constantFrom('ann', 'bea') }).map(({ uniqueid, conference }) => leg(uniqueid, 'conference', conference, `c${uniqueid}`)),
  fc.constantFrom('1', '2', '3').map((uniqueid): CallFact => ({ kind: 'call-leg-ended', callId: `c${uniqueid}`, uniqueid, role: 'client', cause: 16 })),
);

describe('whatever happens on a media server', () => {
  it('a snapshot makes the legs what it lists, whatever was heard before', () => {
    fc.assert(
      fc.property(fc.array(fact, { maxLength: 40 }), fc.array(fact, { maxLength: 10 }), (before, now) => {
        const listed = after(...now).levels().flatMap((level) => level.legs);
        const legs = after(...before);
        legs.snapshot(listed);
        expect(legs.levels().flatMap((level) => level.legs).sort(byId)).toEqual([...listed].sort(byId));
      }),
    );
  });

  it('who has ended stands nowhere, and what was written is not told again', () => {
    fc.assert(
      fc.property(fc.array(fact, { maxLength: 40 }), (facts) => {
        const legs = after(...facts);
        const last = new Map(facts.map((one) => ['uniqueid' in one ? one.uniqueid : '', one.kind]));
        const standing = new Set(legs.levels().flatMap((level) => level.legs.map(({ uniqueid }) => uniqueid)));
        for (const [uniqueid, kind] of last) expect(standing.has(uniqueid)).toBe(kind === 'call-leg');
        legs.written(legs.levels());
        expect(legs.levels().flatMap((level) => level.news)).toEqual([]);
      }),
    );
  });
});

function byId(one: CallLeg, other: CallLeg): number {
  return one.uniqueid < other.uniqueid ? -1 : 1;
}
