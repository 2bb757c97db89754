import { AudioRefused, LineFault, type EarEvents, type ReasonCode } from '@nailup/phone';
import { FakeManager, json, refusal } from '@nailup/web/testing';
import { act, screen, waitFor, within } from '@testing-library/react';
import { barriers } from '../../../test/axe.js';
import { aCall, ago, anAgent, aQueue, aSeat, aServer, theSettings } from '../../testing/fixtures.js';
import { openConsole, page } from '../../testing/open-console.js';
import type { ConsoleEar } from './supervising.js';

const post = 'POST /api/v1/calls/111/supervision';
const stop = 'DELETE /api/v1/calls/111/supervision';

/** Sound that does as it is told, and keeps what was asked of it in order. */
class ShownEar implements ConsoleEar {
  readonly asked: string[] = [];
  refuses: ReasonCode | null = null;
  fails: ReasonCode | null = null;
  #events: EarEvents | null = null;
  level = (): number => 0.42;
  readonly ear: ConsoleEar['ear'] = {
    speaking: false,
    openMicrophone: async () => {
      this.asked.push('microphone');
      if (this.refuses) throw new AudioRefused(this.refuses);
    },
    join: async ({ sip }, events) => {
      this.asked.push(`join ${sip.username}`);
      if (this.fails) throw new LineFault('sip', this.fails, '');
      this.#events = events;
    },
    speak: async () => void this.asked.push('speak'),
    silence: () => void this.asked.push('silence'),
    leave: () => void this.asked.push('leave'),
  };

  tell(happen: (events: EarEvents) => void): void {
    act(() => happen(this.#events!));
  }
}

const leg = (mode: string, id = 'v-1') => ({
  id, callId: '111', mode, conference: 'c1', mediaServer: { id: 'id-eu-1', name: 'eu-1', host: 'eu-1.test', webSocketUrl: 'wss://eu-1.test/ws', sipDomain: 'eu-1.test' },
  sip: { username: `supervisor-${id}`, password: 'secret', uri: 'sip:x@eu-1.test', target: 'sip:supervise@eu-1.test', expiresAt: ago(-30) }, iceServers: [],
});
const call = () => aCall('111', { from: '+49301111' });
const pool = () =>
  new FakeManager()
    .on('GET /api/v1/calls?limit=200&live=true', () => page([call(), aCall('222', { state: 'ringing', answeredAt: null, from: '+49302222' })]))
    .on('GET /api/v1/agents', page([anAgent('ada', { placement: aSeat('eu-1') })]))
    .on('GET /api/v1/media-servers', page([aServer('eu-1')]))
    .on('GET /api/v1/queues', page([aQueue('Support')]))
    .on('GET /api/v1/settings', () => json(200, theSettings()))
    .on(post, () => json(201, leg('listen')))
    .on(stop, () => json(204, null));

async function console(manager = pool(), ear = new ShownEar()) {
  const opened = await openConsole('/calls', manager, { role: 'supervisor', ear });
  await screen.findByRole('row', { name: /49301111/ });
  const begin = (verb: string) => opened.person.click(screen.getByRole('button', { name: `${verb}: Ada with +49301111` }));
  return { ...opened, ear, begin };
}
const bar = () => screen.findByRole('region', { name: 'Your supervision' });
const modesSent = (manager: FakeManager): unknown[] => manager.seen.filter(({ method, path }) => method === 'POST' && path.endsWith('/supervision')).map(({ body }) => body);
const change = async (person: Awaited<ReturnType<typeof openConsole>>['person'], to: string) => person.click(within(await bar()).getByRole('button', { name: to }));

it('lets a supervisor listen with one click: no microphone is asked for, and the bar says whom, since when and how loud', async () => {
  const { ear, begin, manager } = await console();
  await begin('Listen');
  const shown = within(await bar());
  expect(await shown.findByText('Listening to Ada with +49301111')).toBeTruthy();
  expect(shown.getByText('Nobody hears you: your microphone is closed')).toBeTruthy();
  expect(shown.getByRole('timer').textContent).toMatch(/^0:0\d$/);
  await waitFor(() => expect(shown.getByRole('meter', { name: 'Level of the call' }).getAttribute('aria-valuenow')).toBe('42'));
  expect(ear.asked.filter((what) => what !== 'leave')).toEqual(['join supervisor-v-1']);
  expect(modesSent(manager)).toEqual([{ mode: 'listen' }]);
  expect(screen.getByRole('button', { name: 'Listen: Ada with +49301111' }).getAttribute('aria-pressed')).toBe('true');
  expect(await barriers()).toEqual([]);
});

it('offers it for calls an agent has, and for no others', async () => {
  await console();
  expect(screen.getAllByRole('button', { name: /^(Listen|Whisper|Barge): / })).toHaveLength(3);
});

it('changes over without hanging up: the microphone opens before the manager is asked, and closes with listening', async () => {
  const { ear, begin, manager, person } = await console();
  await begin('Listen');
  await within(await bar()).findByText(/Listening to/);
  manager.on(post, () => json(200, leg('whisper')));
  await change(person, 'Whisper');
  expect(await within(await bar()).findByText('Ada hears you, the client does not')).toBeTruthy();
  manager.on(post, () => json(200, leg('barge')));
  await change(person, 'Barge');
  expect(await within(await bar()).findByText('Ada and the client hear you')).toBeTruthy();
  manager.on(post, () => json(200, leg('listen')));
  await change(person, 'Listen');
  expect(await within(await bar()).findByText(/Nobody hears you/)).toBeTruthy();
  expect(ear.asked.filter((what) => what !== 'leave')).toEqual(['join supervisor-v-1', 'microphone', 'speak', 'microphone', 'speak', 'silence']);
  expect(modesSent(manager)).toEqual(['listen', 'whisper', 'barge', 'listen'].map((mode) => ({ mode })));
  expect(manager.count(stop)).toBe(0);
});

it('stays while a supervisor walks to other pages, and ends with Stop', async () => {
  const { ear, begin, manager, person } = await console();
  await begin('Listen');
  await within(await bar()).findByText(/Listening to/);
  await person.click(screen.getByRole('link', { name: 'Settings' }));
  expect(await screen.findByRole('heading', { name: 'Settings' })).toBeTruthy();
  expect(within(await bar()).getByText(/Listening to/)).toBeTruthy();
  ear.asked.length = 0;
  await person.click(within(await bar()).getByRole('button', { name: 'Stop' }));
  await waitFor(() => expect(manager.count(stop)).toBe(1));
  expect([ear.asked, screen.queryByRole('region', { name: 'Your supervision' })]).toEqual([['leave'], null]);
});

it('asks the manager for nothing when the browser gives no microphone, and says what to do', async () => {
  const ear = new ShownEar();
  ear.refuses = 'permission-denied';
  const { begin, manager, person } = await console(pool(), ear);
  await begin('Whisper');
  expect(await within(await bar()).findByText(/The browser does not allow the microphone/)).toBeTruthy();
  expect(modesSent(manager)).toEqual([]);
  await person.click(within(await bar()).getByRole('button', { name: 'Close' }));
  await begin('Listen');
  await within(await bar()).findByText(/Listening to/);
  await change(person, 'Barge');
  expect(await within(await bar()).findByText(/The browser does not allow the microphone/)).toBeTruthy();
  expect(within(await bar()).getByText(/Listening to/)).toBeTruthy();
  expect(modesSent(manager)).toEqual([{ mode: 'listen' }]);
});

it('keeps the mode that holds when the manager refuses another, and closes a microphone that was opened for nothing', async () => {
  const { ear, begin, manager, person } = await console();
  await begin('Listen');
  await within(await bar()).findByText(/Listening to/);
  manager.on(post, refusal(503, 'CALL.MEDIA_SERVER_AWAY', { detail: 'Its media server did not take the order. The mode was not changed.' }));
  await change(person, 'Whisper');
  expect(await within(await bar()).findByText(/The media server does not answer. Nothing was changed/)).toBeTruthy();
  expect(within(await bar()).getByText(/Listening to/)).toBeTruthy();
  expect(ear.asked.slice(-2)).toEqual(['microphone', 'silence']);
});

it('says why a line did not come up, and tells the manager', async () => {
  const ear = new ShownEar();
  ear.fails = 'websocket-refused';
  const { begin, manager } = await console(pool(), ear);
  await begin('Listen');
  expect(await within(await bar()).findByText(/cannot be reached from here/)).toBeTruthy();
  await waitFor(() => expect(manager.count(stop)).toBe(1));
});

it.each([
  ['call-ended', /The call is over/],
  ['moved', /The agent was moved/],
  ['replaced', /You supervise another call/],
])('says why a supervision ended that ended by itself: %s, also when the hang-up was there first', async (reason, words) => {
  const { ear, begin, happen } = await console();
  await begin('Listen');
  await within(await bar()).findByText(/Listening to/);
  ear.tell(({ over }) => over('leg-ended'));
  expect(await within(await bar()).findByText('The line was cut.')).toBeTruthy();
  happen('call.supervision', '111', { supervisionId: 'v-1', action: 'ended', reason, mode: 'listen' });
  expect(await within(await bar()).findByText(words)).toBeTruthy();
  happen('call.supervision', '111', { supervisionId: 'somebody-elses', action: 'ended', reason: 'not-allowed' });
  expect(within(await bar()).queryByText(/You may not supervise/)).toBeNull();
});

it('says that nobody hears a supervisor any more whose headset was unplugged', async () => {
  const manager = pool().on(post, () => json(201, leg('barge')));
  const { ear, begin } = await console(manager);
  await begin('Barge');
  await within(await bar()).findByText('In the call of Ada with +49301111');
  ear.tell(({ mute }) => mute('no-device'));
  expect(await within(await bar()).findByText('No microphone is plugged in. Nobody hears you any more.')).toBeTruthy();
});

it('makes another line by itself when hers is lost: the same call in the same mode, and the clock goes on', async () => {
  const { ear, begin, happen, manager, person } = await console();
  await begin('Listen');
  await within(await bar()).findByText(/Listening to/);
  manager.on(post, () => json(200, leg('whisper')));
  await change(person, 'Whisper');
  await within(await bar()).findByText('Ada hears you, the client does not');
  ear.asked.length = 0;
  let answer: (response: Response) => void = () => undefined;
  manager.on(post, () => new Promise<Response>((resolve) => (answer = resolve)));
  ear.tell(({ over }) => over('socket-lost'));
  expect(await within(await bar()).findByText('Joining Ada with +49301111 again')).toBeTruthy();
  // The manager sees the lost line go and says so.
  happen('call.supervision', '111', { supervisionId: 'v-1', action: 'ended', reason: 'hung-up', mode: 'whisper' });
  expect(within(await bar()).getByText(/again$/)).toBeTruthy();
  await act(async () => answer(json(201, leg('whisper', 'v-2'))));
  expect(await within(await bar()).findByText('Whispering to Ada with +49301111')).toBeTruthy();
  expect(within(await bar()).queryByText(/was lost/)).toBeNull();
  expect(ear.asked).toEqual(['microphone', 'speak', 'join supervisor-v-2']);
  expect(modesSent(manager).at(-1)).toEqual({ mode: 'whisper' });
  expect(manager.count(stop)).toBe(0);
});

it('does not come back to a call that is over meanwhile, nor after Stop', async () => {
  const { ear, begin, manager, person } = await console();
  await begin('Listen');
  await within(await bar()).findByText(/Listening to/);
  manager.on(post, refusal(409, 'CALL.ENDED'));
  ear.tell(({ over }) => over('ice-failed'));
  expect(await within(await bar()).findByText(/Not supervising/)).toBeTruthy();
  expect(modesSent(manager)).toHaveLength(2);
  await person.click(within(await bar()).getByRole('button', { name: 'Close' }));
  manager.on(post, () => json(201, leg('listen')));
  await begin('Listen');
  await within(await bar()).findByText(/Listening to/);
  manager.on(post, () => new Promise<Response>(() => undefined));
  ear.tell(({ over }) => over('socket-lost'));
  await person.click(within(await bar()).getByRole('button', { name: 'Stop' }));
  expect(screen.queryByRole('region', { name: 'Your supervision' })).toBeNull();
});
