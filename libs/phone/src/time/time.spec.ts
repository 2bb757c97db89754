import fc from 'fast-check';
import { FakeClock, settled } from '../testing/fake-clock.js';
import { backoffLimits, nextWait } from './backoff.js';
import { startHeart } from './heart.js';
import { pulseTimes, startPulse } from './pulse.js';
import { within } from './within.js';
import { serveTimers, workerClock, type TimerOrder } from './worker-clock.js';

describe('The wait between tries', () => {
  it('never exceeds its cap, stays quick while the agent looks at the screen, and never undercuts what the manager asked for', () => {
    fc.assert(
      fc.property(fc.nat(200), fc.nat(3_600_000), fc.option(fc.nat(300_000)), fc.double({ min: 0, max: 0.999, noNaN: true }), (attempt, troubleMs, retryAfterMs, chance) => {
        const ms = nextWait({ attempt, troubleMs, retryAfterMs }, () => chance);
        if (retryAfterMs === null) expect(ms).toBeLessThanOrEqual(troubleMs < backoffLimits.briskMs ? backoffLimits.briskCapMs : backoffLimits.capMs);
        else expect(ms).toBeGreaterThanOrEqual(Math.min(retryAfterMs, backoffLimits.retryAfterCapMs));
        expect(ms).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  it('is spread over the whole of it, so that a hundred agents do not come back together', () => {
    const at = (chance: number): number => nextWait({ attempt: 10, troubleMs: 60_000, retryAfterMs: null }, () => chance);
    expect([at(0), at(0.5)]).toEqual([0, 10_000]);
  });
});

describe('The heart', () => {
  it('never has two beats under way, however slow the manager is', async () => {
    const clock = new FakeClock();
    let open = 0;
    let most = 0;
    const stop = startHeart(clock, async () => {
      most = Math.max(most, ++open);
      await new Promise<void>((resolve) => clock.setTimeout(resolve, 12_000));
      open -= 1;
    });
    await clock.pass(60_000);
    stop();
    await clock.pass(60_000);
    expect(most).toBe(1);
    expect(clock.pending).toBe(0);
  });
});

describe('The pulse of a line', () => {
  const feel = () => {
    const clock = new FakeClock();
    const asked: number[] = [];
    let silentAt: number | null = null;
    const start = clock.now();
    const pulse = startPulse(clock, () => asked.push(clock.now() - start), () => (silentAt = clock.now() - start));
    return { clock, pulse, asked, silent: () => silentAt };
  };

  it('is missed within two seconds of the last sign of life', async () => {
    const { clock, silent } = feel();
    await clock.pass(6_000);
    expect(silent()).toBe(pulseTimes.everyMs + pulseTimes.answerMs);
    expect(silent()).toBeLessThanOrEqual(2_000);
  });

  it('is felt for as long as every question is answered', async () => {
    const { clock, pulse, asked, silent } = feel();
    for (let second = 0; second < 60; second += 1) {
      await clock.pass(1_000);
      if (asked.length > 0) pulse.heard();
      asked.length = 0;
    }
    expect(silent()).toBeNull();
  });

  it('is felt again before a server is judged after the computer slept', async () => {
    const { clock, pulse, asked, silent } = feel();
    await clock.pass(pulseTimes.everyMs);
    clock.sleep(3_600_000);
    await clock.pass(0);
    expect(silent()).toBeNull();
    expect(asked).toHaveLength(2);
    pulse.heard();
    await clock.pass(pulseTimes.everyMs);
    expect(silent()).toBeNull();
  });

  it('is felt at once when the network changed, and never after the line was hung up', async () => {
    const { clock, pulse, asked, silent } = feel();
    pulse.hurry();
    expect(asked).toEqual([0]);
    pulse.stop();
    pulse.hurry();
    pulse.heard();
    await clock.pass(60_000);
    expect(asked).toEqual([0]);
    expect(silent()).toBeNull();
    expect(clock.pending).toBe(0);
  });
});

it('gives up waiting when it is late, and forgets the timer when it is not', async () => {
  const clock = new FakeClock();
  const late = within(clock, 100, new Promise(() => undefined), () => new Error('late'));
  const outcome = late.catch((error: Error) => error.message);
  await clock.pass(100);
  expect(await outcome).toBe('late');
  expect(await within(clock, 100, Promise.resolve('in time'), () => new Error('late'))).toBe('in time');
  await settled();
  expect(clock.pending).toBe(0);
});

it('keeps time for a hidden page in a worker, and forgets what was called off', async () => {
  const clock = new FakeClock();
  const toPage = new Set<(event: { data: number }) => void>();
  const toWorker = new Set<(event: { data: TimerOrder }) => void>();
  serveTimers({ postMessage: (data) => toPage.forEach((hear) => hear({ data })), addEventListener: (_type, hear) => toWorker.add(hear) }, clock);
  const page = workerClock({ postMessage: (data) => toWorker.forEach((hear) => hear({ data })), addEventListener: (_type, hear) => toPage.add(hear) });
  const rung: string[] = [];
  page.setTimeout(() => rung.push('first'), 1_000);
  const second = page.setTimeout(() => rung.push('second'), 500);
  page.clearTimeout(second);
  await clock.pass(999);
  expect(rung).toEqual([]);
  await clock.pass(1);
  expect(rung).toEqual(['first']);
  expect(clock.pending).toBe(0);
});
