import { Logger } from '@nestjs/common';
import type { Database } from '../database/database.js';
import type { LogEvent } from './event-log.js';
import { EventTail } from './event-tail.js';

/** An event log in memory that answers the two questions the tail asks. */
class FakeLog {
  readonly events: LogEvent[] = [];
  away = false;
  /** The sequences that were read. */
  read: number[] = [];

  write(count: number): LogEvent[] {
    for (let n = 0; n < count; n += 1) this.events.push({ seq: this.events.length + 1, type: 'agent.state', at: new Date(0), subject: 's', agentId: null, data: {} });
    return this.events.slice(-count);
  }

  rows(sql: string, parameters: readonly number[] = []): Promise<unknown[]> {
    if (this.away) return Promise.reject(new Error('away'));
    if (sql.includes('event_head')) return Promise.resolve([{ seq: this.events.length }]);
    const ranges = Array.from({ length: (parameters.length - 1) / 2 }, (_, at) => parameters.slice(2 * at, 2 * at + 2) as [number, number]);
    const found = this.events.filter(({ seq }) => ranges.some(([after, upTo]) => seq > after && seq <= upTo)).slice(0, parameters.at(-1));
    this.read.push(...found.map(({ seq }) => seq));
    return Promise.resolve(found.map((event) => ({ ...event })));
  }
}

beforeAll(() => Logger.overrideLogger(false));

let log: FakeLog;
let tail: EventTail;

beforeEach(async () => {
  jest.useFakeTimers();
  log = new FakeLog();
  log.write(10);
  tail = new EventTail(log as unknown as Database);
  await tail.onApplicationBootstrap();
});

afterEach(() => {
  tail.onApplicationShutdown();
  jest.useRealTimers();
});

const soon = (ms = 1_000): Promise<void> => jest.advanceTimersByTimeAsync(ms);

function read(from: number | 'head', pause: (n: number) => Promise<void> | void = () => undefined): number[] {
  const heard: number[] = [];
  tail.subscribe(from, async (events) => {
    heard.push(...events.map(({ seq }) => seq));
    await pause(heard.length);
  });
  return heard;
}

const range = (from: number, to: number): number[] => Array.from({ length: to - from + 1 }, (_, n) => from + n);

describe('whoever follows the event log', () => {
  it('holds one batch with everybody who is equally far, so that hundreds who read nothing cost no memory of their own', async () => {
    const batches: (readonly LogEvent[])[] = [];
    for (let n = 0; n < 3; n += 1) tail.subscribe('head', (events) => void batches.push(events));
    log.write(5);
    await soon();
    log.write(2);
    await soon();
    expect(batches.map((batch) => batch.map(({ seq }) => seq))).toEqual([...Array(3).fill(range(11, 15)), ...Array(3).fill(range(16, 17))]);
    expect(new Set(batches).size).toBe(2);
  });

  it('hears from the head only what comes', async () => {
    const heard = read('head');
    log.write(3);
    await soon(50);
    expect(heard).toEqual([11, 12, 13]);
  });

  it('hears what was before too, from the database, and then what comes, each once', async () => {
    const heard = read(4);
    log.write(2);
    await soon();
    expect(heard).toEqual(range(5, 12));
  });

  it('hears everything in order through a burst larger than the memory', async () => {
    const heard = read(0);
    const late = read('head');
    log.write(12_000);
    await soon(5_000);
    expect(heard).toEqual(range(1, 12_010));
    expect(late).toEqual(range(11, 12_010));
  });

  it('is not held back by somebody slow, who loses nothing either', async () => {
    const waiting: (() => void)[] = [];
    const slow = read('head', () => new Promise<void>((resolve) => waiting.push(resolve)));
    const quick = read('head');
    for (let n = 0; n < 20; n += 1) {
      log.write(1_000);
      await soon(200);
    }
    expect(quick).toHaveLength(20_000);
    expect(slow.length).toBeLessThan(2_000);
    while (slow.length < 20_000) {
      waiting.splice(0).forEach((resolve) => resolve());
      await soon(50);
    }
    expect(slow).toEqual(range(11, 20_010));
  });

  it('hears the next batch although it stumbled over one', async () => {
    const heard: number[] = [];
    tail.subscribe('head', (events) => {
      heard.push(...events.map(({ seq }) => seq));
      if (heard.length === 1) throw new Error('stumbled');
    });
    log.write(1);
    await soon();
    log.write(1);
    await soon();
    expect(heard).toEqual([11, 12]);
  });

  it('goes on by itself when the database was away', async () => {
    const heard = read('head');
    log.away = true;
    await soon();
    log.write(2);
    log.away = false;
    await soon();
    expect(heard).toEqual([11, 12]);
  });

  it('hears what this manager wrote without its being read again, between what others wrote', async () => {
    const heard = read('head');
    log.write(2);
    const own = log.write(3);
    log.write(2);
    const more = log.write(2);
    // The answer to a commit may overtake the one before.
    tail.written(more);
    tail.written(own);
    await soon();
    expect(heard).toEqual(range(11, 19));
    expect(log.read).toEqual([11, 12, 16, 17]);
  });

  it('hears once what was read before this manager knew that it is its own', async () => {
    const heard = read('head');
    const own = log.write(3);
    await soon();
    tail.written(own);
    log.write(1);
    await soon();
    expect(heard).toEqual(range(11, 14));
  });

  it('hears once what is told of while it is being read', async () => {
    const heard = read('head');
    const own = log.write(700);
    const rows = log.rows.bind(log);
    log.rows = (sql, parameters) => {
      // Told of when the page is on its way, of which it is the beginning and beyond.
      tail.written(own);
      log.rows = rows;
      return rows(sql, parameters);
    };
    await soon();
    log.write(1);
    await soon();
    expect(heard).toEqual(range(11, 711));
  });

  it('hears own events and those of others in order through a burst larger than a page', async () => {
    const heard = read('head');
    for (let n = 0; n < 40; n += 1) {
      log.write(100);
      tail.written(log.write(100));
    }
    await soon(2_000);
    expect(heard).toEqual(range(11, 8_010));
    expect(log.read).toHaveLength(4_000);
  });

  it('hears what was written while the log could not be read, when it can', async () => {
    const heard = read('head');
    log.away = true;
    for (let n = 0; n < 2_000; n += 1) tail.written(log.write(1));
    await soon();
    log.away = false;
    await soon();
    expect(heard).toEqual(range(11, 2_010));
  });

  it('hears nothing after it closed', async () => {
    const heard: number[] = [];
    const subscription = tail.subscribe('head', (events) => void heard.push(...events.map(({ seq }) => seq)));
    subscription.close();
    log.write(1);
    await soon();
    expect(heard).toEqual([]);
  });
});
