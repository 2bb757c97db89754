import { UnreachableError } from '../problem/problem.js';
import { FakeClock, settled } from '../testing/fake-clock.js';
import { createLiveStream, type EventSourceLike, type LiveEvent, type LiveStream } from './live-stream.js';

class FakeSource implements EventSourceLike {
  closed = false;
  private readonly listeners = new Map<string, (event: MessageEvent<string>) => void>();

  constructor(readonly url: string) {}

  addEventListener(type: string, listener: (event: MessageEvent<string>) => void): void {
    this.listeners.set(type, listener);
  }

  close(): void {
    this.closed = true;
  }

  say(type: string, data: unknown = {}, lastEventId = ''): void {
    this.listeners.get(type)?.({ data: JSON.stringify(data), lastEventId } as MessageEvent<string>);
  }

  event(seq: number, type = 'agent.state'): void {
    this.say(type, { seq, type, at: '2026-01-01T00:00:00.000Z', subject: 'a', data: {} }, String(seq));
  }
}

let clock: FakeClock;
let sources: FakeSource[];
let stream: LiveStream;
let heard: LiveEvent[];
let resyncs: number;
let tickets: (() => Promise<string>)[];
const source = (): FakeSource => sources.at(-1) as FakeSource;

beforeEach(async () => {
  clock = new FakeClock();
  sources = [];
  heard = [];
  resyncs = 0;
  tickets = [];
  let minted = 0;
  stream = createLiveStream({
    ticket: () => tickets.shift()?.() ?? Promise.resolve(`t${(minted += 1)}`),
    types: ['agent.state'],
    open: (url) => sources[sources.push(new FakeSource(url)) - 1] as FakeSource,
    clock,
    random: () => 1,
  });
  stream.onEvent((event) => heard.push(event));
  stream.onResync(() => (resyncs += 1));
  stream.start();
  await settled();
});

it('shows a supervisor each event once, and asks for a first reading when the stream opens', () => {
  source().say('open');
  source().event(5);
  source().event(5);
  source().event(6);
  expect(heard.map(({ seq }) => seq)).toEqual([5, 6]);
  expect(resyncs).toBe(1);
  expect(stream.getState().phase).toBe('live');
});

it('comes back after a cut with a new ticket and the last event seen, without reading everything again', async () => {
  source().say('open');
  source().event(41);
  source().say('error');
  expect(stream.getState().phase).toBe('away');
  expect(source().closed).toBe(true);
  await clock.pass(1000);
  expect(source().url).toBe('/api/v1/events?ticket=t2&lastEventId=41');
  source().say('open');
  expect(resyncs).toBe(1);
  expect(stream.getState().phase).toBe('live');
});

it('waits longer with each try while the manager is away, up to 20 s', async () => {
  const away = () => Promise.reject(new UnreachableError());
  tickets = Array.from({ length: 6 }, () => away);
  source().say('error');
  const waits: (number | null)[] = [];
  for (let round = 0; round < 6; round += 1) {
    waits.push(clock.nextInMs);
    await clock.pass(clock.nextInMs ?? 0);
  }
  expect(waits).toEqual([1000, 2000, 4000, 8000, 16_000, 20_000]);
  expect(stream.getState().why?.sentence).toBe('The manager does not answer.');
});

it('remembers when it last heard anything, so that the age of the data stays honest', async () => {
  source().say('open');
  const at = clock.now();
  source().say('error');
  await clock.pass(900);
  expect(stream.getState()).toMatchObject({ phase: 'away', heardAt: at });
});

it('does not trust a line that is open and silent', async () => {
  source().say('open');
  await clock.pass(20_000);
  source().say('ping');
  await clock.pass(24_999);
  expect(stream.getState().phase).toBe('live');
  await clock.pass(1);
  expect(stream.getState().phase).toBe('away');
});

it('goes on after the last ping when nothing else was for this person', async () => {
  source().say('open');
  source().say('ping', {}, '77');
  source().say('error');
  await clock.pass(1000);
  expect(source().url).toContain('lastEventId=77');
});

it('reads everything again when it was away for too long', async () => {
  source().say('open');
  source().event(7);
  source().say('resync', { seq: 9000 }, '9000');
  expect(resyncs).toBe(2);
  source().say('error');
  await clock.pass(1000);
  expect(source().url).toContain('lastEventId=9000');
});

it('stays quiet after the person left, even when a ticket arrives late', async () => {
  let arrive: (ticket: string) => void = () => undefined;
  tickets = [() => new Promise((resolve) => (arrive = resolve))];
  source().say('error');
  await clock.pass(1000);
  stream.stop();
  arrive('late');
  await settled();
  expect(sources).toHaveLength(1);
  expect(clock.nextInMs).toBeNull();
});
