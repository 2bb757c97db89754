import { json, refusal } from '@nailup/web/testing';
import { act, screen, waitFor, within } from '@testing-library/react';
import axe from 'axe-core';
import { callOf, liveCalls, openSoftphone, page, seated } from '../../testing/open-softphone.js';

const order = 'POST /api/v1/calls/call-1/recording';
const bar = (): HTMLElement => screen.getByRole('group', { name: 'Recording of the call' });
const button = (name: string): HTMLElement => within(bar()).getByRole('button', { name });
const sign = (): string | null => within(bar()).getByRole('status').textContent;
const running = (state: 'recording' | 'paused' = 'recording') => callOf({ recording: { id: 'r-1', state } });

/** Ada is in a call while this is how calls are recorded. */
async function inCall(mode: 'off' | 'on-demand' | 'always', call = callOf()) {
  const opened = await openSoftphone({ call, settings: { recording: { mode, retentionDays: 90 } } });
  opened.phone.show({ ...seated(), others: [{ id: '17.1', name: 'Ann', number: '+15550104', muted: false, talking: false }] });
  await screen.findByRole('region', { name: /^Call: / });
  return opened;
}

it('does not speak of recording where calls are not recorded', async () => {
  await inCall('off');
  expect(screen.queryByRole('group', { name: 'Recording of the call' })).toBeNull();
});

it('lets an agent record, and says that it records when the media server does', async () => {
  const { manager, events, person } = await inCall('on-demand');
  expect(sign()).toBe('Not recorded');
  manager.on(order, json(202, callOf()));
  await person.click(button('Record'));
  expect(sign()).toBe('Not recorded');
  expect(button('Record')).toHaveProperty('disabled', true);
  manager.on(liveCalls, page([running()]));
  events.tell('recording.started', 'r-1', { callId: 'call-1', agentId: 'ada-1' });
  expect(sign()).toBe('Recording');
  const { violations } = await axe.run(document.body, { rules: { 'color-contrast': { enabled: false } } });
  expect(violations.map(({ id }) => id)).toEqual([]);
});

it('says that it is paused when that is confirmed and not before, and goes on', async () => {
  const { manager, events, person } = await inCall('on-demand', running());
  let answer: (response: Response) => void = () => undefined;
  manager.on(order, () => new Promise<Response>((resolve) => (answer = resolve)));
  await person.click(button('Pause recording'));
  expect(sign()).toBe('Recording');
  manager.on(liveCalls, page([running('paused')]));
  await act(async () => answer(json(202, running('paused'))));
  await waitFor(() => expect(sign()).toBe('Recording paused'));
  manager.on(order, json(202, running('paused')));
  await person.click(button('Resume recording'));
  manager.on(liveCalls, page([running()]));
  events.tell('recording.resumed', 'r-1', { callId: 'call-1', agentId: 'ada-1' });
  expect(sign()).toBe('Recording');
});

it('follows what a supervisor does to it', async () => {
  const { manager, events } = await inCall('on-demand', running());
  manager.on(liveCalls, page([callOf()]));
  events.tell('recording.stopped', 'r-1', { callId: 'call-1', agentId: 'ada-1' });
  expect(sign()).toBe('Not recorded');
  events.tell('recording.started', 'r-2', { callId: 'call-9', agentId: 'bea-1' });
  expect(sign()).toBe('Not recorded');
});

it('says in words why it was not done', async () => {
  const { manager, person } = await inCall('on-demand', running());
  manager.on(order, refusal(503, 'RECORDING.NOT_CONFIRMED', { detail: 'x' }));
  await person.click(button('Pause recording'));
  expect((await within(bar()).findByRole('alert')).textContent).toMatch(/did not confirm/);
  expect(sign()).toBe('Recording');
});

it('lets an agent pause a recording that every call has, and not end it', async () => {
  await inCall('always', running());
  expect(button('Pause recording')).toBeTruthy();
  expect(within(bar()).queryByRole('button', { name: 'Stop recording' })).toBeNull();
});
