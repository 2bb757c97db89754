import { FakeManager, json } from '@nailup/web/testing';
import { screen, waitFor, within } from '@testing-library/react';
import type { Call } from '../../shared/contract.js';
import { barriers } from '../../../test/axe.js';
import { aCall, ago, anAgent, theSettings } from '../../testing/fixtures.js';
import { openConsole, page } from '../../testing/open-console.js';
import { queryOf } from './use-calls.js';
import { endText, offsetText, stepFacts, stepText } from './words.js';

const over = (id: string, more: Partial<Call> = {}) => aCall(id, { state: 'ended', startedAt: ago(400), answeredAt: ago(372), endedAt: ago(60), endReason: 'caller-hung-up', hangupCause: 16, hangupText: 'Hung up', from: `+4930${id}`, ...more });
const list = 'GET /api/v1/calls';
const past = () =>
  new FakeManager()
    .on(list, () =>
      page([
        over('111', { disposition: 'follow-up', note: 'Ask for Ms Weber' }),
        over('222', { direction: 'outbound', from: '+15550200', to: '+15550102', answeredAt: null, endReason: 'congestion', hangupCause: 34, hangupText: 'No line is free' }),
        over('333', { agent: null, agentId: null, answeredAt: null, endReason: 'abandoned' }),
      ]),
    )
    .on('GET /api/v1/agents', page([anAgent('ada')]))
    .on('GET /api/v1/settings', () => json(200, theSettings()));
const row = async (number: string) => within(await screen.findByRole('table', { name: 'Call history' })).findByRole('row', { name: new RegExp(number) });
const asked = (manager: FakeManager): URLSearchParams => new URLSearchParams(manager.seen.filter(({ path }) => path.startsWith('/api/v1/calls?')).at(-1)?.path.split('?')[1]);

it('tells a supervisor how each call ended, how long it lasted and what the agent made of it', async () => {
  await openConsole('/history', past(), { role: 'supervisor' });
  await waitFor(async () => expect((await row('4930111')).textContent).toMatch(/AdaSupport5:12The client hung upCall backAsk for Ms Weber$/));
  expect((await row('15550102')).textContent).toContain('The network could not connect itNo line is free');
  expect((await row('4930333')).textContent).toContain('The caller gave up waiting');
  expect(await barriers()).toEqual([]);
});

it('asks the manager for what the filters say, and keeps them in the address', async () => {
  const { person, router, manager } = await openConsole('/history?from=2026-11-02', past());
  await row('4930111');
  await person.type(screen.getByRole('searchbox', { name: /Number ends with/ }), '01');
  expect(screen.getByText('Three digits or more')).toBeTruthy();
  await person.type(screen.getByRole('searchbox', { name: /Number ends with/ }), '02');
  await person.click(screen.getByRole('combobox', { name: 'Agent' }));
  await person.click(await screen.findByRole('option', { name: 'Ada' }));
  await person.click(screen.getByRole('combobox', { name: 'State' }));
  await person.click(await screen.findByRole('option', { name: 'Ended' }));
  expect(router.state.location.search).toBe('?from=2026-11-02&number=0102&agent=id-ada&state=ended');
  await waitFor(() => expect(Object.fromEntries(asked(manager))).toEqual({ limit: '50', number: '0102', agentId: 'id-ada', state: 'ended', from: new Date(2026, 10, 2).toISOString() }));
});

it('takes the last day whole', () => {
  const filter = { number: '+49 (30) 111', agentId: '', state: '', from: '', to: '2026-11-30' };
  expect(queryOf(filter)).toEqual({ number: '+4930111', agentId: undefined, state: undefined, from: undefined, to: new Date(2026, 11, 1).toISOString() });
  expect(queryOf({ ...filter, number: '12', to: 'soon' })).toMatchObject({ number: undefined, to: undefined });
});

it('says that a reason is looked for among the calls read so far, and reads older ones when asked', async () => {
  const more = past()
    .on(list, () => json(200, { items: [over('111'), over('222')], nextCursor: 'c2' }))
    .on('GET /api/v1/calls?limit=50&cursor=c2', () => json(200, { items: [over('999', { endReason: 'busy', hangupCause: 17, hangupText: 'The line is busy' })], nextCursor: null }));
  const { person } = await openConsole('/history?ended=busy', more);
  expect(await screen.findByText('0 of the 2 calls read so far ended that way.')).toBeTruthy();
  await person.click(screen.getByRole('button', { name: 'Show older calls' }));
  expect((await row('4930999')).textContent).toMatch(/Busy–/);
  expect(screen.getByText('1 of the 3 calls read so far ended that way.')).toBeTruthy();
});

it('explains to a newcomer what will stand here', async () => {
  await openConsole('/history', past().on(list, page([])));
  expect(await screen.findByText('No calls yet')).toBeTruthy();
});

it('opens a call that is over with what the network said and its note', async () => {
  const call = over('222', { endReason: 'congestion', answeredAt: null, hangupCause: 34, hangupText: 'No line is free', note: 'Try again tomorrow', quality: { mos: 4.21, jitterMs: 6.3, lossPercent: 0.2, rttMs: null } });
  const manager = past()
    .on('GET /api/v1/calls/222', () => json(200, call))
    .on('GET /api/v1/calls/222/events', json(200, { items: [] }));
  const { person } = await openConsole('/history', manager);
  await person.click(await screen.findByRole('button', { name: 'Details of the call with +15550102' }));
  const drawer = await screen.findByRole('dialog', { name: /Call with/ });
  expect(drawer.textContent).toContain('No line is free, cause 34 of Q.850');
  expect(drawer.textContent).toContain('MOS 4.2 · 0.2 % lost · jitter 6 ms');
  expect(drawer.textContent).toContain('Try again tomorrow');
  expect(await within(drawer).findByText('Nothing has been written down yet.')).toBeTruthy();
  expect(within(drawer).queryByRole('button', { name: /Actions/ })).toBeNull();
});

describe('the words of a call', () => {
  it('say a cause only where it adds to the reason', () => {
    expect(endText(over('1', { endReason: 'busy', hangupCause: 17, hangupText: 'The line is busy' }))).toEqual({ how: 'Busy', network: null });
    expect(endText(over('1', { endReason: 'rejected', hangupCause: 28, hangupText: 'The number is not complete or not valid' }))?.network).toBe('The number is not complete or not valid');
  });

  it('say who and where only when that becomes somebody or somewhere else', () => {
    const steps = [
      { type: 'call.queued', data: { queueId: 'q', mediaServerId: 'm1', agentId: null, endReason: null, hangupText: null } },
      { type: 'call.ringing', data: { queueId: 'q', mediaServerId: 'm2', agentId: 'a', direction: 'inbound' } },
      { type: 'call.answered', data: { queueId: 'q', mediaServerId: 'm2', agentId: 'a' } },
      { type: 'call.ended', data: { queueId: 'q', mediaServerId: 'm2', agentId: 'a', endReason: 'caller-hung-up', hangupCause: 16, hangupText: 'Hung up' } },
    ];
    const names: Record<string, string> = { q: 'Support', m1: 'eu-1', m2: 'eu-2', a: 'Ada' };
    expect(steps.map((step, index) => stepFacts(step, (id) => names[id] ?? null, steps.slice(0, index)))).toEqual([['queue Support', 'on eu-1'], ['agent Ada', 'on eu-2'], [], ['the client hung up']]);
  });

  it('read a step nobody has put into words yet as the manager names it', () => {
    expect(stepText({ type: 'leg.something-new', data: {} })).toBe('Client leg: something new');
    expect(stepText({ type: 'call.stolen', data: {} })).toBe('Stolen');
    expect(stepFacts({ type: 'call.ended', data: { endReason: 'no-answer', hangupCause: 19, hangupText: 'Nobody answered' } }, () => null)).toEqual(['no answer', 'Nobody answered', 'cause 19 of Q.850']);
    expect(stepText({ type: 'leg.dtmf', data: { direction: 'sent', digits: '12' } })).toBe('Tones were sent to the client');
    expect(offsetText(-3)).toBe('0 ms');
  });
});
