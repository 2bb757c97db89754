import fc from 'fast-check';
import type { AmiMessage } from '@nailup/ami';
import { CallLegs, Fleet } from '@nailup/domain';
import { type Asks, type Believer, deeds, playTrace, runTraces, type Standing, type StandingCall } from '@nailup/pool-simulator';
import { readEverything } from './read-server.js';
import { translateCall } from './translate-calls.js';
import { translate } from './translate.js';

const mediaServerId = 'ms1';
/** Random histories beside those that fast-check makes; 100,000 of them are the promise of the pool. */
const traces = Number(process.env['NAILUP_TRACES'] ?? 300);

/** The path of a fact in a manager, without wire and database. */
class Manager implements Believer {
  private readonly fleet = new Fleet();
  private readonly legs = new CallLegs();
  private meanwhile: AmiMessage[] | null = null;

  hear(event: AmiMessage): void {
    if (this.meanwhile !== null) return void this.meanwhile.push(event);
    const fact = translate(mediaServerId, event);
    if (fact !== null) this.fleet.apply(fact);
    const call = translateCall(event);
    if (call !== null) this.legs.apply(call);
  }

  async read(server: Asks): Promise<void> {
    this.meanwhile = [];
    const { legs, calls } = await readEverything(server);
    this.fleet.apply({ kind: 'snapshot', mediaServerId, legs });
    this.legs.snapshot(calls);
    const heard = this.meanwhile;
    this.meanwhile = null;
    for (const event of heard) this.hear(event);
  }

  seats(): Standing[] {
    return this.fleet.conferences(mediaServerId).map(({ conference, legs, clientLegs }) => ({ conference, agentLegs: [...legs].sort(), clientLegs }));
  }

  calls(): StandingCall[] {
    return this.legs
      .levels()
      .flatMap(({ legs }) =>
        legs.filter(({ place }) => place !== 'coming').map(({ callId, uniqueid, role, place, conference }) => ({ callId, uniqueid, role, place, conference })),
      );
  }
}

describe('what a manager believes of a media server whose events are dropped, doubled and swapped', () => {
  it('is the truth once it has read the server anew, whatever happened on it', async () => {
    const steps = fc.array(fc.record({ deed: fc.constantFrom(...deeds), who: fc.nat(999) }), { maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(steps, fc.nat(), async (history, seed) => {
        expect(await playTrace(history, seed, { drop: 0.3, double: 0.3, swap: 0.3 }, new Manager())).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });

  it(`is the truth after ${traces} random histories with 5 % of each`, async () => {
    const { diverged, events } = await runTraces({ traces }, () => new Manager());
    expect(diverged).toEqual([]);
    expect([events.dropped, events.doubled, events.swapped].every((count) => count > traces / 4)).toBe(true);
  }, 600_000);
});
