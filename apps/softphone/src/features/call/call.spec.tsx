import { json, refusal } from '@nailup/web/testing';
import { screen, waitFor, within } from '@testing-library/react';
import axe from 'axe-core';
import { callOf, endedCall, liveCalls, openSoftphone, page, seated } from '../../testing/open-softphone.js';

const card = (): HTMLElement => screen.getByRole('region', { name: /^Call: / });
const button = (name: string): HTMLElement => within(card()).getByRole('button', { name });
const ann = { id: '17.1', name: 'Ann', number: '+15550104', muted: false, talking: false };

/** Ada is seated and in the call the manager tells of. */
async function inCall(changes: Parameters<typeof callOf>[0] = {}) {
  const opened = await openSoftphone({ call: callOf(changes) });
  opened.phone.show({ ...seated(), others: [ann] });
  await screen.findByRole('region', { name: /^Call: / });
  return opened;
}

/** What was said so that it interrupts. */
const interruption = (): string => [...document.querySelectorAll('[aria-live="assertive"]')].map(({ textContent }) => textContent).join('');

it('shows an agent with whom she speaks and since when', async () => {
  await inCall({ answeredAt: new Date(Date.now() - 64_000).toISOString() });
  expect(card().getAttribute('aria-label')).toBe('Call: In call');
  expect(within(card()).getByRole('heading').textContent).toBe('+1 5550101');
  expect(within(card()).getByRole('timer').textContent).toMatch(/^1:0[4-9]$/);
});

it('follows a call from dialling to ringing to answered without being asked', async () => {
  const { events, manager } = await inCall({ state: 'dialing', answeredAt: null });
  expect(within(card()).getByText('Calling')).toBeTruthy();
  manager.on(liveCalls, page([callOf({ state: 'ringing', answeredAt: null })]));
  events.tell('call.ringing', 'call-1');
  expect(within(card()).getByText('Ringing')).toBeTruthy();
  expect(within(card()).queryByRole('timer')).toBeNull();
  manager.on(liveCalls, page([callOf()]));
  events.tell('call.answered', 'call-1');
  expect(within(card()).getByText('In call')).toBeTruthy();
});

it('does not let a slow answer turn back what an event has told', async () => {
  const { events, manager } = await inCall({ state: 'dialing', answeredAt: null });
  let late: (response: Response) => void = () => undefined;
  manager.on(liveCalls, () => new Promise<Response>((resolve) => (late = resolve)), page([callOf()]));
  events.tell('call.ringing', 'call-1');
  events.tell('call.answered', 'call-1');
  late(page([callOf({ state: 'ringing', answeredAt: null })]));
  await waitFor(() => expect(manager.count(liveCalls)).toBe(3));
  expect(within(card()).getByText('In call')).toBeTruthy();
});

it('lets an agent cancel while it rings', async () => {
  const { manager, events, person } = await inCall({ state: 'ringing', answeredAt: null });
  manager.on('POST /api/v1/calls/call-1/hangup', json(202, callOf({ state: 'ringing', answeredAt: null })));
  manager.on(liveCalls, page([])).on('GET /api/v1/calls/call-1', json(200, endedCall({ answeredAt: null, endReason: 'cancelled' })));
  await person.click(button('Cancel'));
  expect(manager.count('POST /api/v1/calls/call-1/hangup')).toBe(1);
  events.tell('call.ended', 'call-1');
  expect(await screen.findByText('You cancelled before it was answered')).toBeTruthy();
});

it('lets an agent hang up, and says how the call ended', async () => {
  const { manager, events, person } = await inCall();
  manager.on('POST /api/v1/calls/call-1/hangup', json(202, callOf()));
  await person.click(button('Hang up'));
  manager.on(liveCalls, page([])).on('GET /api/v1/calls/call-1', json(200, endedCall({ endReason: 'agent-hung-up' })));
  events.tell('call.ended', 'call-1');
  expect(await screen.findByText('You hung up')).toBeTruthy();
  expect(screen.queryByRole('region', { name: /^Call: / })).toBeNull();
});

it('says in words why she could not hang up, and lets her try again', async () => {
  const { manager, person } = await inCall();
  manager.on('POST /api/v1/calls/call-1/hangup', refusal(503, 'CALL.MEDIA_SERVER_AWAY', { detail: 'media-1 does not answer.' }));
  await person.click(button('Hang up'));
  const why = await within(card()).findByRole('alert');
  await waitFor(() => expect(why.textContent).toContain('The media server does not answer'));
  expect(why.textContent).not.toContain('CALL.');
  expect(button('Hang up')).toHaveProperty('disabled', false);
});

it('counts a hold from when it began, also after a reload', async () => {
  await inCall({ state: 'held', stateSince: new Date(Date.now() - 65_000).toISOString() });
  expect(within(card()).getByText(/^Hold 1:0/)).toBeTruthy();
});

it('puts a caller on hold, looks and says so, and brings her back', async () => {
  const { manager, events, person } = await inCall();
  manager.on('POST /api/v1/calls/call-1/hold', json(202, callOf()));
  await person.click(button('Hold'));
  // Passed on is not done: the button is at work until the media server says so.
  expect(within(card()).getByRole('button', { name: /Hold/ })).toHaveProperty('disabled', true);
  manager.on(liveCalls, page([callOf({ state: 'held' })]));
  events.tell('call.held', 'call-1');
  expect(card().getAttribute('aria-label')).toBe('Call: On hold');
  expect(within(card()).getByText(/^Hold 0:0/)).toBeTruthy();
  manager.on('POST /api/v1/calls/call-1/resume', json(202, callOf({ state: 'held' })));
  await person.click(button('Resume'));
  manager.on(liveCalls, page([callOf()]));
  events.tell('call.resumed', 'call-1');
  expect(within(card()).getByText('In call')).toBeTruthy();
});

it('mutes the one microphone from the card as from the sound panel', async () => {
  const { phone, person } = await inCall();
  await person.click(button('Mute'));
  expect(phone.setMuted).toHaveBeenCalledWith(true);
  phone.show({ muted: true });
  expect(screen.getAllByRole('button', { name: 'Unmute' })).toHaveLength(2);
});

it('sends digits by click and by typing, in order, and shows what was sent and what came back as soon as it is told', async () => {
  const { manager, events, person } = await inCall();
  manager.on('POST /api/v1/calls/call-1/dtmf', json(202, callOf()));
  let pressed = '7';
  manager.on('GET /api/v1/calls/call-1/events', () => json(200, { items: [...pressed].map((digit) => ({ at: '2026-01-01T00:00:00.000Z', type: 'leg.dtmf', data: { digit, direction: 'received' } })) }));
  await person.click(button('Keypad'));
  await person.click(button('1'));
  await person.keyboard('2#');
  await waitFor(() => expect(within(card()).getByText('Sent').parentElement?.textContent).toContain('12#'));
  const bodies = manager.seen.filter(({ path }) => path.endsWith('/dtmf')).map(({ body }) => (body as { digits: string }).digits);
  expect(bodies.join('')).toBe('12#');
  const received = (): string | null | undefined => within(card()).getByText('Received').parentElement?.textContent;
  expect((await within(card()).findByText('Received')).parentElement?.textContent).toContain('7');
  pressed = '78';
  events.tell('call.dtmf', 'call-2', { digit: '1' });
  expect(received()).not.toContain('78');
  events.tell('call.dtmf', 'call-1', { digit: '8' });
  await waitFor(() => expect(received()).toContain('78'));
});

it('sends digits down the line itself while the manager does not answer', async () => {
  const { manager, phone, person } = await inCall();
  manager.on('POST /api/v1/calls/call-1/dtmf', new TypeError('Failed to fetch')).on('GET /api/v1/calls/call-1/events', new TypeError('Failed to fetch'));
  await person.click(button('Keypad'));
  await person.click(button('5'));
  await waitFor(() => expect(phone.dtmf).toHaveBeenCalledWith('5'));
});

it('announces a caller who is brought straight in: who, by which queue, and how long they waited', async () => {
  const startedAt = new Date(Date.now() - 80_000).toISOString();
  const incoming = callOf({ direction: 'inbound', from: '+15550177', to: '+15550200', startedAt, queueId: 'q-1', queue: { id: 'q-1', name: 'Support' } });
  const { manager, events } = await openSoftphone();
  manager.on(liveCalls, page([{ ...incoming, state: 'ringing', answeredAt: null }]));
  events.tell('call.ringing', 'call-1', { agentId: 'ada-1' });
  expect(await screen.findByText('Incoming caller')).toBeTruthy();
  expect(within(card()).getByText(/Queue Support · waited 1 min 20 s/)).toBeTruthy();
  manager.on(liveCalls, page([incoming]));
  events.tell('call.answered', 'call-1', { agentId: 'ada-1' });
  await waitFor(() => expect(interruption()).toContain('Caller, +1 5550177, from the queue Support, waited 1 min 20 s'));
});

it('tells her by the media server’s word that a caller is with her while the manager is away', async () => {
  const { phone, person } = await openSoftphone();
  phone.show({ ...seated(), manager: 'away', others: [ann], withOthersSince: Date.now() - 5_000 });
  expect(card().getAttribute('aria-label')).toBe('Call: A caller is with you');
  expect(within(card()).getByText('+1 5550104')).toBeTruthy();
  expect(interruption()).toContain('A caller is with you');
  expect(within(card()).getByText(/let the caller hang up/)).toBeTruthy();
  expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('On call');
  await person.click(button('Keypad'));
  await person.click(button('9'));
  expect(phone.dtmf).toHaveBeenCalledWith('9');
});

it('finds its call again after a reload', async () => {
  await inCall({ direction: 'inbound', from: '+15550177', state: 'held' });
  expect(button('Resume')).toBeTruthy();
});

it('asks before she leaves or signs out during a call', async () => {
  const { phone, person } = await inCall();
  await person.click(screen.getByRole('button', { name: 'Leave' }));
  phone.leave.mockClear();
  const question = await screen.findByRole('dialog', { name: 'Leave during a call?' });
  expect(phone.leave).not.toHaveBeenCalled();
  await person.click(within(question).getByRole('button', { name: 'Leave' }));
  expect(phone.leave).toHaveBeenCalledTimes(1);
  await person.click(screen.getByRole('button', { name: 'Ada' }));
  await person.click(screen.getByRole('menuitem', { name: 'Sign out' }));
  await person.click(within(await screen.findByRole('dialog', { name: 'Sign out during a call?' })).getByRole('button', { name: 'Cancel' }));
  expect(screen.queryByRole('heading', { name: /Sign in/ })).toBeNull();
});

it('has the browser ask before the page is closed during a call, on hold too, and not otherwise', async () => {
  const closing = (): boolean => !window.dispatchEvent(new Event('beforeunload', { cancelable: true }));
  const { phone, events, manager } = await inCall();
  expect(closing()).toBe(true);
  manager.on(liveCalls, page([callOf({ state: 'held' })]));
  events.tell('call.held', 'call-1');
  phone.show({ others: [] });
  expect(closing()).toBe(true);
  manager.on(liveCalls, page([])).on('GET /api/v1/calls/call-1', json(200, endedCall()));
  events.tell('call.ended', 'call-1');
  expect(closing()).toBe(false);
});

it('keeps a call of a colleague off her desk', async () => {
  const { manager, events } = await openSoftphone();
  const asked = manager.count(liveCalls);
  events.tell('call.answered', 'call-9', { agentId: 'bob-1' });
  expect(manager.count(liveCalls)).toBe(asked);
});

it.each([['in a call', 'answered'], ['on hold', 'held'], ['while it rings', 'ringing']] as const)('can be used without eyes and without a mouse %s', async (_when, state) => {
  const { container, person, manager } = await inCall({ state });
  manager.on('GET /api/v1/calls/call-1/events', json(200, { items: [] }));
  if (state === 'answered') await person.click(button('Keypad'));
  // Colours are not drawn here; palette.spec keeps their contrast.
  const { violations } = await axe.run(container, { rules: { 'color-contrast': { enabled: false } } });
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([]);
});
