import fc from 'fast-check';

import { IllegalMoveError } from './illegal-move.js';
import {
  holdsSeat,
  movePlacement,
  type PlacementCause,
  type PlacementState,
  placementStates,
  placementStatesBefore,
  releaseReason,
} from './placement.state.js';

const causes: PlacementCause[] = [
  'joined',
  'leg-ended',
  'silent',
  'not-taken-up',
  'grace-ran-out',
  'given-up',
  'moved',
  'failure-reported',
  'evicted',
  'server-failed',
];

describe('a placement', () => {
  it.each<[string, PlacementCause[], PlacementState]>([
    ['is connected once the agent sits there', ['joined'], 'connected'],
    ['expires when nobody comes', ['not-taken-up'], 'expired'],
    ['survives a reload of the page', ['joined', 'leg-ended', 'joined'], 'connected'],
    ['ends when nobody comes back from a closed tab', ['joined', 'leg-ended', 'grace-ran-out'], 'released'],
    ['is lost when the browser falls silent', ['joined', 'silent'], 'lost'],
    ['ends with its media server', ['joined', 'server-failed'], 'released'],
    ['ends when the agent moves', ['moved'], 'released'],
  ])('%s', (_, history, state) => {
    expect(history.reduce<PlacementState>(movePlacement, 'reserved')).toBe(state);
  });

  it('never rises again once it ended', () => {
    for (const ended of ['released', 'expired'] as const) {
      for (const cause of causes) expect(() => movePlacement(ended, cause)).toThrow(IllegalMoveError);
    }
  });

  it('stays legal whatever comes in whatever order: a move is in the table or it throws and changes nothing', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...causes)), (history) => {
        let state: PlacementState = 'reserved';
        for (const cause of history) {
          const before = placementStatesBefore(cause);
          if (before.includes(state)) {
            const held = holdsSeat(state);
            state = movePlacement(state, cause);
            expect(placementStates).toContain(state);
            expect(held).toBe(true);
          } else {
            const now = state;
            expect(() => movePlacement(now, cause)).toThrow(IllegalMoveError);
          }
        }
      }),
    );
  });

  it('names its end in the words of the contract', () => {
    expect(releaseReason('server-failed')).toBe('media_server_failed');
    expect(releaseReason('grace-ran-out')).toBe('grace_ran_out');
  });
});
