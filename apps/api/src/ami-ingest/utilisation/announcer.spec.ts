import { Announcer } from './announcer.js';
import type { Utilisation } from './utilisation.repository.js';

const level = (agentsInCall: number): Utilisation => ({ agentsInCall, reserved: 0, talking: 0, capacity: 100, ratio: agentsInCall / 100 });

describe('telling the utilisation of media servers', () => {
  let now = 0;
  let agents = 0;
  let told: [string, number][] = [];
  const announcer = (): Announcer =>
    new Announcer(
      {
        of: async (ids) => new Map(ids.map((id) => [id, level(agents)])),
        tell: async (news) => void told.push(...[...news].map(([id, { agentsInCall }]) => [id, agentsInCall] as [string, number])),
      },
      1_000,
      () => now,
    );

  beforeEach(() => {
    [now, agents, told] = [0, 0, []];
  });

  it('says it at once, and then not again within a second however much moves', async () => {
    const one = announcer();
    for (now = 0; now < 1_000; now += 100) {
      agents += 1;
      one.moved('s1');
      await one.tick();
    }
    expect(told).toEqual([['s1', 1]]);
    now = 1_000;
    await one.tick();
    expect(told).toEqual([['s1', 1], ['s1', 10]]);
  });

  it('says nothing when it came out the same', async () => {
    const one = announcer();
    one.moved('s1');
    await one.tick();
    now = 5_000;
    one.moved('s1');
    await one.tick();
    expect(told).toHaveLength(1);
  });
});
