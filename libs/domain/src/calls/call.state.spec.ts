import { IllegalMoveError } from '../illegal-move.js';
import { agentHoldingStates, callStates, type CallCause, canMoveCall, liveCallStates, moveCall } from './call.state.js';

const causes: CallCause[] = ['rang', 'offered', 'not-taken', 'joined', 'parted', 'agent-gone', 'over'];

describe('the life of a call', () => {
  it('an agent calls out: it is dialled, rings, is answered, held, resumed and over', () => {
    const told: CallCause[] = ['rang', 'joined', 'parted', 'joined', 'over'];
    expect(told.reduce(moveCall, 'dialing')).toBe('ended');
  });

  it('a caller waits, an agent is offered and does not take it, the next one does and vanishes, and the caller waits again', () => {
    const told: CallCause[] = ['offered', 'not-taken', 'offered', 'joined', 'agent-gone'];
    expect(told.reduce(moveCall, 'queued')).toBe('queued');
  });

  it('can end in every state but the last, and nothing follows the end', () => {
    for (const state of liveCallStates) expect(moveCall(state, 'over')).toBe('ended');
    for (const cause of causes) expect(() => moveCall('ended', cause)).toThrow(IllegalMoveError);
  });

  it('says before what it would refuse', () => {
    for (const state of callStates) {
      for (const cause of causes) {
        if (canMoveCall(state, cause)) expect(callStates).toContain(moveCall(state, cause));
        else expect(() => moveCall(state, cause)).toThrow(IllegalMoveError);
      }
    }
  });

  it('takes an agent in every live state but the queue', () => {
    expect([...agentHoldingStates]).toEqual(liveCallStates.filter((state) => state !== 'queued'));
  });
});
