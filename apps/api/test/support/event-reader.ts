import { request } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { call } from './api.js';
import type { RunningManager } from './manager.js';
import { until } from './until.js';

export interface ReadEvent {
  readonly id: string | null;
  readonly event: string;
  readonly data: { seq: number; type: string; at: string; subject: string; data: Record<string, unknown> };
}

/** A reader of the live stream that understands Server-Sent Events as a browser does. */
export interface EventReader {
  readonly status: number;
  readonly contentType: string;
  /** Everything but the signs of life. */
  readonly events: ReadEvent[];
  /** What a browser would send as Last-Event-ID. */
  lastEventId(): string;
  /** The `retry:` the server asked for, or null. */
  retryMs(): number | null;
  ended(): boolean;
  /** Stops reading without hanging up: the reader whose machine has gone to sleep. */
  pause(): void;
  resume(): void;
  close(): void;
}

export async function ticketFor(manager: RunningManager, token: string): Promise<string> {
  return (await call<{ ticket: string }>(manager, 'POST', '/api/v1/events/tickets', { token })).body.ticket;
}

/** Opens a stream. @param search what stands behind /events, as `?ticket=…` */
export async function readEvents(manager: RunningManager, search: string, headers: Record<string, string> = {}): Promise<EventReader> {
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    request({ host: '127.0.0.1', port: manager.port, path: `/api/v1/events${search}`, headers, agent: false }, resolve).on('error', reject).end();
  });
  const events: ReadEvent[] = [];
  let lastEventId = '';
  let retryMs: number | null = null;
  let ended = false;
  let text = '';
  const take = (block: string): void => {
    const fields = new Map(block.split('\n').filter((line) => !line.startsWith(':')).map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)]));
    lastEventId = fields.get('id') ?? lastEventId;
    if (fields.has('retry')) retryMs = Number(fields.get('retry'));
    const data = fields.get('data');
    const event = fields.get('event') ?? 'message';
    if (data !== undefined && event !== 'ping') events.push({ id: fields.get('id') ?? null, event, data: JSON.parse(data) as ReadEvent['data'] });
  };
  response.setEncoding('utf8');
  response.on('data', (chunk: string) => {
    text += chunk;
    for (let at = text.indexOf('\n\n'); at >= 0; at = text.indexOf('\n\n')) {
      take(text.slice(0, at));
      text = text.slice(at + 2);
    }
  });
  response.on('close', () => (ended = true));
  response.on('error', () => (ended = true));
  // The first block tells where the stream begins; until it is there, an event could be missed.
  if (response.statusCode === 200) await until('the stream begins', () => lastEventId !== '');
  return {
    status: response.statusCode ?? 0, contentType: response.headers['content-type'] ?? '', events, lastEventId: () => lastEventId, retryMs: () => retryMs, ended: () => ended,
    pause: () => void response.pause(), resume: () => void response.resume(), close: () => response.destroy(),
  };
}
