import { json, refusal } from '@nailup/web/testing';
import { act, screen, waitFor, within } from '@testing-library/react';
import axe from 'axe-core';
import { callOf, endedCall, liveCalls, openSoftphone, page, pastCalls, seated } from '../../testing/open-softphone.js';

const since = (): string => new Date().toISOString();
const inSeconds = (seconds: number): string => new Date(Date.now() + seconds * 1_000).toISOString();
const title = (): string | null => screen.getByRole('heading', { level: 1 }).textContent;

/** Ada was in a call that has just ended; she is in wrap-up unless `state` says otherwise. */
async function afterCall(end: Parameters<typeof endedCall>[0] = {}, state = 'wrap-up', opening: Parameters<typeof openSoftphone>[0] = {}) {
  const opened = await openSoftphone({ call: callOf(), ...opening });
  const { manager, events, phone } = opened;
  phone.show({ ...seated(), since: Date.now() - 60_000 });
  manager.on(liveCalls, page([])).on('GET /api/v1/calls/call-1', json(200, endedCall(end))).on(pastCalls, page([endedCall(end)]));
  events.tell('call.ended', 'call-1');
  events.say('ada-1', { state, reason: null, stateSince: since(), wrapUpUntil: state === 'wrap-up' ? inSeconds(30) : null });
  const card = await screen.findByRole('region', { name: /^\+1/ });
  return { ...opened, card };
}

it('asks an agent how the call ended, with a note, and makes her ready when she has said it', async () => {
  const { manager, events, person, card } = await afterCall();
  expect(title()).toBe('Wrap-up');
  expect(within(card).getByText('The other side hung up')).toBeTruthy();
  expect(within(card).getByText(/^Ready in 0:[23]/)).toBeTruthy();
  expect(within(card).getByRole('button', { name: 'Save and be ready' })).toHaveProperty('disabled', true);
  manager.on('POST /api/v1/calls/call-1/disposition', json(200, endedCall({ disposition: 'sale' })));
  await person.click(within(card).getByRole('radio', { name: 'Sale' }));
  await person.type(within(card).getByRole('textbox', { name: 'Note' }), 'Two boxes');
  await person.click(within(card).getByRole('button', { name: 'Save and be ready' }));
  expect(manager.seen.at(-1)?.path).toContain('/disposition');
  expect(manager.seen.at(-1)?.body).toEqual({ code: 'sale', note: 'Two boxes' });
  await waitFor(() => expect(screen.queryByRole('region', { name: /^\+1/ })).toBeNull());
  events.say('ada-1', { state: 'ready', reason: null, stateSince: since() });
  expect(title()).toBe('Ready');
});

it('lets her choose an outcome by its digit', async () => {
  const { person, card } = await afterCall();
  act(() => within(card).getAllByRole('radio')[0]?.focus());
  await person.keyboard('2');
  expect(within(card).getByRole('radio', { name: 'No sale' })).toHaveProperty('checked', true);
});

it('lets her be ready at once', async () => {
  const { manager, person, card } = await afterCall();
  manager.on('PUT /api/v1/agents/ada-1/state', json(200, { id: 'ada-1', state: 'ready', stateReason: null, stateSince: since(), stateSetBy: 'self', wrapUpUntil: null }));
  await person.click(within(card).getByRole('button', { name: 'Ready now' }));
  await waitFor(() => expect(title()).toBe('Ready'));
  expect(screen.queryByRole('region', { name: /^\+1/ })).toBeNull();
});

it('does not throw away what she wrote when the wrap-up is over or the next caller is there', async () => {
  const { manager, events, person, card } = await afterCall();
  await person.type(within(card).getByRole('textbox', { name: 'Note' }), 'Call back on Monday');
  events.say('ada-1', { state: 'ready', reason: null, stateSince: since() });
  expect(within(card).getByText(/what you entered is not saved yet/)).toBeTruthy();
  manager.on(liveCalls, page([callOf({ id: 'call-2' })]));
  events.tell('call.answered', 'call-2');
  await screen.findByRole('region', { name: 'Call: In call' });
  expect(within(card).getByRole('textbox', { name: 'Note' })).toHaveProperty('value', 'Call back on Monday');
});

it('says in words why an outcome could not be saved, and keeps it', async () => {
  const { manager, person, card } = await afterCall();
  manager.on('POST /api/v1/calls/call-1/disposition', refusal(422, 'CALL.UNKNOWN_DISPOSITION'));
  await person.click(within(card).getByRole('radio', { name: 'Sale' }));
  await person.click(within(card).getByRole('button', { name: 'Save and be ready' }));
  expect(await within(card).findByText(/This outcome is not offered any more/)).toBeTruthy();
  expect(within(card).getByRole('radio', { name: 'Sale' })).toHaveProperty('checked', true);
});

it('finds the call to wrap up again after a reload, with the time that is left of it', async () => {
  const { phone } = await openSoftphone({ duty: { state: 'wrap-up', stateReason: null, stateSince: inSeconds(-20), wrapUpUntil: inSeconds(55) }, history: [endedCall()] });
  phone.show({ ...seated(), since: Date.now() - 60_000 });
  expect(await screen.findByText('How did it end?')).toBeTruthy();
  expect(screen.getByText(/^Ready in 0:[345]\d$/)).toBeTruthy();
});

it('shows no clock for a wrap-up that has no end', async () => {
  const { phone } = await openSoftphone({ duty: { state: 'wrap-up', stateReason: null, stateSince: inSeconds(-20), wrapUpUntil: null }, history: [endedCall()] });
  phone.show({ ...seated(), since: Date.now() - 60_000 });
  expect(await screen.findByText('How did it end?')).toBeTruthy();
  expect(screen.queryByText(/^Ready in/)).toBeNull();
});

it('says how a call ended that was never answered, and calls again', async () => {
  const { manager, person, card } = await afterCall({ answeredAt: null, endReason: 'busy' }, 'ready');
  expect(within(card).getByText('The line was busy')).toBeTruthy();
  expect(within(card).queryByText('How did it end?')).toBeNull();
  manager.on('POST /api/v1/calls', json(202, callOf({ id: 'call-2', state: 'dialing', answeredAt: null })));
  await person.click(within(card).getByRole('button', { name: 'Call again' }));
  expect(await screen.findByRole('region', { name: 'Call: Calling' })).toBeTruthy();
});

it('offers to call back when the media server failed in the middle of a call', async () => {
  const { manager, person, phone } = await afterCall({ endReason: 'media-server-failed' });
  const banner = (): HTMLElement => screen.getByText('Your call was cut off').closest('[role="alert"]') as HTMLElement;
  phone.show({ state: 'recovering', reason: 'socket-lost' });
  expect(within(banner()).getByRole('button', { name: 'Call back' })).toHaveProperty('disabled', true);
  phone.show({ state: 'ready', reason: null });
  manager.on('POST /api/v1/calls', json(202, callOf({ id: 'call-2', state: 'dialing', answeredAt: null })));
  await person.click(within(banner()).getByRole('button', { name: 'Call back' }));
  expect(await screen.findByRole('region', { name: 'Call: Calling' })).toBeTruthy();
  expect(screen.queryByText('Your call was cut off')).toBeNull();
});

it('does not offer to call back when she does not want to, or long after', async () => {
  const { person } = await afterCall({ endReason: 'media-server-failed' });
  await person.click(screen.getByRole('button', { name: 'Do not call back' }));
  expect(screen.queryByText('Your call was cut off')).toBeNull();
});

it('can be used without eyes and without a mouse', async () => {
  const { container } = await afterCall({ endReason: 'media-server-failed' });
  const { violations } = await axe.run(container, { rules: { 'color-contrast': { enabled: false } } });
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([]);
});
