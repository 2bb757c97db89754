import { type ConferenceLevel, Fleet, type MediaServerHealth } from '@nailup/domain';
import { Gate } from '../gate.js';
import { defaultTimings } from '../timings.js';
import type { MediaServerStateRepository } from './media-server-state.repository.js';
import { ServerWatch } from './server-watch.js';

const snapshot = (uniqueid: string) => ({ kind: 'snapshot' as const, legs: [{ uniqueid, conference: 'c1', role: 'agent' as const }], calls: [] });
const closed = { kind: 'closed' as const, refused: false, why: 'The session broke', reason: 'The session broke' };

let mysqlAway: boolean;
/** The process that is written, by the moment of its start. */
let written: string | null;
let endings: (() => void)[];
let told: string[];
let gate: Gate;
let watch: ServerWatch;

const healthAfter: Readonly<Record<string, MediaServerHealth>> = { 'link-lost': 'suspect', refused: 'down' };

const answer = async <T>(what: string, value: T): Promise<T> => {
  await Promise.resolve();
  if (mysqlAway) throw new Error('MySQL is away');
  told.push(what);
  return value;
};

beforeEach(() => {
  jest.useFakeTimers();
  [mysqlAway, written, told, endings] = [false, null, [], []];
  gate = new Gate(2);
  const legs = (conferences: readonly ConferenceLevel[]): string => conferences.flatMap((one) => one.legs).join(' ');
  watch = new ServerWatch('ms-1', 'ms-1', 1, 'healthy', {
    fleet: new Fleet(),
    ledger: {
      observe: ({ complete, conferences }) => answer(`${complete ? 'all' : 'some'}: ${legs(conferences)}`, { orphans: [] }),
      serverFailed: async () => {
        endings.shift()?.();
        return answer('its seats end', 1);
      },
    },
    calls: { observe: async () => ({ orphans: [] }) },
    state: {
      booted: async (_id: string, _epoch: number, _version: string, { mark }: { mark: string }) => {
        const former = await answer('boot', written);
        written = mark;
        return former !== null && former !== mark;
      },
      move: (_id: string, _epoch: number, cause: string) => answer(cause, healthAfter[cause] ?? 'healthy'),
      writeLoad: () => answer('load', undefined),
    } as unknown as MediaServerStateRepository,
    clock: { now: () => Date.now(), monotonic: () => performance.now() },
    timings: defaultTimings(60),
    gate,
    shortGate: new Gate(2, 50),
    log: { log: () => undefined, warn: () => undefined },
    hangUp: () => undefined,
    readSnapshot: () => undefined,
    moved: () => undefined,
    eventCame: () => undefined,
    ourFault: () => null,
  });
});
afterEach(() => {
  watch.stop();
  jest.useRealTimers();
});

const passes = (ms: number) => jest.advanceTimersByTimeAsync(ms);
const opens = (mark = 'noon') => watch.take({ kind: 'opened', boot: { uptimeSeconds: 60, mark }, version: '20.1.0' });
/** It was read, and all of it is written. */
const stands = async (): Promise<void> => {
  opens();
  watch.take(snapshot('1.1'));
  await passes(100);
};

describe('the watch over a media server', () => {
  it('writes what stands there after a session that broke while MySQL was away', async () => {
    await stands();
    mysqlAway = true;
    watch.take(snapshot('1.1'));
    await passes(1_000);
    watch.take(closed);
    opens();
    watch.take(snapshot('1.2'));
    await passes(1_000);
    mysqlAway = false;
    told.length = 0;
    await passes(5_000);
    expect(told).toEqual(['link-lost', 'boot', 'all: 1.2', 'snapshot-read']);
  });

  it('and after one that broke before its snapshot was taken up', async () => {
    await stands();
    told.length = 0;
    watch.take(snapshot('1.1'));
    watch.take(closed);
    opens();
    watch.take(snapshot('1.2'));
    await passes(1_000);
    expect(told).toEqual(['link-lost', 'boot', 'all: 1.2', 'snapshot-read']);
  });

  it('writes no leg of a process that began anew before the seats of the former one have ended', async () => {
    await stands();
    mysqlAway = true;
    watch.take(closed);
    opens();
    watch.take(snapshot('1.1'));
    watch.take(closed);
    opens('midnight');
    watch.take(snapshot('2.1'));
    await passes(1_000);
    mysqlAway = false;
    told.length = 0;
    await passes(5_000);
    expect(told.slice(-4)).toEqual(['boot', 'its seats end', 'all: 2.1', 'snapshot-read']);
    expect(told.filter((one) => one.startsWith('all'))).toHaveLength(1);
  });

  it('ends the seats of a process that is gone also when MySQL goes away between that and its boot', async () => {
    opens();
    await passes(100);
    watch.take(closed);
    endings = [() => (mysqlAway = true)];
    opens('midnight');
    watch.take(snapshot('2.1'));
    await passes(1_000);
    mysqlAway = false;
    told.length = 0;
    await passes(5_000);
    expect(told).toEqual(['its seats end', 'all: 2.1', 'snapshot-read']);
  });

  it('is not well by a snapshot whose session ended while it was written', async () => {
    await stands();
    mysqlAway = true;
    watch.take(snapshot('1.1'));
    await passes(100);
    watch.take(closed);
    mysqlAway = false;
    told.length = 0;
    await passes(2_000);
    watch.tick();
    await passes(100);
    expect(told.sort()).toEqual(['all: 1.1', 'link-lost']);
  });

  it('asks MySQL for nothing more when it is let go of while it waits for its turn', async () => {
    await stands();
    const others: (() => void)[] = [];
    for (let n = 0; n < 2; n += 1) void gate.through(() => new Promise<void>((resolve) => others.push(resolve)));
    watch.take(snapshot('1.1'));
    await passes(100);
    watch.stop();
    told.length = 0;
    for (const end of others) end();
    await passes(100);
    expect(told).toEqual([]);
  });

  it('is known to be gone while what stood there waits for its turn', async () => {
    await stands();
    // Others are written, and MySQL is slow.
    for (let n = 0; n < 2; n += 1) void gate.through(() => new Promise(() => undefined));
    watch.take(snapshot('1.1'));
    await passes(100);
    told.length = 0;
    for (let n = 0; n < 2; n += 1) watch.take({ ...closed, refused: true });
    await passes(100);
    expect(told.slice(-2)).toEqual(['refused', 'its seats end']);
  });
});
