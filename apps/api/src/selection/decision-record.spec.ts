import { type Candidate, explain } from '@nailup/domain';
import { considered, type DecisionRecord, type FullPicture, paint } from './decision-record.js';

const server = (mediaServerId: string, facts: Partial<Candidate> = {}): Candidate => ({
  mediaServerId, mode: 'active', health: 'healthy', capacity: 10, weight: 1, region: null, seats: 0, reserved: 0, talking: 0, loadAverage: null, ...facts,
});
const nobody = { region: null, exclude: new Set<string>(), failed: new Set<string>() };

function told(candidates: readonly Candidate[], picks: readonly { chosen: string | null; leaves: string | null }[], position: number) {
  const kept = JSON.parse(JSON.stringify(paint(candidates, picks))) as FullPicture;
  const record: DecisionRecord = { policy: 'agents-in-call', chosen: picks[position]!.chosen!, eligibleCount: 1, pictureId: 'p', position, region: null, exclude: [], failed: [] };
  return considered(record, kept);
}

describe('why this media server', () => {
  it('is told again as it was, for servers that agree in everything and servers that differ in everything', () => {
    const alike = [server('a'), server('b'), server('c')];
    const unlike = [
      server('a', { seats: 3, region: 'eu', capacity: 5 }), server('b', { mode: 'draining', weight: 2, loadAverage: 0.5 }),
      server('c', { health: 'down', seats: 9, talking: 2 }), server('d', { capacity: 1, seats: 1, reserved: 1 }),
    ];
    for (const candidates of [alike, unlike]) {
      expect(told(candidates, [{ chosen: 'a', leaves: null }], 0)).toEqual(explain(candidates, nobody, 'agents-in-call', 'a'));
    }
  });

  it('of one who came later in a crowd, with the seats promised to those before her', () => {
    const before = [server('a'), server('b', { seats: 1 })];
    const after = [server('a', { seats: 1, reserved: 1 }), server('b', { seats: 1 })];
    expect(told(before, [{ chosen: 'a', leaves: null }, { chosen: 'b', leaves: null }], 1)).toEqual(explain(after, nobody, 'agents-in-call', 'b'));
  });
});
