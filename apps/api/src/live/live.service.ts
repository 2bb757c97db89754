import { type BeforeApplicationShutdown, Injectable } from '@nestjs/common';
import { Authenticator } from '../identity/authenticator.js';
import { type Caller, callerKey } from '../identity/caller.js';
import { problem } from '../problem/problem.js';
import { Chance, Clock } from '../time/clock.js';
import { EventHistory } from './event-history.js';
import { EventStream } from './event-stream.js';
import { EventTail } from './event-tail.js';
import { TicketRepository } from './ticket.repository.js';

const pingMs = 10_000;
const mostStreams = 10;
/** When who is sent away comes back: spread, so that not all come at once. */
const comeBackMs = { least: 500, spread: 2_500 };

/** The live streams that are open in this manager. */
@Injectable()
export class LiveService implements BeforeApplicationShutdown {
  readonly #open = new Map<EventStream, () => void>();
  #stopping = false;

  constructor(
    private readonly tail: EventTail,
    private readonly history: EventHistory,
    private readonly tickets: TicketRepository,
    private readonly authenticator: Authenticator,
    private readonly clock: Clock,
    private readonly chance: Chance,
  ) {}

  /** How many streams are open. */
  get streams(): number {
    return this.#open.size;
  }

  /** Takes no more streams, and sends those there are away, one after the other in the course of `overMs` milliseconds. */
  sendAway(overMs: number): void {
    this.#stopping = true;
    for (const stream of this.#open.keys()) setTimeout(() => this.#sendAway(stream), overMs * this.chance.next()).unref();
  }

  beforeApplicationShutdown(): void {
    this.#stopping = true;
    for (const stream of [...this.#open.keys()]) this.#sendAway(stream);
  }

  #sendAway(stream: EventStream): void {
    stream.end(comeBackMs.least + this.chance.next() * comeBackMs.spread);
    this.#open.get(stream)?.();
  }

  /** A ticket that opens the stream for this caller. */
  ticketFor(caller: Caller): Promise<{ ticket: string; expiresAt: Date }> {
    return this.tickets.mint(caller);
  }

  /** Who may open a stream with this ticket. @throws Problem EVENTS.INVALID_TICKET, EVENTS.TOO_MANY_STREAMS, SERVICE.STOPPING */
  async admit(ticket: string | undefined): Promise<Caller> {
    if (this.#stopping) throw problem('SERVICE.STOPPING', { retryAfterSeconds: 1 });
    const holder = ticket === undefined ? null : await this.tickets.holder(ticket);
    const caller = holder === null ? null : await this.authenticator.byId(holder.kind, holder.id);
    if (caller === null) throw problem('EVENTS.INVALID_TICKET');
    const others = [...this.#open.keys()].filter((stream) => callerKey(stream.caller) === callerKey(caller));
    if (others.length >= mostStreams) throw problem('EVENTS.TOO_MANY_STREAMS', { detail: `At most ${mostStreams} at a time.`, retryAfterSeconds: 30 });
    return caller;
  }

  /** Feeds the stream until it closes. @param cursor the last sequence its reader has seen; null for "from now on" */
  async feed(stream: EventStream, cursor: number | null, headers: Record<string, number | string | string[] | undefined>, onClose: (close: () => void) => void): Promise<void> {
    // Counted from the moment it is admitted, so that a burst does not pass the limit while the head is read.
    this.#open.set(stream, () => this.#open.delete(stream));
    const { complete, head } = await this.#reach(cursor).catch((error: unknown) => {
      this.#open.delete(stream);
      throw error;
    });
    const from = complete ? (cursor ?? head) : head;
    stream.begin(headers, from);
    if (!complete) stream.resync(head, new Date(this.clock.now()));
    const subscription = this.tail.subscribe(from, (events) => stream.send(events));
    const pinging = setInterval(() => void this.#check(stream, subscription.cursor), pingMs);
    const close = (): void => {
      clearInterval(pinging);
      subscription.close();
      this.#open.delete(stream);
    };
    this.#open.set(stream, close);
    onClose(close);
    // It may have gone while the head was read.
    if (!stream.open) close();
  }

  async #reach(cursor: number | null): Promise<{ complete: boolean; head: number }> {
    return cursor === null ? { complete: true, head: (await this.history.bounds()).head } : this.history.reaches(cursor);
  }

  /** Says that we are there, and looks whether the reader may still be. */
  async #check(stream: EventStream, cursor: number): Promise<void> {
    const caller = await this.authenticator.byId(stream.caller.kind, stream.caller.id).catch(() => stream.caller);
    if (caller === null || caller.role !== stream.caller.role) stream.end();
    else stream.ping(cursor, new Date(this.clock.now()));
  }
}
