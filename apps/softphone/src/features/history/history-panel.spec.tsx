import { json, refusal } from '@nailup/web/testing';
import { screen, waitFor, within } from '@testing-library/react';
import { callOf, endedCall, liveCalls, openSoftphone, page, pastCalls, seated } from '../../testing/open-softphone.js';
import { durationWords, endWords } from '../../calls/words.js';

const panel = (): HTMLElement => screen.getByRole('region', { name: 'Your calls' });
const rows = (): (string | null)[] => within(panel()).getAllByRole('listitem').map(({ textContent }) => textContent);
const ago = (ms: number): string => new Date(Date.now() - ms).toISOString();

it('tells an agent with whom she spoke, when, for how long and how each call ended', async () => {
  await openSoftphone({
    history: [
      endedCall({ id: 'c-1', direction: 'inbound', from: '+442071838750', queue: { id: 'q', name: 'Support' }, answeredAt: ago(200_000), endedAt: ago(100_000) }),
      endedCall({ id: 'c-2', to: '+12125550143', answeredAt: null, endReason: 'busy' }),
      endedCall({ id: 'c-3', direction: 'inbound', from: 'anonymous', answeredAt: null, endReason: 'abandoned' }),
    ],
  });
  const [spoken, busy, missed] = rows();
  expect(spoken).toMatch(/\+44 20 7183 8750.*Called you · Support · The caller hung up.*1 min 40 s/);
  expect(busy).toMatch(/\+1 212 555 0143.*You tried · The line was busy.*not connected/);
  expect(missed).toMatch(/Number withheld.*Missed · The caller gave up waiting/);
});

it('calls again with one press, and only while she can', async () => {
  const { phone, manager, person } = await openSoftphone({ history: [endedCall({ to: '+12125550143' })] });
  const again = (): HTMLElement => within(panel()).getByRole('button', { name: 'Call +1 212 555 0143 again' });
  expect(again()).toHaveProperty('disabled', true);
  phone.show(seated());
  manager.on('POST /api/v1/calls', json(202, callOf({ id: 'call-2', state: 'dialing', answeredAt: null })));
  await person.click(again());
  expect(manager.seen.find(({ method, path }) => method === 'POST' && path === '/api/v1/calls')?.body).toEqual({ to: '+12125550143' });
  expect(await screen.findByRole('region', { name: 'Call: Calling' })).toBeTruthy();
});

it('says why a number cannot be called again', async () => {
  const { phone, manager, person } = await openSoftphone({ history: [endedCall()] });
  phone.show(seated());
  manager.on('POST /api/v1/calls', refusal(429, 'CALL.TOO_MANY', {}, { 'retry-after': '20' }));
  await person.click(within(panel()).getByRole('button', { name: /^Call .* again$/ }));
  expect(await within(panel()).findByText(/more calls in a minute than allowed/)).toBeTruthy();
});

it('says what will be here when there is nothing yet', async () => {
  await openSoftphone();
  expect(within(panel()).getByText('No calls yet')).toBeTruthy();
});

it('says that the list could not be read, and reads it when asked again', async () => {
  const { manager, events, person } = await openSoftphone({ history: null });
  expect(await within(panel()).findByText(/The manager cannot reach its database/)).toBeTruthy();
  manager.on(pastCalls, page([endedCall()]));
  await person.click(within(panel()).getByRole('button', { name: 'Try again' }));
  await waitFor(() => expect(rows()).toHaveLength(1));
  expect(events.ready).toBe(true);
});

it('keeps showing what it has when a later reading fails, and says so', async () => {
  const { manager, events } = await openSoftphone({ history: [endedCall({ id: 'old' })], call: callOf() });
  manager.on(pastCalls, refusal(503, 'SERVICE.DATABASE_UNAVAILABLE')).on(liveCalls, page([])).on('GET /api/v1/calls/call-1', json(200, endedCall()));
  events.tell('call.ended', 'call-1');
  expect(await within(panel()).findByText(/These are the last numbers we have/)).toBeTruthy();
  expect(rows()).toHaveLength(1);
});

it('has the call that just ended without being asked', async () => {
  const { manager, events } = await openSoftphone({ call: callOf() });
  manager.on(liveCalls, page([])).on('GET /api/v1/calls/call-1', json(200, endedCall())).on(pastCalls, page([endedCall()]));
  events.tell('call.ended', 'call-1');
  await waitFor(() => expect(rows()).toHaveLength(1));
});

it('reads older calls when asked for', async () => {
  const { manager, person } = await openSoftphone({ history: [endedCall({ id: 'c-1' })], older: 'cursor-1' });
  manager.on(`${pastCalls}&cursor=cursor-1`, page([endedCall({ id: 'c-0', to: '+12125550100' })]));
  await person.click(within(panel()).getByRole('button', { name: 'Older calls' }));
  await waitFor(() => expect(rows()).toHaveLength(2));
  expect(within(panel()).queryByRole('button', { name: 'Older calls' })).toBeNull();
});

it('has words for every way a call can end', () => {
  const reasons = ['caller-hung-up', 'agent-hung-up', 'busy', 'no-answer', 'cancelled', 'rejected', 'congestion', 'media-server-failed', 'abandoned', 'transferred', 'limit', null] as const;
  const told = reasons.map((endReason) => endWords({ direction: 'outbound', endReason, hangupText: null, answeredAt: null }));
  expect(new Set(told).size).toBe(reasons.length);
  expect(endWords({ direction: 'outbound', endReason: 'rejected', hangupText: 'The number is not in use', answeredAt: null })).toBe('The number is not in use');
  expect([800, 61_000, 3_600_000, 5_400_000].map(durationWords)).toEqual(['1 s', '1 min 1 s', '1 h', '1 h 30 min']);
});
