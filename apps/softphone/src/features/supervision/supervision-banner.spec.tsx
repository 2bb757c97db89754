import { json } from '@nailup/web/testing';
import { act, screen, waitFor } from '@testing-library/react';
import axe from 'axe-core';
import { callOf, endedCall, liveCalls, openSoftphone, page, seated } from '../../testing/open-softphone.js';

const step = (action: string, mode: string, more: object = {}) => ({ supervisionId: 'v-1', callId: 'call-1', agentId: 'ada-1', action, mode, visibleToAgent: true, ...more });

/** Ada is seated and in a call. */
async function inCall() {
  const opened = await openSoftphone({ call: callOf() });
  opened.phone.show(seated());
  await screen.findByRole('region', { name: /^Call: / });
  return opened;
}

it('tells an agent that a supervisor listens, can speak to her, is in the call, and when that is over', async () => {
  const { events } = await inCall();
  expect(screen.queryByText(/supervisor/)).toBeNull();
  events.tell('call.supervision', 'call-1', step('started', 'listen'));
  expect(screen.getByText('A supervisor is listening')).toBeTruthy();
  events.tell('call.supervision', 'call-1', step('switched', 'whisper'));
  expect(screen.getByText(/A supervisor can speak to you/)).toBeTruthy();
  events.tell('call.supervision', 'call-1', step('switched', 'barge'));
  expect(screen.getByText('A supervisor is in the call')).toBeTruthy();
  expect((await axe.run(document.body, { rules: { 'color-contrast': { enabled: false }, region: { enabled: false } } })).violations).toEqual([]);
  events.tell('call.supervision', 'call-1', step('ended', 'barge'));
  expect(screen.queryByText(/supervisor/)).toBeNull();
});

it('shows of two supervisors the one who takes part most, and the other when that one has left', async () => {
  const { events } = await inCall();
  events.tell('call.supervision', 'call-1', step('started', 'barge'));
  events.tell('call.supervision', 'call-1', step('started', 'listen', { supervisionId: 'v-2' }));
  expect(screen.getByText('A supervisor is in the call')).toBeTruthy();
  events.tell('call.supervision', 'call-1', step('ended', 'barge'));
  expect(screen.getByText('A supervisor is listening')).toBeTruthy();
});

it('says nothing of a supervisor of whom agents are not to know, nor of one in the call of somebody else', async () => {
  const { events } = await inCall();
  events.tell('call.supervision', 'call-1', step('started', 'listen', { visibleToAgent: false }));
  events.tell('call.supervision', 'call-9', step('started', 'barge', { callId: 'call-9' }));
  expect(screen.queryByText(/supervisor/)).toBeNull();
});

it('tells an agent who reloads the page what went on before', async () => {
  const steps = [{ at: '', type: 'call.answered', data: {} }, { at: '', type: 'call.supervision', data: step('started', 'listen') }, { at: '', type: 'call.supervision', data: step('switched', 'whisper') }];
  const opened = await openSoftphone();
  opened.manager.on('GET /api/v1/calls/call-1/events', () => json(200, { items: steps })).on(liveCalls, () => page([callOf()]));
  opened.phone.show(seated());
  opened.events.tell('call.answered', 'call-1');
  expect(await screen.findByText(/A supervisor can speak to you/)).toBeTruthy();
});

it('says nothing any more once the call is over', async () => {
  const { events, manager } = await inCall();
  events.tell('call.supervision', 'call-1', step('started', 'listen'));
  manager.on(liveCalls, page([])).on('GET /api/v1/calls/call-1', () => json(200, endedCall()));
  act(() => events.tell('call.ended', 'call-1'));
  await waitFor(() => expect(screen.queryByText(/supervisor/)).toBeNull());
});
