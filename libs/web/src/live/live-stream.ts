import { explain, type Explanation } from '../problem/explain.js';
import { backoffMs } from '../time/backoff.js';
import { browserClock, type Clock } from '../time/clock.js';

/** One entry of the manager's event log. */
export interface LiveEvent {
  seq: number;
  type: string;
  at: string;
  /** Id of what it happened to. */
  subject: string;
  data: Record<string, unknown>;
}

export interface LiveState {
  phase: 'stopped' | 'connecting' | 'live' | 'away';
  /** Epoch ms of the last sign of life of the stream: data older than this may have changed unseen. */
  heardAt: number | null;
  /** Why the stream is away, for the person who wonders. */
  why: Explanation | null;
}

/** What of an EventSource is used here. */
export interface EventSourceLike {
  addEventListener(type: string, listener: (event: MessageEvent<string>) => void): void;
  close(): void;
}

export interface LiveStreamOptions {
  /** Mints a one-minute ticket: EventSource cannot send a header, and a token must never stand in a URL. */
  ticket: () => Promise<string>;
  /** Event types to listen for. EventSource drops a type nobody named. */
  types: readonly string[];
  url?: string;
  open?: (url: string) => EventSourceLike;
  clock?: Clock;
  random?: () => number;
}

export interface LiveStream {
  start(): void;
  stop(): void;
  getState(): LiveState;
  subscribe(listener: () => void): () => void;
  /** Every event once, in order of `seq`. */
  onEvent(listener: (event: LiveEvent) => void): () => void;
  /** What was read before may have changed unseen: read it again. Fires at the first opening and when the cursor was too old. */
  onResync(listener: () => void): () => void;
}

// The manager says `ping` every ten seconds; a stream silent for this long is dead, whatever TCP believes.
const silenceMs = 25_000;

/** The manager's event log as it grows, over Server-Sent Events. Comes back by itself, each time with a new ticket and the last `seq`. */
export function createLiveStream(options: LiveStreamOptions): LiveStream {
  const { url = '/api/v1/events', clock = browserClock, random = Math.random } = options;
  const open = options.open ?? ((address: string) => new EventSource(address) as EventSourceLike);
  const listeners = new Set<() => void>();
  const onEvents = new Set<(event: LiveEvent) => void>();
  const onResyncs = new Set<() => void>();
  let state: LiveState = { phase: 'stopped', heardAt: null, why: null };
  let lastSeq = 0;
  let attempt = 0;
  let opened = false;
  /** Grows with every connection, so that a late word of an older one is ignored. */
  let turn = 0;
  let close = (): void => undefined;
  let callOff = (): void => undefined;

  const set = (next: Partial<LiveState>): void => {
    state = { ...state, ...next };
    for (const listener of listeners) listener();
  };

  const resync = (): void => {
    for (const listener of onResyncs) listener();
  };

  const heard = (): void => {
    attempt = 0;
    callOff();
    callOff = clock.after(silenceMs, () => comeBack(null));
    set({ phase: 'live', heardAt: clock.now(), why: null });
  };

  const comeBack = (error: unknown): void => {
    turn += 1;
    close();
    callOff();
    set({ phase: 'away', why: error === null ? null : explain(error) });
    callOff = clock.after(backoffMs(attempt++, random), () => void connect());
  };

  const receive = (message: MessageEvent<string>): void => {
    heard();
    const event = JSON.parse(message.data) as LiveEvent;
    if (event.seq <= lastSeq) return;
    lastSeq = event.seq;
    for (const listener of onEvents) listener(event);
  };

  const connect = async (): Promise<void> => {
    const mine = ++turn;
    if (state.phase !== 'away') set({ phase: 'connecting' });
    try {
      const query = new URLSearchParams({ ticket: await options.ticket() });
      if (mine !== turn) return;
      if (lastSeq > 0) query.set('lastEventId', String(lastSeq));
      const source = open(`${url}?${query.toString()}`);
      close = () => source.close();
      const only = (work: (message: MessageEvent<string>) => void) => (message: MessageEvent<string>) => {
        if (mine === turn) work(message);
      };
      source.addEventListener('open', only(() => {
        heard();
        // Without a cursor nothing tells what was missed.
        if (!opened || lastSeq === 0) resync();
        opened = true;
      }));
      // EventSource would try again with the same, spent ticket: close it and take a new one.
      source.addEventListener('error', only(() => comeBack(null)));
      source.addEventListener('ping', only((message) => {
        heard();
        // Events that are not for this person move the cursor too.
        lastSeq = Math.max(lastSeq, Number(message.lastEventId) || 0);
      }));
      source.addEventListener('resync', only((message) => {
        heard();
        lastSeq = headOf(message) ?? lastSeq;
        resync();
      }));
      for (const type of options.types) source.addEventListener(type, only(receive));
    } catch (error) {
      if (mine === turn) comeBack(error);
    }
  };

  return {
    start() {
      if (state.phase === 'stopped') void connect();
    },
    stop() {
      turn += 1;
      close();
      callOff();
      // Who starts it again may be somebody else, who has read nothing yet.
      opened = false;
      set({ phase: 'stopped', why: null });
    },
    getState: () => state,
    subscribe: (listener) => keep(listeners, listener),
    onEvent: (listener) => keep(onEvents, listener),
    onResync: (listener) => keep(onResyncs, listener),
  };
}

function keep<T>(set: Set<T>, entry: T): () => void {
  set.add(entry);
  return () => set.delete(entry);
}

/** `resync` carries the head of the log, as the id and in its data. */
function headOf(message: MessageEvent<string>): number | null {
  const head = Number(message.lastEventId || (JSON.parse(message.data || '{}') as { seq?: number }).seq);
  return Number.isFinite(head) && head > 0 ? head : null;
}
