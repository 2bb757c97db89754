import { json, refusal } from '@nailup/web/testing';
import { act, screen, waitFor, within } from '@testing-library/react';
import axe from 'axe-core';
import { callOf, endedCall, liveCalls, openSoftphone, page, seated } from '../../testing/open-softphone.js';

const pad = (): HTMLElement => screen.getByRole('region', { name: 'Call a number' });
const field = (): HTMLInputElement => within(pad()).getByRole('textbox', { name: 'Number' });
const button = (name: string): HTMLElement => within(pad()).getByRole('button', { name });

async function seatedAgent(opening: Parameters<typeof openSoftphone>[0] = {}) {
  const opened = await openSoftphone(opening);
  opened.phone.show(seated());
  const placed = () => opened.manager.seen.filter(({ method, path }) => method === 'POST' && path === '/api/v1/calls');
  return { ...opened, placed };
}

it('lets an agent type a number, formats it as she types, says where it leads, and calls with Enter', async () => {
  const { manager, person, placed } = await seatedAgent();
  manager.on('POST /api/v1/calls', json(202, callOf({ state: 'dialing', answeredAt: null, to: '+12125550143' })));
  await person.type(field(), '2125550143');
  expect(field().value).toBe('(212) 555-0143');
  expect(within(pad()).getByText('United States')).toBeTruthy();
  await person.keyboard('{Enter}');
  expect(placed().map(({ body }) => body)).toEqual([{ to: '(212) 555-0143' }]);
  expect(await screen.findByRole('region', { name: 'Call: Calling' })).toBeTruthy();
  expect(screen.queryByRole('region', { name: 'Call a number' })).toBeNull();
});

it('lets her click the keys and take a digit back', async () => {
  const { person } = await seatedAgent();
  for (const key of ['Plus', '4', '4', '2', '0']) await person.click(button(key));
  expect(field().value).toBe('+44 20');
  await person.click(button('Delete the last digit'));
  expect(field().value).toBe('+44 2');
  await person.type(field(), '{Backspace}{Backspace}');
  expect(field().value).toBe('+44');
});

it.each([
  ['tel:+1-212-555-0143', '+1 212 555 0143'],
  ['  +49 (30) 901820 ', '+49 30 901820'],
  ['call me at 212.555.0143!', '(212) 555-0143'],
])('makes a number of what is pasted: %s', async (pasted, shown) => {
  const { person } = await seatedAgent();
  await person.click(field());
  await person.paste(pasted);
  expect(field().value).toBe(shown);
});

it('says in words why a number may not be called, and forgets it when she changes the number', async () => {
  const { manager, person } = await seatedAgent();
  manager.on('POST /api/v1/calls', refusal(422, 'CALL.NUMBER_NOT_ALLOWED', { detail: 'Calls to France are not allowed.' }));
  await person.type(field(), '+33142685300{Enter}');
  const why = within(pad()).getByRole('alert');
  await waitFor(() => expect(why.textContent).toContain('This number may not be called. Calls to France are not allowed.'));
  expect(document.body.textContent).not.toContain('CALL.');
  await person.type(field(), '1');
  expect(why.textContent).toBe('');
});

it('does not place a second call when she presses again because the answer got lost', async () => {
  const { manager, person, placed } = await seatedAgent();
  manager.on('POST /api/v1/calls', new TypeError('Failed to fetch'), json(202, callOf({ state: 'dialing', answeredAt: null })));
  await person.type(field(), '2125550143{Enter}');
  await waitFor(() => expect(within(pad()).getByRole('alert').textContent).toContain('The manager does not answer.'));
  await person.click(button('Call'));
  expect(await screen.findByRole('region', { name: 'Call: Calling' })).toBeTruthy();
  const [first, second] = placed();
  expect(first?.idempotencyKey).toBeTruthy();
  expect(second?.idempotencyKey).toBe(first?.idempotencyKey);
});

it('does not stay at "Calling" when the far end was quicker than the answer to the order', async () => {
  const { manager, person, events } = await seatedAgent();
  let answer: (response: Response) => void = () => undefined;
  manager.on('POST /api/v1/calls', () => new Promise<Response>((resolve) => (answer = resolve)));
  await person.type(field(), '2125550143{Enter}');
  manager.on(liveCalls, page([callOf()]));
  events.tell('call.dialing', 'call-1', { agentId: 'ada-1' });
  events.tell('call.answered', 'call-1', { agentId: 'ada-1' });
  await act(async () => answer(json(202, callOf({ state: 'dialing', answeredAt: null }))));
  expect(await screen.findByRole('region', { name: 'Call: In call' })).toBeTruthy();
});

it('tells how a call ended that was over before the order was answered', async () => {
  const { manager, person, events } = await seatedAgent();
  let answer: (response: Response) => void = () => undefined;
  manager.on('POST /api/v1/calls', () => new Promise<Response>((resolve) => (answer = resolve)));
  manager.on('GET /api/v1/calls/call-1', json(200, endedCall({ answeredAt: null, endReason: 'busy' })));
  await person.type(field(), '2125550143{Enter}');
  events.tell('call.ended', 'call-1', { agentId: 'ada-1' });
  await act(async () => answer(json(202, callOf({ state: 'dialing', answeredAt: null }))));
  expect((await screen.findAllByText('The line was busy')).length).toBeGreaterThan(0);
});

it('offers no calling while it is switched off, nor while she is not seated', async () => {
  const { phone, person } = await seatedAgent({ settings: { dialling: { enabled: false, countries: ['US'], alsoAllowed: [], emergency: false, callsPerMinute: 10, callerId: null } } });
  await person.type(field(), '2125550143');
  expect(within(pad()).getByText('Calls to the outside are switched off.')).toBeTruthy();
  expect(button('Call')).toHaveProperty('disabled', true);
  phone.show({ state: 'offline', onlineSince: null, seat: null });
  expect(screen.queryByRole('region', { name: 'Call a number' })).toBeNull();
});

it('can be used without eyes and without a mouse', async () => {
  const { container, person } = await seatedAgent();
  await person.type(field(), '212');
  const { violations } = await axe.run(container, { rules: { 'color-contrast': { enabled: false } } });
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([]);
});
