import { createLiveStream, createSession, type EventSourceLike, type Role } from '@nailup/web';
import { type FakeManager, json } from '@nailup/web/testing';
import { act, configure, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { createMemoryRouter } from 'react-router';
import { App } from '../app.js';
import type { ConsoleEar } from '../features/supervision/supervising.js';
import { routes } from '../routes.js';
import { createApi } from '../shared/api.js';
import { liveTypes } from '../shared/live-cache.js';
import { createQueryClient } from '../shared/queries.js';

// A console under jsdom on a busy machine takes its time; a fact is waited for, never a moment.
// Whether a thing is hidden costs jsdom seconds for each table; stories in a browser check it instead.
configure({ asyncUtilTimeout: 10_000, defaultHidden: true });
// A run over several projects hears nothing of the timeout that one of them sets for itself.
jest.setTimeout(60_000);

/** Sound that nobody makes. */
const deaf: ConsoleEar = {
  ear: { openMicrophone: async () => undefined, join: async () => undefined, speak: async () => undefined, silence: () => undefined, leave: () => undefined, speaking: false },
  level: () => 0,
};

const base = 'http://manager.test';
export const page = (items: unknown[]) => json(200, { items, nextCursor: null });

/** The manager's end of the live stream. */
class FakeEventSource implements EventSourceLike {
  private readonly listeners = new Map<string, (event: MessageEvent<string>) => void>();
  addEventListener(type: string, listener: (event: MessageEvent<string>) => void): void {
    this.listeners.set(type, listener);
  }
  close(): void {
    this.listeners.clear();
  }
  say(type: string, data: unknown = {}): void {
    act(() => this.listeners.get(type)?.({ data: JSON.stringify(data), lastEventId: '' } as MessageEvent<string>));
  }
}

/** Opens the console at `path` for somebody already signed in, with a manager told what to answer. */
export async function openConsole(path: string, manager: FakeManager, { role = 'admin', live = true, ear = deaf }: { role?: Role; live?: boolean; ear?: ConsoleEar } = {}) {
  window.matchMedia ??= (query: string) => Object.assign(new EventTarget(), { matches: false, media: query, onchange: null, addListener: () => undefined, removeListener: () => undefined });
  const user = { id: 'me', username: 'boss', displayName: 'Boss', role };
  manager
    .on('POST /api/v1/auth/refresh', () => json(200, { accessToken: 't', expiresAt: new Date(Date.now() + 600_000).toISOString(), user }))
    .on('POST /api/v1/events/tickets', json(201, { ticket: 'ticket' }));
  const source = new FakeEventSource();
  const session = createSession({ app: 'admin', baseUrl: base, fetch: manager.fetch });
  const api = createApi(session.fetch, base);
  const stream = createLiveStream({ ticket: api.events.ticket, types: liveTypes, open: () => source });
  const router = createMemoryRouter(routes, { initialEntries: [path] });
  const { container, unmount } = render(<App session={session} api={api} stream={stream} queries={createQueryClient()} router={router} loadEar={async () => ear} />);
  await (role === 'agent' ? screen.findByRole('link', { name: 'Open the softphone' }) : screen.findByRole('navigation', { name: 'Main' }));

  if (live) source.say('open');
  let seq = 0;
  const happen = (type: string, subject: string, data: object): void => {
    seq += 1;
    source.say(type, { seq, type, at: new Date().toISOString(), subject, data });
  };
  return { manager, person: userEvent.setup({ delay: null, pointerEventsCheck: 0 }), happen, source, router, container, unmount };
}
