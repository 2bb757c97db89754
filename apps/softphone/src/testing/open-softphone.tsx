import type { AudioDevices, Phone, PhonePicture } from '@nailup/phone';
import { blankPicture } from '@nailup/phone';
import { createLiveStream, createSession, type EventSourceLike } from '@nailup/web';
import { FakeManager, json, refusal } from '@nailup/web/testing';
import { act, configure, render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { App } from '../app.js';
import { callEvents } from '../calls/call-events.js';
import { restCalls, type Call, type Settings } from '../calls/manager-calls.js';
import { dutyEvents, restDuty, restTicket } from '../line/duty.js';
import type { AgentLine } from '../line/make-line.js';
import { ManagerClock } from '../line/manager-clock.js';
import { OnlineWish } from '../line/online-wish.js';

// A page under jsdom on a busy machine takes its time; a fact is waited for, never a moment.
configure({ asyncUtilTimeout: 10_000 });
// Said here as well as in the room's own configuration, which a run from the root of the house does not read.
jest.setTimeout(30_000);

/** A phone that shows what it is told to show and remembers what it was asked for. */
class ShownPhone {
  #picture: PhonePicture = blankPicture(Date.now());
  readonly #listeners = new Set<() => void>();
  readonly goOnline = jest.fn();
  readonly leave = jest.fn(async () => undefined);
  readonly tryNow = jest.fn();
  readonly setMuted = jest.fn();
  readonly dtmf = jest.fn(() => true);

  picture = (): PhonePicture => this.#picture;

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  show(changes: Partial<PhonePicture>): void {
    act(() => {
      this.#picture = { ...this.#picture, ...changes };
      for (const listener of this.#listeners) listener();
    });
  }
}

/** The manager's end of the live stream. */
class ShownEvents implements EventSourceLike {
  readonly #listeners = new Map<string, (event: MessageEvent<string>) => void>();
  #seq = 0;
  addEventListener = (type: string, listener: (event: MessageEvent<string>) => void): void => void this.#listeners.set(type, listener);
  close = (): void => this.#listeners.clear();

  /** Says that the state of this agent is now another one. */
  say(agentId: string, data: { state: string; reason: string | null; stateSince: string; stateSetBy?: string; wrapUpUntil?: string | null }): void {
    this.tell('agent.state', agentId, data, data.stateSince);
  }

  /** Says that something happened. */
  tell(type: string, subject: string, data: object = {}, at = new Date().toISOString()): void {
    this.#seq += 1;
    const event = { seq: this.#seq, type, at, subject, data };
    act(() => this.#listeners.get(type)?.({ data: JSON.stringify(event), lastEventId: '' } as MessageEvent<string>));
  }

  open(): void {
    this.#listeners.get('open')?.({ data: '', lastEventId: '' } as MessageEvent<string>);
  }

  get ready(): boolean {
    return this.#listeners.has('agent.state');
  }
}

/** What this page has instead of a browser's sound. */
function shownAudio(asks: boolean, devices: AudioDevices) {
  const nothing = (): (() => void) => () => undefined;
  return {
    mayOpenUnasked: async () => !asks,
    devices: { devices: () => devices, subscribe: nothing, refresh: async () => undefined },
    microphone: { deviceId: null, choose: jest.fn(async (_id: string | null) => undefined) },
    speaker: { deviceId: null, canChoose: true, blocked: () => false, subscribe: nothing, choose: jest.fn(async (_id: string | null) => undefined), unblock: async () => undefined },
    meter: { level: () => 0.5, heard: () => ({ peak: 0.5, zeros: false, overMs: 683 }) },
  };
}

/** A call of Ada's with +15550101, outbound and answered a moment ago unless said otherwise. */
export const callOf = (changes: Partial<Call> = {}): Call => ({
  id: 'call-1',
  direction: 'outbound',
  agentId: 'ada-1',
  agent: { id: 'ada-1', username: 'ada', displayName: 'Ada' },
  placementId: 'p-1',
  mediaServerId: 'm-1',
  mediaServer: { id: 'm-1', name: 'media-1' },
  farMediaServer: null,
  queueId: null,
  queue: null,
  from: '+15550200',
  to: '+15550101',
  originCallId: null,
  purpose: null,
  consultation: null,
  transferredBy: null,
  state: 'answered',
  stateSince: new Date().toISOString(),
  startedAt: new Date(Date.now() - 10_000).toISOString(),
  ringingAt: null,
  answeredAt: new Date().toISOString(),
  endedAt: null,
  endReason: null,
  hangupCause: null,
  hangupText: null,
  quality: null,
  recordings: [],
  recording: null,
  disposition: null,
  note: null,
  ...changes,
});

/** The same call, over. */
export const endedCall = (changes: Partial<Call> = {}): Call =>
  callOf({ state: 'ended', endedAt: new Date().toISOString(), endReason: 'caller-hung-up', hangupCause: 16, hangupText: 'Hung up', ...changes });

const settings: Settings = {
  policy: 'agents-in-call',
  parking: 'conference',
  pauseReasons: ['Lunch', 'Training'],
  dispositions: [
    { code: 'sale', label: 'Sale' },
    { code: 'no-sale', label: 'No sale' },
  ],
  wrapUpSeconds: 30,
  dialling: { enabled: true, countries: ['US'], alsoAllowed: [], emergency: false, callsPerMinute: 10, callerId: null },
  supervision: { visibleToAgent: true },
  recording: { mode: 'off', retentionDays: 90 },
};

export const page = (items: readonly Call[], nextCursor: string | null = null) => json(200, { items, nextCursor });

export const liveCalls = 'GET /api/v1/calls?live=true&agentId=ada-1';
export const pastCalls = 'GET /api/v1/calls?agentId=ada-1&limit=10';

const seat = { placementId: 'p-1', server: { id: 'm-1', name: 'media-1', host: '127.0.0.1' }, conference: 's-room', parking: 'conference' } as const;

/** The picture of an agent who sits on media-1 since `ms` milliseconds. */
export const seated = (ms = 0): Partial<PhonePicture> => ({ state: 'ready', seat, onlineSince: Date.now() - ms });

interface Opening {
  /** The browser will ask for the microphone. */
  asks?: boolean;
  wasOnline?: string;
  devices?: AudioDevices;
  duty?: object;
  /** Her call that is not over. */
  call?: Call | null;
  /** Null: it cannot be read. */
  history?: readonly Call[] | null;
  /** Where older calls than those begin. */
  older?: string;
  settings?: Partial<Settings>;
}

/** Opens the softphone with Ada signed in. */
export async function openSoftphone(opening: Opening = {}) {
  const { asks = false, wasOnline = '', devices = { microphones: [], speakers: [] }, call = null, history = [], older = null } = opening;
  const duty = opening.duty ?? { state: 'ready', stateReason: null, stateSince: '2026-01-01T08:00:00.000Z', stateSetBy: 'system', wrapUpUntil: null };
  window.matchMedia ??= (query: string) => Object.assign(new EventTarget(), { matches: false, media: query, onchange: null, addListener: () => undefined, removeListener: () => undefined });
  const origin = 'http://manager.test';
  const user = { id: 'ada-1', username: 'ada', displayName: 'Ada', role: 'agent' };
  const manager = new FakeManager()
    .on('POST /api/v1/auth/refresh', json(200, { accessToken: 't', expiresAt: new Date(Date.now() + 600_000).toISOString(), user }))
    .on('POST /api/v1/events/tickets', json(201, { ticket: 'ticket' }))
    .on('GET /api/v1/agents/ada-1', json(200, duty))
    .on('POST /api/v1/auth/logout', json(204, null))
    .on(liveCalls, page(call ? [call] : []))
    .on(pastCalls, history ? page(history, older) : refusal(503, 'SERVICE.DATABASE_UNAVAILABLE'))
    .on('GET /api/v1/settings', json(200, { ...settings, ...opening.settings }));
  const session = createSession({ app: 'softphone', baseUrl: origin, fetch: manager.fetch });
  sessionStorage.clear();
  localStorage.clear();
  if (wasOnline) sessionStorage.setItem('nailup-online', wasOnline);
  const phone = new ShownPhone();
  const audio = shownAudio(asks, devices);
  const choice = { remember: jest.fn(), restore: jest.fn() };
  const duties = restDuty(session.fetch, origin);
  const line = {
    phone: phone as unknown as Phone,
    audio,
    choice,
    wish: new OnlineWish(sessionStorage),
    duties,
    calls: restCalls(session.fetch, origin),
    managerClock: new ManagerClock(),
  } as unknown as AgentLine;
  const events = new ShownEvents();
  const stream = createLiveStream({ ticket: restTicket(session.fetch, origin), types: [...dutyEvents, ...callEvents], open: () => events });
  const { container } = render(<App session={session} line={line} stream={stream} />);
  await screen.findByRole('heading', { level: 1, name: 'You are offline' });
  await waitFor(() => expect(events.ready).toBe(true));
  act(() => events.open());
  await waitFor(() => expect(screen.queryByLabelText('Your calls are being read')).toBeNull());
  return { phone, audio, choice, session, events, manager, container, person: userEvent.setup() };
}
