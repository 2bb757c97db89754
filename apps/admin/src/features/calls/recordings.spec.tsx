import { FakeManager, json, refusal } from '@nailup/web/testing';
import { screen, waitFor, within } from '@testing-library/react';
import type { Recording } from '../../shared/contract.js';
import { barriers } from '../../../test/axe.js';
import { aCall, ago, anAgent, theSettings } from '../../testing/fixtures.js';
import { openConsole, page } from '../../testing/open-console.js';

const sound = 'GET /api/v1/recordings/r1/media';
const aRecording = (more: Partial<Recording> = {}): Recording => ({
  id: 'r1', callId: '111', mediaServerId: 'id-eu-1', state: 'stored', startedAt: ago(300), pausedAt: null, endedAt: ago(60), storedAt: ago(58), pauses: [], seconds: 240, bytes: 3_840_044, failure: null, ...more,
});
const ofCall = (recording: Recording, recordings = ['r1']): FakeManager => {
  const call = aCall('111', { state: 'ended', endedAt: ago(60), endReason: 'caller-hung-up', recordings });
  return new FakeManager()
    .on('GET /api/v1/calls', () => page([call]))
    .on('GET /api/v1/calls/111', () => json(200, call))
    .on('GET /api/v1/calls/111/events', json(200, { items: [] }))
    .on('GET /api/v1/agents', page([anAgent('ada')]))
    .on('GET /api/v1/media-servers', page([]))
    .on('GET /api/v1/queues', page([]))
    .on('GET /api/v1/settings', () => json(200, theSettings()))
    .on('GET /api/v1/recordings/r1', () => json(200, recording));
};
async function open(manager: FakeManager, role: 'admin' | 'supervisor' = 'supervisor') {
  const opened = await openConsole('/history', manager, { role });
  await opened.person.click(await screen.findByRole('button', { name: /^Details of the call with/ }));
  return { ...opened, part: within(await screen.findByRole('region', { name: 'Recordings' })) };
}
const address = 'blob:http://manager.test/1';
const made = jest.fn((_: Blob) => address);
const revoked = jest.fn((_: string) => undefined);

beforeEach(() => {
  made.mockClear();
  revoked.mockClear();
  Object.assign(URL, { createObjectURL: made, revokeObjectURL: revoked });
});

it('lets a supervisor listen, fetches the sound only then, and with the token where no address shows it', async () => {
  const manager = ofCall(aRecording()).on(sound, () => new Response(new Uint8Array(4), { headers: { 'content-type': 'audio/wav' } }));
  const { person, part, unmount } = await open(manager);
  expect((await part.findByText(/^Stored/)).textContent).toContain('4:00');
  expect(manager.count(sound)).toBe(0);
  await person.click(part.getByRole('button', { name: 'Listen' }));
  const player = await part.findByLabelText('Recording of the call');
  expect([player.tagName, player.getAttribute('src')]).toEqual(['AUDIO', address]);
  expect(made.mock.calls[0]?.[0].size).toBe(4);
  expect(manager.seen.find(({ path }) => path.endsWith('/media'))).toMatchObject({ path: '/api/v1/recordings/r1/media', authorization: 'Bearer t' });
  expect(part.queryByRole('button', { name: 'Remove' })).toBeNull();
  expect(await barriers()).toEqual([]);
  unmount();
  expect(revoked).toHaveBeenCalledWith(address);
});

it('says where it was paused, so that nobody takes the silence for a fault', async () => {
  const { part } = await open(ofCall(aRecording({ pauses: [{ fromSeconds: 62, toSeconds: 75.5 }, { fromSeconds: 130, toSeconds: null }] })));
  expect(await part.findByText('Paused 1:02 to 1:15, 2:10 to now: silent there.')).toBeTruthy();
});

it('says in words why there is nothing to hear', async () => {
  const { part } = await open(ofCall(aRecording({ state: 'failed', failure: 'The media server has no sound of it.', seconds: null })));
  expect(await part.findByText('The media server has no sound of it.')).toBeTruthy();
  expect(part.queryByRole('button', { name: 'Listen' })).toBeNull();
});

it('says that this manager does not have the file, and tries again when asked', async () => {
  const manager = ofCall(aRecording()).on(sound, refusal(503, 'RECORDING.FILE_AWAY'), () => new Response(new Uint8Array(4)));
  const { person, part } = await open(manager);
  await person.click(await part.findByRole('button', { name: 'Listen' }));
  expect((await part.findByRole('alert')).textContent).toContain('This manager does not have the file');
  await person.click(part.getByRole('button', { name: 'Listen' }));
  expect(await part.findByLabelText('Recording of the call')).toBeTruthy();
});

it('follows a recording until it is stored, and reads it no more often than it changes', async () => {
  let recording = aRecording({ state: 'stopped', storedAt: null, seconds: null });
  const manager = ofCall(recording).on('GET /api/v1/recordings/r1', () => json(200, recording));
  const { part, happen } = await open(manager);
  expect(await part.findByText(/has not handed it over yet/)).toBeTruthy();
  expect(manager.count('GET /api/v1/recordings/r1')).toBe(1);
  recording = aRecording();
  happen('recording.stored', 'r1', { callId: '111' });
  expect(await part.findByRole('button', { name: 'Listen' })).toBeTruthy();
  expect(manager.count('GET /api/v1/recordings/r1')).toBe(2);
});

it('shows an administrator who listened, and lets her remove it after asking', async () => {
  const manager = ofCall(aRecording())
    .on('GET /api/v1/recordings/r1/accesses', json(200, { items: [{ at: ago(5), what: 'heard', by: 'user', byId: 'x', byName: 'Sue', detail: null }, { at: ago(9), what: 'heard', by: 'api-key', byId: 'k', byName: 'crm', detail: 'bytes 0-99/100' }], nextCursor: null }))
    .on('DELETE /api/v1/recordings/r1', json(204, null));
  const { person, part } = await open(manager, 'admin');
  await person.click(await part.findByRole('button', { name: 'Who listened' }));
  const list = await part.findByRole('list', { name: 'Who listened' });
  expect(within(list).getAllByRole('listitem').map(({ textContent }) => textContent)).toEqual([expect.stringMatching(/^Sue listened/), expect.stringMatching(/^crm \(API key\) listened .* bytes 0-99\/100$/)]);
  await person.click(part.getByRole('button', { name: 'Remove' }));
  await person.click(await screen.findByRole('button', { name: 'Remove it' }));
  await waitFor(() => expect(manager.count('DELETE /api/v1/recordings/r1')).toBe(1));
});
