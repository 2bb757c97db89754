import { json, refusal } from '@nailup/web/testing';
import { screen, waitFor, within } from '@testing-library/react';
import axe from 'axe-core';
import type { Call } from '../../calls/manager-calls.js';
import { callOf, endedCall, liveCalls, openSoftphone, page, seated } from '../../testing/open-softphone.js';

const transferOf = 'POST /api/v1/calls/call-1/transfer';
const directory = {
  items: [
    { username: 'bea', displayName: 'Bea', state: 'ready', free: true },
    { username: 'cleo', displayName: 'Cleo', state: 'paused', free: false },
  ],
  queues: [{ name: 'Support', waiting: 2 }],
};
const asking = (changes: Partial<NonNullable<Call['consultation']>> = {}): Call['consultation'] => ({ callId: 'call-2', state: 'answered', to: 'agent:bea', displayName: 'Bea', endReason: null, ...changes });

/** Ada is seated and in a call. */
async function inCall(changes: Partial<Call> = {}) {
  const opened = await openSoftphone({ call: callOf(changes) });
  opened.manager.on('GET /api/v1/agents/directory', json(200, directory));
  opened.phone.show({ ...seated(), others: [{ id: '17.1', name: 'Ann', number: '+15550104', muted: false, talking: false }] });
  await screen.findByRole('region', { name: /^Call: / });
  return opened;
}

const card = () => within(screen.getByRole('region', { name: /^Call: / }));
const button = (name: string): HTMLElement => card().getByRole('button', { name });

/** The list of whom she can choose is open. */
async function choosing() {
  const opened = await inCall();
  await opened.person.click(button('Transfer'));
  await card().findByRole('button', { name: /Bea/ });
  return opened;
}

describe('an agent who transfers a call', () => {
  it('sees which colleagues are free, and cannot choose who is not', async () => {
    const { person } = await choosing();
    expect(card().getByRole('button', { name: /Cleo/ }).getAttribute('aria-disabled')).toBe('true');
    expect(card().getByRole('button', { name: /Support/ }).textContent).toContain('2 waiting');
    expect(button('Hand over now')).toHaveProperty('disabled', true);
    await person.type(card().getByLabelText('To whom'), 'be');
    expect(card().queryByRole('button', { name: /Cleo/ })).toBeNull();
  });

  it('hands the caller to a colleague at once, and her screen is empty when it is done', async () => {
    const { person, manager } = await choosing();
    await person.click(card().getByRole('button', { name: /Bea/ }));
    const gone = json(200, callOf({ agentId: 'bea-1', state: 'ringing', transferredBy: 'ada-1' }));
    manager.on(transferOf, json(202, callOf())).on(liveCalls, page([])).on('GET /api/v1/calls/call-1', gone);
    await person.click(button('Hand over now'));
    expect(manager.seen.find(({ path }) => path.endsWith('/transfer'))?.body).toEqual({ to: 'agent:bea', kind: 'blind' });
    await waitFor(() => expect(screen.queryByRole('region', { name: /^Call: / })).toBeNull());
    // What came of it is still hers to say.
    expect(await screen.findByText('Passed on to somebody else')).toBeTruthy();
  });

  it('hands the caller to a number as she typed it, and the call has ended for her', async () => {
    const { person, manager } = await choosing();
    await person.type(card().getByLabelText('To whom'), '+15550107');
    await person.click(card().getByRole('button', { name: /number$/ }));
    manager.on(transferOf, json(202, callOf())).on(liveCalls, page([])).on('GET /api/v1/calls/call-1', json(200, endedCall({ endReason: 'transferred' })));
    await person.click(button('Hand over now'));
    expect(await screen.findByText('Passed on to somebody else')).toBeTruthy();
  });

  it('cannot talk first with a queue', async () => {
    const { person } = await choosing();
    await person.click(card().getByRole('button', { name: /Support/ }));
    expect([button('Hand over now'), button('Talk first')].map((one) => (one as HTMLButtonElement).disabled)).toEqual([false, true]);
  });

  it('hears why it was not done, and still has the caller', async () => {
    const { person, manager } = await choosing();
    await person.click(card().getByRole('button', { name: /Bea/ }));
    manager.on(transferOf, refusal(409, 'CALL.TARGET_BUSY', { detail: 'Bea has paused.' }));
    await person.click(button('Hand over now'));
    await waitFor(() => expect(card().getAllByRole('alert').map(({ textContent }) => textContent).join('')).toContain('Bea has paused.'));
    expect(button('Hand over now')).toHaveProperty('disabled', false);
  });

  it('talks with a colleague first: sees that she is called, then who hears whom, then hands over', async () => {
    const { person, manager, events } = await choosing();
    await person.click(card().getByRole('button', { name: /Bea/ }));
    manager.on(transferOf, json(202, callOf())).on(liveCalls, page([callOf({ consultation: asking({ state: 'ringing' }) })]));
    await person.click(button('Talk first'));
    expect(await card().findByText(/Bea is being called/)).toBeTruthy();
    expect(button('Hand over')).toHaveProperty('disabled', true);
    manager.on(liveCalls, page([callOf({ state: 'held', consultation: asking() })]));
    events.tell('call.consultation', 'call-1');
    expect(await card().findByText('You and Bea hear each other. +1 5550101 hears music.')).toBeTruthy();
    manager.on(`${transferOf}/complete`, json(202, callOf())).on(liveCalls, page([])).on('GET /api/v1/calls/call-1', refusal(404, 'CALL.NOT_FOUND'));
    await person.click(button('Hand over'));
    await waitFor(() => expect(screen.queryByRole('region', { name: /^Call: / })).toBeNull());
  });

  it('brings all three together, and is at work until the media server says so', async () => {
    const { person, manager, events } = await inCall({ state: 'held', consultation: asking() });
    manager.on(`${transferOf}/join`, json(202, callOf({ state: 'held', consultation: asking() })));
    await person.click(button('All together'));
    expect(card().getByRole('button', { name: /All together/ })).toHaveProperty('disabled', true);
    manager.on(liveCalls, page([callOf({ consultation: asking() })]));
    events.tell('call.resumed', 'call-1');
    expect(await card().findByText('You, Bea and +1 5550101 all hear each other.')).toBeTruthy();
  });

  it('goes back to the caller', async () => {
    const { person, manager, events } = await inCall({ state: 'held', consultation: asking() });
    manager.on(`${transferOf}/cancel`, json(202, callOf({ state: 'held', consultation: asking() })));
    await person.click(button('Back to the caller'));
    manager.on(liveCalls, page([callOf({ consultation: asking({ state: 'ended', endReason: 'agent-hung-up' }) })]));
    events.tell('call.resumed', 'call-1');
    await waitFor(() => expect(card().queryByText(/hear each other/)).toBeNull());
    expect(button('Transfer')).toBeTruthy();
  });

  it('is told that nobody answered, while the caller still hears music', async () => {
    await inCall({ state: 'held', consultation: asking({ state: 'ended', endReason: 'no-answer' }) });
    expect(card().getByText(/^Bea did not answer/)).toBeTruthy();
    expect(button('Resume')).toBeTruthy();
  });
});

it('a colleague who is asked sees who asks her, and cannot hand that on', async () => {
  await inCall({ from: 'agent:bea', to: 'agent:ada', purpose: 'consultation', originCallId: 'call-0' });
  expect(card().getByRole('heading').textContent).toBe('bea');
  expect(card().getByText('A colleague asks you')).toBeTruthy();
  expect(card().queryByRole('button', { name: 'Transfer' })).toBeNull();
});

it('the chooser and the strip can be used without seeing them', async () => {
  const { container } = await choosing();
  expect((await axe.run(container, { rules: { 'color-contrast': { enabled: false } } })).violations.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([]);
});
