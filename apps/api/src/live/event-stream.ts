import type { ServerResponse } from 'node:http';
import type { Caller } from '../identity/caller.js';
import type { LogEvent } from './event-log.js';

/** A reader that takes nothing for this long is cut; it comes back with its cursor and loses nothing. */
const patienceMs = 10_000;

/**
 * One Server-Sent Events response (HTML Living Standard §9.2). At most one batch and the socket's own buffer are ever held for it, and readers who see
 * everything and are equally far hold one batch between them.
 */
export class EventStream {
  /** The last sequence the browser was told, by an event or by a bare id. */
  #told = 0;

  constructor(
    private readonly response: ServerResponse,
    readonly caller: Caller,
  ) {}

  get open(): boolean {
    return !this.response.writableEnded && !this.response.destroyed;
  }

  /** Begins the answer. @param headers what every answer carries */
  begin(headers: Record<string, number | string | string[] | undefined>, cursor: number): void {
    this.response.writeHead(200, { ...headers, 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-store', 'x-accel-buffering': 'no', connection: 'keep-alive' });
    this.#told = cursor;
    // A bare id moves the browser's cursor without an event, so that the first reconnect already has one.
    this.response.write(`: nailup\nid: ${cursor}\n\n`);
  }

  /** The cursor was too old, or not ours: what the reader knows may be wrong; read again, and go on from the head. */
  resync(head: number, at: Date): void {
    this.#told = head;
    this.response.write(`event: resync\nid: ${head}\ndata: ${JSON.stringify({ seq: head, type: 'resync', at: at.toISOString(), subject: '', data: { head } })}\n\n`);
  }

  /** Writes what this caller may see. Resolves when the reader has room again; cuts it when that takes too long. */
  async send(events: readonly LogEvent[]): Promise<void> {
    const visible = this.caller.role === 'agent' ? events.filter(({ agentId }) => agentId === this.caller.agentId) : events;
    const last = visible.at(-1);
    if (last === undefined || !this.open) return;
    this.#told = last.seq;
    if (!this.response.write(visible === events ? whole(events) : framed(visible))) await this.#drained();
  }

  /** A sign of life that scripts can hear too (they never see comments). @param cursor what this reader has been given or may not see */
  ping(cursor: number, at: Date): void {
    if (!this.open) return;
    const id = cursor > this.#told ? `id: ${cursor}\n` : '';
    this.#told = Math.max(this.#told, cursor);
    this.response.write(`${id}event: ping\ndata: ${JSON.stringify({ at: at.toISOString() })}\n\n`);
  }

  /** Sends the reader away. @param retryMs when to come back, spread so that not all come at once */
  end(retryMs?: number): void {
    if (this.open) this.response.end(retryMs === undefined ? '' : `retry: ${Math.round(retryMs)}\n\n`);
  }

  #drained(): Promise<void> {
    return new Promise((resolve) => {
      const settle = (): void => {
        clearTimeout(timer);
        this.response.off('drain', settle).off('close', settle);
        resolve();
      };
      const timer = setTimeout(() => {
        this.response.destroy();
        settle();
      }, patienceMs);
      this.response.once('drain', settle).once('close', settle);
    });
  }
}

/** Written once for all who see everything and are equally far: the tail hands them the same batch. What an agent sees is hers alone. */
const batches = new WeakMap<readonly LogEvent[], Buffer>();

function whole(events: readonly LogEvent[]): Buffer {
  const known = batches.get(events) ?? framed(events);
  batches.set(events, known);
  return known;
}

const framed = (events: readonly LogEvent[]): Buffer => Buffer.from(events.map(frame).join(''));

const frame = ({ seq, type, at, subject, data }: LogEvent): string => `id: ${seq}\nevent: ${type}\ndata: ${JSON.stringify({ seq, type, at, subject, data })}\n\n`;
