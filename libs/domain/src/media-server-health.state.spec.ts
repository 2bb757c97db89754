import fc from 'fast-check';

import { IllegalMoveError } from './illegal-move.js';
import { type HealthCause, type MediaServerHealth, mediaServerHealths, moveHealth } from './media-server-health.state.js';

const causes: HealthCause[] = ['snapshot-read', 'link-lost', 'answer-late', 'silent-too-long', 'refused', 'unwatched'];

describe('the health of a media server', () => {
  it('is unknown until a whole snapshot was read', () => {
    expect(moveHealth('unknown', 'link-lost')).toBe('unknown');
    expect(moveHealth('unknown', 'snapshot-read')).toBe('healthy');
  });

  it('does not call a server dead for one lost session', () => {
    expect(moveHealth('healthy', 'link-lost')).toBe('suspect');
    expect(() => moveHealth('healthy', 'silent-too-long')).toThrow(IllegalMoveError);
  });

  it('calls it dead at once when nothing listens where it stood', () => {
    expect(moveHealth('suspect', 'refused')).toBe('down');
  });

  it('does not call a box dead that has enrolled and not yet started its Asterisk', () => {
    expect(moveHealth('unknown', 'refused')).toBe('unknown');
    expect(moveHealth('unknown', 'silent-too-long')).toBe('down');
  });

  it('comes back only by a snapshot, whatever happens else', () => {
    fc.assert(
      fc.property(
        fc.constantFrom<MediaServerHealth>('unknown', 'suspect', 'down'),
        fc.array(fc.constantFrom(...causes.filter((cause) => cause !== 'snapshot-read'))),
        (start, history) => {
          const end = history.reduce<MediaServerHealth>(moveHealth, start);
          expect(end).not.toBe('healthy');
          expect(moveHealth(end, 'snapshot-read')).toBe('healthy');
        },
      ),
    );
  });

  it('stays legal whatever comes in whatever order', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...causes)), (history) => {
        let health: MediaServerHealth = 'unknown';
        for (const cause of history) {
          if (health === 'healthy' && cause === 'silent-too-long') {
            expect(() => moveHealth('healthy', cause)).toThrow(IllegalMoveError);
            continue;
          }
          health = moveHealth(health, cause);
          expect(mediaServerHealths).toContain(health);
        }
      }),
    );
  });
});
