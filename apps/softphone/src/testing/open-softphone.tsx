import type { AudioDevices, Phone, PhonePicture } from '@nailup/phone';
import { blankPicture } from '@nailup/phone';
import { createLiveStream, createSession, type EventSourceLike } from '@nailup/web';
import { act, configure, render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { App } from '../app.js';
import { dutyEvents, restDuty, restTicket } from '../line/duty.js';
import type { AgentLine } from '../line/make-line.js';
import { OnlineWish } from '../line/online-wish.js';

// A page under jsdom on a busy machine takes its time; a fact is waited for, never a moment.
configure({ asyncUtilTimeout: 10_000 });

/** A phone that shows what it is told to show and remembers what it was asked for. */
class ShownPhone {
  #picture: PhonePicture = blankPicture(Date.now());
  readonly #listeners = new Set<() => void>();
  readonly goOnline = jest.fn();
  readonly leave = jest.fn(async () => undefined);
  readonly tryNow = jest.fn();
  readonly setMuted = jest.fn();

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
  say(agentId: string, data: { state: string; reason: string | null; stateSince: string }): void {
    this.#seq += 1;
    const event = { seq: this.#seq, type: 'agent.state', at: data.stateSince, subject: agentId, data };
    act(() => this.#listeners.get('agent.state')?.({ data: JSON.stringify(event), lastEventId: '' } as MessageEvent<string>));
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

const seat = { placementId: 'p-1', server: { id: 'm-1', name: 'media-1', host: '127.0.0.1' }, conference: 's-room', parking: 'conference' } as const;

/** The picture of an agent who sits on media-1 since `ms` milliseconds. */
export const seated = (ms = 0): Partial<PhonePicture> => ({ state: 'ready', seat, onlineSince: Date.now() - ms });

/** Opens the softphone with Ada signed in. `asks`: whether the browser will ask for the microphone. */
export async function openSoftphone({ asks = false, wasOnline = '', devices = { microphones: [], speakers: [] } as AudioDevices, duty = { state: 'ready', stateReason: null, stateSince: '2026-01-01T08:00:00.000Z' } as object } = {}) {
  window.matchMedia ??= (query: string) => Object.assign(new EventTarget(), { matches: false, media: query, onchange: null, addListener: () => undefined, removeListener: () => undefined });
  const origin = 'http://manager.test';
  const user = { id: 'ada-1', username: 'ada', displayName: 'Ada', role: 'agent' };
  const answers: Record<string, () => Response> = {
    '/api/v1/auth/refresh': () => Response.json({ accessToken: 't', expiresAt: new Date(Date.now() + 600_000).toISOString(), user }),
    '/api/v1/events/tickets': () => Response.json({ ticket: 'ticket' }, { status: 201 }),
    '/api/v1/agents/ada-1': () => Response.json(duty),
    '/api/v1/auth/logout': () => new Response(null, { status: 204 }),
  };
  const session = createSession({
    app: 'softphone',
    baseUrl: origin,
    fetch: async (input) => answers[new URL(input instanceof Request ? input.url : String(input)).pathname]?.() ?? new Response(null, { status: 404 }),
  });
  sessionStorage.clear();
  localStorage.clear();
  if (wasOnline) sessionStorage.setItem('nailup-online', wasOnline);
  const phone = new ShownPhone();
  const audio = shownAudio(asks, devices);
  const choice = { remember: jest.fn(), restore: jest.fn() };
  const readDuty = jest.fn(restDuty(session.fetch, origin));
  const line = { phone: phone as unknown as Phone, audio, choice, wish: new OnlineWish(sessionStorage), readDuty } as unknown as AgentLine;
  const events = new ShownEvents();
  const stream = createLiveStream({ ticket: restTicket(session.fetch, origin), types: dutyEvents, open: () => events });
  render(<App session={session} line={line} stream={stream} />);
  await screen.findByRole('heading', { level: 1, name: 'You are offline' });
  await waitFor(() => expect(events.ready).toBe(true));
  await act(async () => {
    events.open();
    await readDuty.mock.results[0]?.value;
  });
  return { phone, audio, choice, session, events, person: userEvent.setup() };
}
