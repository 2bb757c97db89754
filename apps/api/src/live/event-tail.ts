import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { Database } from '../database/database.js';
import type { LogEvent } from './event-log.js';

const pollMs = 40;
const retryMs = 250;
const pageSize = 500;
const ringSize = 5_000;
/** Transactions of this manager whose events wait to be handed on. */
const mostRuns = 1_000;

/** Takes a batch in order; the next one waits for the promise, so a slow reader slows nobody but itself. */
export type EventHandler = (events: readonly LogEvent[]) => void | Promise<void>;

export interface Subscription {
  /** The last sequence handed over. */
  readonly cursor: number;
  close(): void;
}

interface Reader extends Subscription {
  cursor: number;
  handler: EventHandler;
  running: boolean;
  closed: boolean;
}

interface EventRow extends Omit<LogEvent, 'data'> {
  readonly data: LogEvent['data'] | string;
}

/**
 * The one poller of the event log in this manager. It keeps the newest events in memory and hands them to live streams and to in-process
 * subscribers; who lags behind the memory is fed from the database, page by page.
 */
@Injectable()
export class EventTail implements OnApplicationBootstrap, OnApplicationShutdown {
  readonly #logger = new Logger(EventTail.name);
  readonly #readers = new Set<Reader>();
  #ring: LogEvent[] = [];
  /** What follows a cursor, so that readers who are equally far hold one batch between them. */
  readonly #batches = new Map<number, readonly LogEvent[]>();
  /** What this manager wrote and has not handed on, in runs without gaps. */
  #own: (readonly LogEvent[])[] = [];
  /** Every event after this one is in the ring. */
  #ringFloor = 0;
  #head = 0;
  #timer: NodeJS.Timeout | undefined;
  #stopped = true;
  #failing = false;

  constructor(private readonly database: Database) {}

  /** The newest sequence this manager has seen. */
  get head(): number {
    return this.#head;
  }

  async onApplicationBootstrap(): Promise<void> {
    const [row] = await this.database.rows<{ seq: number }>('SELECT seq FROM event_head WHERE id = 1');
    this.#head = row?.seq ?? 0;
    this.#ringFloor = this.#head;
    this.#stopped = false;
    this.#schedule(pollMs);
  }

  onApplicationShutdown(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
    for (const reader of this.#readers) reader.closed = true;
    this.#readers.clear();
  }

  /**
   * Hands every event after `from` to `handler`, then the new ones as they are committed (within 50 ms), each once, in order.
   * A handler that throws is logged and has the batch behind it; events older than the retention are silently absent (see EventHistory).
   */
  subscribe(from: number | 'head', handler: EventHandler): Subscription {
    const reader: Reader = {
      cursor: from === 'head' ? this.#head : from,
      handler,
      running: false,
      closed: false,
      close: () => {
        reader.closed = true;
        this.#readers.delete(reader);
      },
    };
    this.#readers.add(reader);
    void this.#feed(reader);
    return reader;
  }

  /**
   * Takes in what this manager has written and committed, so that it need not read it again: handed on with what others wrote before and after.
   * @param events in order and without gaps
   */
  written(events: readonly LogEvent[]): void {
    if (events.length === 0 || this.#stopped) return;
    // More than there is room for is read like everything else.
    if (this.#own.length >= mostRuns) this.#own = [];
    this.#own.push(events);
  }

  async #feed(reader: Reader): Promise<void> {
    if (reader.running) return;
    reader.running = true;
    while (!reader.closed && reader.cursor < this.#head) {
      try {
        const batch = await this.#after(reader.cursor);
        const last = batch.at(-1);
        // Nothing left between the cursor and the head: the retention removed it.
        reader.cursor = last?.seq ?? this.#head;
        if (batch.length > 0 && !reader.closed) await reader.handler(batch);
      } catch (error) {
        this.#logger.error(error instanceof Error ? error : String(error), 'A reader of the event log failed');
        await new Promise((resolve) => setTimeout(resolve, retryMs));
      }
    }
    reader.running = false;
  }

  async #after(cursor: number): Promise<readonly LogEvent[]> {
    if (cursor < this.#ringFloor) return this.#read([[cursor, this.#head]]);
    const start = firstAfter(this.#ring, cursor);
    const batch = this.#batches.get(cursor) ?? this.#ring.slice(start, start + pageSize);
    this.#batches.set(cursor, batch);
    return batch;
  }

  /** @param ranges after and up to which sequence, in order */
  async #read(ranges: readonly (readonly [after: number, upTo: number])[]): Promise<LogEvent[]> {
    const found = await this.database.rows<EventRow>(
      `SELECT seq, type, at, subject, agent_id AS agentId, data FROM event_log WHERE ${ranges.map(() => '(seq > ? AND seq <= ?)').join(' OR ')} ORDER BY seq LIMIT ?`,
      [...ranges.flat(), pageSize],
    );
    return found.map((row) => ({ ...row, data: typeof row.data === 'string' ? (JSON.parse(row.data) as LogEvent['data']) : row.data }));
  }

  #schedule(ms: number): void {
    if (!this.#stopped) this.#timer = setTimeout(() => void this.#poll(), ms);
  }

  async #poll(): Promise<void> {
    // Answers to commits that are waiting in the sockets are heard first: what they tell of need not be read.
    await new Promise((resolve) => setImmediate(resolve));
    if (this.#stopped) return;
    try {
      const own = this.#own.flat().filter(({ seq }) => seq > this.#head).sort((one, other) => one.seq - other.seq);
      const read = await this.#read(gapsBetween(this.#head, own));
      if (this.#failing) this.#logger.log('The event log can be read again');
      this.#failing = false;
      // A sequence is visible only when all before it are: what was written before this was asked, by whomever, is here now, as far as the page goes.
      const upTo = read.length < pageSize ? Infinity : read.at(-1)!.seq;
      const fresh = [...read, ...own.filter(({ seq }) => seq <= upTo)].sort((one, other) => one.seq - other.seq);
      this.#remember(fresh);
      this.#own = this.#own.filter((run) => run.at(-1)!.seq > this.#head);
      this.#schedule(read.length === pageSize ? 0 : pollMs);
    } catch (error) {
      if (!this.#failing) this.#logger.warn(`The event log cannot be read: ${error instanceof Error ? error.message : String(error)}`);
      this.#failing = true;
      this.#schedule(retryMs);
    }
  }

  #remember(fresh: readonly LogEvent[]): void {
    const last = fresh.at(-1);
    if (last === undefined || this.#stopped) return;
    this.#ring.push(...fresh);
    this.#batches.clear();
    this.#head = last.seq;
    if (this.#ring.length > ringSize) {
      const dropped = this.#ring.splice(0, this.#ring.length - ringSize / 2);
      this.#ringFloor = dropped.at(-1)?.seq ?? this.#ringFloor;
    }
    for (const reader of this.#readers) void this.#feed(reader);
  }
}

/** Where the events after `cursor` begin; halving, as every open stream asks at every batch. */
function firstAfter(events: readonly LogEvent[], cursor: number): number {
  let low = 0;
  let high = events.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((events[middle]?.seq ?? 0) > cursor) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** What is not known: between the head and these events, between them, and after the last. @param known in order */
function gapsBetween(head: number, known: readonly LogEvent[]): [after: number, upTo: number][] {
  const gaps: [number, number][] = [];
  let last = head;
  for (const { seq } of known) {
    if (seq > last + 1) gaps.push([last, seq - 1]);
    last = Math.max(last, seq);
  }
  return [...gaps, [last, Number.MAX_SAFE_INTEGER]];
}
