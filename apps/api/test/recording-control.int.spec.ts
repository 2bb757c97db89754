import type { RecordingView } from '../src/recordings/recording.view.js';
import { call } from './support/api.js';
import type { SeatedAgent } from './support/call-world.js';
import { RecordingWorld } from './support/recording-world.js';

let world: RecordingWorld;
let ann: SeatedAgent;

beforeAll(async () => {
  world = await RecordingWorld.create('on-demand');
});
afterAll(() => world.close());
beforeEach(async () => {
  await world.mode('on-demand');
  ann = await world.calls.seatedAgent();
});

const told = (id: string): Promise<string[]> => world.calls.types(id);
const actions = (name: string): string[][] => ann.asterisk.sessions.flatMap(({ received }) => received).filter((one) => one.get('Action') === name).map((one) => [one.get('Channel') ?? '', one.get('Variable') ?? one.get('State') ?? one.get('Exten') ?? '']);

describe('an agent who records a call', () => {
  it('begins, pauses, goes on and ends it, and each step is told once the media server has said it', async () => {
    const { id } = await world.calls.talking(ann);
    expect((await world.order(ann.token, id, 'start')).status).toBe(202);
    const recording = await world.running(ann.token, id);
    expect((await world.order(ann.token, id, 'pause')).body.recording).toEqual({ id: recording, state: 'paused' });
    expect((await world.get(ann.token, recording)).body).toMatchObject({ state: 'paused', pausedAt: expect.any(String), pauses: [{ fromSeconds: expect.any(Number), toSeconds: null }] });
    expect((await world.order(ann.token, id, 'resume')).body.recording).toEqual({ id: recording, state: 'recording' });
    expect((await world.order(ann.token, id, 'stop')).body.recording).toBeNull();
    const { body } = await world.get(ann.token, recording);
    expect(body).toMatchObject({ id: recording, callId: id, mediaServerId: ann.server.id, state: 'stopped', pausedAt: null, endedAt: expect.any(String), pauses: [{ fromSeconds: expect.any(Number), toSeconds: expect.any(Number) }] });
    expect(await told(recording)).toEqual(['recording.started', 'recording.paused', 'recording.resumed', 'recording.stopped']);
    expect(actions('MixMonitorMute')).toEqual([[id, '1'], [id, '0']]);
    expect((await world.calls.get<{ recordings: string[] }>(ann.token, `/${id}`)).body.recordings).toEqual([recording]);
    const ladder = (await world.calls.get<{ items: { type: string }[] }>(ann.token, `/${id}/events`)).body.items.map(({ type }) => type);
    expect(ladder.filter((type) => type.startsWith('recording.'))).toEqual(await told(recording));
    await world.calls.is(id, 'answered');
  });

  it('may begin another one when that has ended, and has two then', async () => {
    const { id } = await world.calls.talking(ann);
    await world.order(ann.token, id, 'start');
    const first = await world.running(ann.token, id);
    await world.order(ann.token, id, 'stop');
    await world.order(ann.token, id, 'start');
    const second = await world.running(ann.token, id);
    expect((await world.calls.get<{ recordings: string[] }>(ann.token, `/${id}`)).body.recordings).toEqual([first, second]);
  });

  it('ends it by hanging up, also while it is paused', async () => {
    const { id } = await world.calls.talking(ann);
    await world.order(ann.token, id, 'start');
    const recording = await world.running(ann.token, id);
    await world.order(ann.token, id, 'pause');
    ann.asterisk.hangup(id);
    await world.calls.is(id, 'ended');
    expect(await told(recording)).toEqual(['recording.started', 'recording.paused', 'recording.stopped']);
    expect((await world.get(ann.token, recording)).body.pauses[0]?.toSeconds).not.toBeNull();
  });

  it('is told in words what the state forbids, and nothing is ordered then', async () => {
    const { id } = await world.calls.talking(ann);
    for (const action of ['pause', 'resume', 'stop']) expect((await world.order(ann.token, id, action)).body).toMatchObject({ code: 'RECORDING.WRONG_STATE', detail: 'The call is not being recorded.' });
    await world.calls.post(ann.token, `/${id}/hold`);
    await world.calls.is(id, 'held');
    expect((await world.order(ann.token, id, 'start')).body.code).toBe('CALL.WRONG_STATE');
    await world.calls.post(ann.token, `/${id}/resume`);
    await world.calls.is(id, 'answered');
    await world.order(ann.token, id, 'start');
    await world.running(ann.token, id);
    expect((await world.order(ann.token, id, 'start')).body.code).toBe('RECORDING.RUNNING');
    expect((await world.order(ann.token, id, 'resume')).body).toMatchObject({ code: 'RECORDING.WRONG_STATE', detail: 'It is not paused.' });
    await world.order(ann.token, id, 'pause');
    expect((await world.order(ann.token, id, 'pause')).body).toMatchObject({ code: 'RECORDING.WRONG_STATE', detail: 'It is paused already.' });
    ann.asterisk.hangup(id);
    await world.calls.is(id, 'ended');
    expect((await world.order(ann.token, id, 'start')).body.code).toBe('CALL.ENDED');
  });

  it('is not told that it is paused when the media server does not say so', async () => {
    const { id } = await world.calls.talking(ann);
    await world.order(ann.token, id, 'start');
    const recording = await world.running(ann.token, id);
    const before = ann.asterisk.answer('mixmonitormute', (action) => action.error('Cannot set mute flag'));
    const answer = await world.order(ann.token, id, 'pause');
    before();
    expect([answer.status, answer.body.code]).toEqual([503, 'CALL.MEDIA_SERVER_AWAY']);
    expect(await told(recording)).toEqual(['recording.started']);
    await world.running(ann.token, id, 'recording');
  });

  it('records her own calls only; a supervisor and a key record anybody\'s', async () => {
    const { id } = await world.calls.talking(ann);
    const bea = await world.calls.seatedAgent();
    expect((await world.order(bea.token, id, 'start')).status).toBe(404);
    expect((await world.order(world.tokens.reader, id, 'start')).status).toBe(403);
    expect((await world.order(world.tokens.supervisor, id, 'start')).status).toBe(202);
    await world.running(ann.token, id);
    expect((await world.order(world.calls.key, id, 'stop')).status).toBe(202);
  });
});

describe('the settings', () => {
  it('let nobody record while recording is switched off, but let what runs be ended', async () => {
    const { id } = await world.calls.talking(ann);
    await world.order(ann.token, id, 'start');
    await world.running(ann.token, id);
    await world.mode('off');
    expect((await world.order(ann.token, id, 'stop')).status).toBe(202);
    const answer = await world.order(world.tokens.admin, id, 'start');
    expect([answer.status, answer.body.code]).toEqual([409, 'RECORDING.SWITCHED_OFF']);
    expect((await world.get<{ mode: string }>(ann.token, '../settings')).body).toMatchObject({ recording: { mode: 'off', retentionDays: 90 } });
  });

  it('record every call that is placed, from when it is answered; its agent may pause it, a supervisor stop it', async () => {
    await world.mode('always');
    const { id } = await world.calls.dialled(ann);
    const order = ann.asterisk.dialled.find((one) => one.get('ChannelId') === id);
    expect(order?.all('Variable').filter((line) => line.startsWith('NAILUP_RECORDING=')).length).toBe(1);
    expect(await world.calls.database.query('SELECT id FROM recordings WHERE call_id = ?', [id])).toEqual([]);
    ann.asterisk.farEnd.answer(id);
    const recording = await world.running(ann.token, id);
    expect(order?.all('Variable')).toContain(`NAILUP_RECORDING=${recording}`);
    const refused = await world.order(ann.token, id, 'stop');
    expect([refused.status, refused.body.code]).toEqual([409, 'RECORDING.ALWAYS_ON']);
    expect((await world.order(ann.token, id, 'pause')).status).toBe(202);
    expect((await world.order(world.tokens.supervisor, id, 'stop')).status).toBe(202);
  });

  it('are changed by an administrator, and hold numbers that make sense', async () => {
    const put = (recording: unknown) => call<{ recording?: RecordingView; errors?: { pointer: string }[] }>(world.calls.manager, 'PUT', '/api/v1/settings', { token: world.tokens.admin, body: { recording } });
    expect((await put({ mode: 'always', retentionDays: 30 })).body.recording).toEqual({ mode: 'always', retentionDays: 30 });
    for (const [pointer, recording] of [['/recording/mode', { mode: 'sometimes', retentionDays: 1 }], ['/recording/retentionDays', { mode: 'off', retentionDays: 0 }], ['/recording', null], ['/recording/path', { mode: 'off', retentionDays: 1, path: '/' }]]) {
      expect((await put(recording)).body.errors?.[0]?.pointer).toBe(pointer);
    }
    await put({ mode: 'on-demand', retentionDays: 90 });
  });
});
