import fc from 'fast-check';
import { canMoveCall, moveCall } from './call.state.js';
import { type CallPicture, type CallStep, judgeNews } from './judge-call.js';
import type { CallNews, LegPlaceSeen } from './leg-facts.js';

const outbound: CallPicture = {
  id: 'c1', direction: 'outbound', state: 'dialing', conference: 'ann', mediaServerId: 'a', legUniqueid: null, farMediaServerId: null, farUniqueid: null,
  mayQueue: false, wasAnswered: false, wantedEnd: null, purpose: null, onwardCause: null,
};
const waiting: CallPicture = { ...outbound, direction: 'inbound', state: 'queued', conference: null, mayQueue: true };
/** The caller waits on a, the agent sits on b. */
const across: CallPicture = { ...waiting, state: 'ringing', conference: 'ann', mediaServerId: 'b', farMediaServerId: 'a', farUniqueid: 'far' };

const stands = (uniqueid: string, place: LegPlaceSeen, conference: string | null = null): CallNews => ({ kind: 'stands', uniqueid, place, conference });
const ended = (uniqueid: string, cause: number | null = 16): CallNews => ({ kind: 'ended', uniqueid, cause });

/** The row after a step, as it would be written; throws on a move the table does not know. */
function follow(call: CallPicture, step: CallStep): CallPicture {
  switch (step.kind) {
    case 'seen':
      return { ...call, legUniqueid: step.uniqueid };
    case 'near-gone':
      return { ...call, legUniqueid: null };
    case 'arrived':
    case 'due':
      return call;
    case 'onward-refused':
      return { ...call, onwardCause: step.cause };
    case 'onward-failed':
      return { ...call, state: moveCall(call.state, call.state === 'answered' ? 'agent-gone' : 'not-taken'), purpose: null };
    case 'end':
      return { ...call, state: moveCall(call.state, 'over') };
    case 'move': {
      const state = moveCall(call.state, step.cause);
      const home = state === 'queued' && call.farMediaServerId !== null ? { mediaServerId: call.farMediaServerId, legUniqueid: call.farUniqueid, farMediaServerId: null, farUniqueid: null } : {};
      return { ...call, ...home, state, wasAnswered: call.wasAnswered || state === 'answered', conference: state === 'queued' ? null : call.conference };
    }
  }
}

function told(call: CallPicture, ...news: [server: string, news: CallNews][]): { call: CallPicture; steps: CallStep[] } {
  const steps: CallStep[] = [];
  let now = call;
  for (const [server, one] of news) {
    for (const step of judgeNews(now, server, one)) {
      steps.push(step);
      now = follow(now, step);
    }
  }
  return { call: now, steps };
}

describe('a number that is called', () => {
  it('rings, is answered when its leg is with the agent, held, and over when they hang up', () => {
    const { steps } = told(outbound, ['a', stands('c1', 'coming')], ['a', stands('c1', 'ringing')], ['a', stands('c1', 'up')], ['a', stands('c1', 'conference', 'ann')], ['a', stands('c1', 'hold')], ['a', ended('c1')]);
    expect(steps.filter(({ kind }) => kind === 'move' || kind === 'end')).toEqual([
      { kind: 'move', cause: 'rang' }, { kind: 'move', cause: 'joined' }, { kind: 'move', cause: 'parted' }, { kind: 'end', reason: 'caller-hung-up', cause: 16 },
    ]);
  });

  it('is answered also when nobody heard it ring, and is not by a leg in somebody else\'s conference', () => {
    expect(told(outbound, ['a', stands('c1', 'conference', 'ann')]).call).toMatchObject({ state: 'answered', legUniqueid: 'c1' });
    expect(told(outbound, ['a', stands('c1', 'conference', 'bea')]).call.state).toBe('dialing');
  });

  it('that could not be dialled is over; where its leg was seen, the leg says why', () => {
    expect(told(outbound, ['a', { kind: 'dial-failed', cause: null }]).steps).toEqual([{ kind: 'due', seconds: 2 }]);
    expect(told(outbound, ['a', { kind: 'dial-failed', cause: null }], ['a', { kind: 'ended', uniqueid: 'c1', cause: 17 }]).steps.at(-1)).toEqual({ kind: 'end', reason: 'busy', cause: 17 });
    expect(told(outbound, ['a', stands('c1', 'ringing')], ['a', { kind: 'dial-failed', cause: null }]).call.state).toBe('ringing');
    expect(told(outbound, ['b', { kind: 'dial-failed', cause: 17 }]).steps).toEqual([]);
  });

  it('whose leg is on another media server than it was ordered on is none of its own', () => {
    expect(told(outbound, ['b', stands('c1', 'ringing')], ['b', ended('c1')]).steps).toEqual([]);
  });

  it('is not answered, nor over, by a channel that carries its variables and not its id', () => {
    expect(told(outbound, ['a', stands('ghost', 'up')], ['a', stands('ghost', 'conference', 'ann')], ['a', ended('ghost', 0)]).steps).toEqual([]);
  });

  it('a second leg beside the known one changes nothing', () => {
    expect(told({ ...outbound, state: 'answered', legUniqueid: 'c1' }, ['a', stands('2', 'hold')], ['a', ended('2')]).steps).toEqual([]);
  });
});

describe('a caller who waits', () => {
  it('is expected no longer once the leg is in the queue, and gave up when it ends', () => {
    const { steps } = told(waiting, ['a', stands('1', 'queue')], ['a', ended('1')]);
    expect(steps).toEqual([{ kind: 'seen', uniqueid: '1' }, { kind: 'arrived' }, { kind: 'end', reason: 'abandoned', cause: 16 }]);
  });

  it('who hangs up in the queue or on hold has hung up, whatever number Asterisk has for it', () => {
    expect(judgeNews({ ...waiting, legUniqueid: 'near' }, 'a', ended('near', 0))).toEqual([{ kind: 'end', reason: 'abandoned', cause: 16 }]);
    expect(judgeNews({ ...outbound, state: 'held', wasAnswered: true, legUniqueid: 'c1' }, 'a', ended('c1', 0))).toEqual([{ kind: 'end', reason: 'caller-hung-up', cause: 16 }]);
    expect(judgeNews({ ...outbound, legUniqueid: 'c1' }, 'a', ended('c1', 0))).toEqual([{ kind: 'end', reason: 'congestion', cause: 0 }]);
  });

  it('is not taken back from an agent by standing in the queue still', () => {
    const offered: CallPicture = { ...waiting, state: 'ringing', conference: 'ann', legUniqueid: '1' };
    expect(told(offered, ['a', stands('1', 'queue')]).steps).toEqual([]);
    expect(told(offered, ['a', stands('1', 'conference', 'ann')]).call.state).toBe('answered');
  });

  it('is back in the queue when the dialplan says so of a call that was answered', () => {
    expect(told({ ...waiting, state: 'answered', conference: 'ann', legUniqueid: '1' }, ['a', stands('1', 'queue')]).call.state).toBe('queued');
  });
});

describe('a caller who waits on one media server for an agent on another', () => {
  it('is answered by the leg that joins there, and over when either leg ends', () => {
    const joined = told(across, ['a', stands('far', 'across')], ['b', stands('near', 'up')], ['b', stands('near', 'conference', 'ann')]).call;
    expect(joined).toMatchObject({ state: 'answered', legUniqueid: 'near' });
    expect(told(joined, ['a', ended('far')]).call.state).toBe('ended');
    expect(told(joined, ['b', ended('near')]).call.state).toBe('ended');
  });

  it('waits again at once when the way across has failed; said late, it is not taken from the agent', () => {
    const failed: CallNews = { kind: 'across-failed', uniqueid: 'far' };
    expect(judgeNews(across, 'a', failed)).toEqual([{ kind: 'move', cause: 'not-taken' }]);
    expect(judgeNews({ ...across, mayQueue: false }, 'a', failed)).toEqual([{ kind: 'onward-failed' }]);
    for (const state of ['queued', 'answered', 'held', 'ended'] as const) expect(judgeNews({ ...across, state }, 'a', failed)).toEqual([]);
    expect(judgeNews(across, 'a', { ...failed, uniqueid: 'another' })).toEqual([]);
    expect(judgeNews(across, 'b', failed)).toEqual([]);
  });

  it('goes on waiting when the second leg goes before it met the agent', () => {
    const { call, steps } = told(across, ['b', stands('near', 'up')], ['b', ended('near', 21)]);
    expect(call).toMatchObject({ state: 'ringing', legUniqueid: null });
    expect(steps.at(-1)).toEqual({ kind: 'near-gone' });
    expect(told(call, ['a', ended('far')]).call.state).toBe('ended');
  });

  it('waits again where the first leg is when the agent has left the call', () => {
    const talking: CallPicture = { ...across, state: 'answered', legUniqueid: 'near', wasAnswered: true };
    expect(told(talking, ['a', stands('far', 'queue')]).call).toMatchObject({ state: 'queued', mediaServerId: 'a', legUniqueid: 'far', farUniqueid: null });
  });
});

describe('a caller who is handed on', () => {
  const talking: CallPicture = { ...outbound, state: 'answered', legUniqueid: 'c1', wasAnswered: true };
  const handedOn: CallPicture = { ...talking, state: 'ringing', conference: 'bea', mayQueue: true };

  it('to another agent is on the way until the leg is with her, whatever is still seen of the first one', () => {
    const { call, steps } = told(handedOn, ['a', stands('c1', 'conference', 'ann')], ['a', stands('c1', 'up')], ['a', stands('c1', 'ringing')], ['a', stands('c1', 'hold')]);
    expect([call.state, steps]).toEqual(['ringing', []]);
    expect(told(call, ['a', stands('c1', 'conference', 'bea')]).call.state).toBe('answered');
  });

  it('and hangs up on the way has hung up, and was not missed', () => {
    expect(told(handedOn, ['a', ended('c1')]).steps).toEqual([{ kind: 'end', reason: 'caller-hung-up', cause: 16 }]);
  });

  const onward: CallPicture = { ...outbound, id: 'c2', conference: null, legUniqueid: 'c1', purpose: 'onward' };
  const other = (place: LegPlaceSeen | 'ended', cause: number | null = null): CallNews => ({ kind: 'onward', uniqueid: 'o', place, cause });

  it('to a number is through when that leg is answered, and over when the leg of the caller is', () => {
    const { steps } = told(onward, ['a', stands('c1', 'onward')], ['a', other('coming')], ['a', other('ringing')], ['a', other('up')], ['a', other('ended', 16)], ['a', ended('c1')]);
    expect(steps).toEqual([{ kind: 'arrived' }, { kind: 'move', cause: 'rang' }, { kind: 'move', cause: 'joined' }, { kind: 'end', reason: 'caller-hung-up', cause: 16 }]);
  });

  it('to a number that is busy comes back, and the reason is kept for the end', () => {
    const { call, steps } = told(onward, ['a', stands('c1', 'onward')], ['a', other('ended', 17)], ['a', stands('c1', 'queue')]);
    expect(steps).toEqual([{ kind: 'arrived' }, { kind: 'onward-refused', cause: 17 }, { kind: 'onward-failed' }]);
    expect(call.state).toBe('queued');
    expect(told(call, ['a', ended('c1', 16)]).steps).toEqual([{ kind: 'end', reason: 'busy', cause: 17 }]);
  });

  it('to a number is not taken for answered by where the leg stood before', () => {
    expect(told(onward, ['a', stands('c1', 'conference', 'ann')], ['a', stands('c1', 'hold')], ['b', other('up')]).steps).toEqual([]);
  });
});

describe('a consultation', () => {
  const consulting: CallPicture = { ...outbound, id: 'c2', state: 'ringing', conference: 'bea', mediaServerId: 'b', farMediaServerId: 'a', farUniqueid: 'c2', purpose: 'consultation' };

  it('begins when the leg is with the colleague, also where both sit on one media server, and ends with either leg', () => {
    for (const server of ['a', 'b']) {
      const asked = { ...consulting, mediaServerId: server };
      const { call } = told(asked, ['a', stands('c2', 'ringing')], [server, stands('near', 'conference', 'bea')], ['a', stands('c2', 'conference', 'ann')]);
      expect(call).toMatchObject({ state: 'answered', legUniqueid: 'near' });
      expect(told(call, ['a', ended('c2')]).call.state).toBe('ended');
      expect(told(call, [server, ended('near')]).call.state).toBe('ended');
    }
  });

  it('that could not be dialled is over in a moment', () => {
    expect(told(consulting, ['a', { kind: 'dial-failed', cause: null }]).steps).toEqual([{ kind: 'due', seconds: expect.any(Number) }]);
    expect(told(consulting, ['b', { kind: 'dial-failed', cause: null }]).steps).toEqual([]);
  });
});

const anyNews: fc.Arbitrary<[string, CallNews]> = fc.tuple(
  fc.constantFrom('a', 'b', 'c'),
  fc.oneof(
    fc.tuple(fc.constantFrom('near', 'far', 'other', 'c1'), fc.constantFrom<LegPlaceSeen>('coming', 'ringing', 'up', 'queue', 'hold', 'across', 'onward')).map(([uniqueid, place]) => stands(uniqueid, place)),
    fc.tuple(fc.constantFrom('near', 'far', 'other', 'c1'), fc.constantFrom('ann', 'bea')).map(([uniqueid, conference]) => stands(uniqueid, 'conference', conference)),
    fc.tuple(fc.constantFrom('near', 'far', 'other', 'c1'), fc.option(fc.nat(127))).map(([uniqueid, cause]) => ended(uniqueid, cause)),
    fc.constant<CallNews>({ kind: 'dial-failed', cause: null }),
    fc.constantFrom<LegPlaceSeen | 'ended'>('ringing', 'up', 'ended').map((place): CallNews => ({ kind: 'onward', uniqueid: 'other', place, cause: 17 })),
    fc.constant<CallNews>({ kind: 'recording', uniqueid: 'near', recordingId: 'r1' }),
    fc.constant<CallNews>({ kind: 'across-failed', uniqueid: 'far' }),
    fc.constant<CallNews>({ kind: 'digit', uniqueid: 'near', digit: '1' }),
  ),
);

const beginnings: readonly CallPicture[] = [
  outbound, waiting, across, { ...outbound, legUniqueid: 'near', conference: null, purpose: 'onward' },
  { ...across, direction: 'outbound', mayQueue: false, farUniqueid: 'c1', purpose: 'consultation' },
];

describe('news in any order, doubled, late or of other legs', () => {
  it('lead to legal moves only and to one end at most, after which nothing follows', () => {
    fc.assert(
      fc.property(fc.constantFrom(...beginnings), fc.array(anyNews, { maxLength: 30 }), (begin, news) => {
        let call = begin;
        let ends = 0;
        for (const [server, one] of news) {
          for (const step of judgeNews(call, server, one)) {
            expect(call.state).not.toBe('ended');
            if (step.kind === 'move') expect(canMoveCall(call.state, step.cause)).toBe(true);
            if (step.kind === 'end') ends += 1;
            call = follow(call, step);
          }
        }
        expect(ends).toBe(call.state === 'ended' ? 1 : 0);
      }),
      { numRuns: 2_000 },
    );
  });

  it('no call stays open whose legs have all ended', () => {
    fc.assert(
      fc.property(fc.constantFrom(...beginnings), fc.array(anyNews, { maxLength: 30 }), (begin, news) => {
        const { call } = told(begin, ...news);
        const legs: [string, CallNews][] = [[call.mediaServerId ?? '', ended(call.legUniqueid ?? 'c1')], ...(call.farUniqueid === null ? [] : [[call.farMediaServerId ?? '', ended(call.farUniqueid)] as [string, CallNews]])];
        expect(told(call, ...legs).call.state).toBe('ended');
      }),
      { numRuns: 1_000 },
    );
  });
});
