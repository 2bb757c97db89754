import { json, refusal } from '@nailup/web/testing';
import { act, screen, waitFor } from '@testing-library/react';
import { callOf, openSoftphone, seated } from '../../testing/open-softphone.js';

const state = (): HTMLElement => screen.getByRole('button', { name: /^Your state: / });
const title = (): string | null => screen.getByRole('heading', { level: 1 }).textContent;
const agent = (now: string, reason: string | null, since: string) => json(200, { id: 'ada-1', state: now, stateReason: reason, stateSince: since, stateSetBy: 'self', wrapUpUntil: null });
const setState = 'PUT /api/v1/agents/ada-1/state';

async function seatedAgent(opening: Parameters<typeof openSoftphone>[0] = {}) {
  const opened = await openSoftphone(opening);
  opened.phone.show({ ...seated(), since: Date.now() - 60_000 });
  await screen.findByRole('button', { name: /^Your state: / });
  const choose = async (name: string): Promise<void> => {
    await opened.person.click(state());
    await opened.person.click(await screen.findByRole('menuitem', { name }));
  };
  return { ...opened, choose };
}

it('lets an agent pause herself with a reason, and does not blame a supervisor for it', async () => {
  const { manager, events, choose } = await seatedAgent();
  manager.on(setState, agent('paused', 'Lunch', '2026-01-01T12:00:00.000Z'));
  await choose('Pause: Lunch');
  expect(manager.seen.find(({ method }) => method === 'PUT')?.body).toEqual({ state: 'paused', reason: 'Lunch' });
  events.say('ada-1', { state: 'paused', reason: 'Lunch', stateSince: '2026-01-01T12:00:00.000Z', stateSetBy: 'self' });
  await waitFor(() => expect(title()).toBe('Paused'));
  expect(state().textContent).toContain('Paused: Lunch');
  expect(screen.queryByText(/supervisor/)).toBeNull();
});

it('does not blame a supervisor when the event is faster than the answer, nor for what she chose in another browser', async () => {
  const { manager, events, choose } = await seatedAgent();
  let answer: (response: Response) => void = () => undefined;
  manager.on(setState, () => new Promise<Response>((resolve) => (answer = resolve)));
  await choose('Pause: Training');
  events.say('ada-1', { state: 'paused', reason: 'Training', stateSince: '2026-01-01T12:00:00.000Z', stateSetBy: 'self' });
  await waitFor(() => expect(title()).toBe('Paused'));
  expect(screen.queryByText(/supervisor/)).toBeNull();
  await act(async () => answer(agent('paused', 'Training', '2026-01-01T12:00:00.000Z')));
  expect(screen.queryByText(/supervisor/)).toBeNull();
});

it('says that it was a supervisor, or another application, when it was not herself', async () => {
  const { events } = await seatedAgent();
  const paused = { state: 'paused', reason: 'Fire drill', stateSince: '2026-01-01T12:00:00.000Z' };
  events.say('ada-1', { ...paused, stateSetBy: 'supervisor' });
  expect(screen.getByText('Paused by a supervisor: Fire drill')).toBeTruthy();
  events.say('ada-1', { ...paused, stateSetBy: 'integrator' });
  expect(screen.getByText('Paused by another application: Fire drill')).toBeTruthy();
});

it('brings her back to ready', async () => {
  const { manager, choose } = await seatedAgent({ duty: { state: 'paused', stateReason: 'Lunch', stateSince: '2026-01-01T12:00:00.000Z' } });
  manager.on(setState, agent('ready', null, '2026-01-01T12:30:00.000Z'));
  await choose('Ready');
  await waitFor(() => expect(title()).toBe('Ready'));
  expect(manager.seen.find(({ method }) => method === 'PUT')?.body).toEqual({ state: 'ready', reason: null });
});

it('says in words why she could not pause', async () => {
  const { manager, choose } = await seatedAgent();
  manager.on(setState, refusal(409, 'AGENT.ON_CALL'));
  await choose('Pause: Lunch');
  expect(await screen.findByText(/The agent is on a call/)).toBeTruthy();
  expect(title()).toBe('Ready');
});

it('tells for how long she has been in her state', async () => {
  await seatedAgent({ duty: { state: 'paused', stateReason: null, stateSince: new Date(Date.now() - 247_000).toISOString() } });
  expect(state().textContent).toMatch(/Paused4:0[789]/);
});

it('lets her pause without a reason where none are set', async () => {
  const { manager, choose } = await seatedAgent({ settings: { pauseReasons: [] } });
  manager.on(setState, agent('paused', null, '2026-01-01T12:00:00.000Z'));
  await choose('Pause');
  await waitFor(() => expect(title()).toBe('Paused'));
});

it('is decided by the call while she is on one', async () => {
  const { phone } = await seatedAgent({ call: callOf() });
  expect(state()).toHaveProperty('disabled', true);
  expect(state().textContent).toContain('On call');
  phone.show({ state: 'offline', onlineSince: null, seat: null });
  expect(screen.queryByRole('button', { name: /^Your state: / })).toBeNull();
});
