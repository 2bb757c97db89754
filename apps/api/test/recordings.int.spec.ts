import { randomUUID } from 'node:crypto';
import { existsSync, readdirSync, renameSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { call } from './support/api.js';
import type { SeatedAgent } from './support/call-world.js';
import { raw } from './support/raw.js';
import { expectRefusal } from './support/refusal.js';
import { RecordingWorld, wav } from './support/recording-world.js';
import { until } from './support/until.js';

let world: RecordingWorld;
let ann: SeatedAgent;

beforeAll(async () => {
  world = await RecordingWorld.create('on-demand');
});
afterAll(() => world.close());
beforeEach(async () => {
  ann = await world.calls.seatedAgent();
});

const place = (id: string): string => join(world.directory, id.slice(-2), `${id}.wav`);
const left = (): string[] => (existsSync(join(world.directory, 'incoming')) ? readdirSync(join(world.directory, 'incoming')) : []);
const state = async (id: string): Promise<string | undefined> => (await world.calls.database.query<{ state: string }>('SELECT state FROM recordings WHERE id = ?', [id]))[0]?.state;
async function heard(token: string, id: string, headers: Record<string, string> = {}, method = 'GET') {
  const answer = await fetch(`${world.calls.manager.url}/api/v1/recordings/${id}/media`, { method, headers: { authorization: `Bearer ${token}`, ...headers } });
  return { status: answer.status, headers: answer.headers, body: Buffer.from(await answer.arrayBuffer()) };
}
/** A recorded call that has ended, whose file the media server still has. */
async function ended(): Promise<{ callId: string; id: string; token: string }> {
  const { id: callId } = await world.calls.talking(ann);
  await world.order(ann.token, callId, 'start');
  const id = await world.running(ann.token, callId);
  ann.asterisk.hangup(callId);
  await world.calls.is(callId, 'ended');
  return { callId, id, token: await world.serverToken(ann.server) };
}

describe('a media server that hands a recording over', () => {
  it('need not keep it then: it is stored as it was sent, told, and how long it is is known', async () => {
    const { callId, id, token } = await ended();
    const file = wav(2.5);
    const answer = await world.upload(token, callId, file, { recording: id });
    expect([answer.status, JSON.parse(answer.text)]).toMatchObject([200, { id, callId, state: 'stored', seconds: 2.5, bytes: file.length, storedAt: expect.any(String) }]);
    expect((await heard(ann.token, id)).body.equals(file)).toBe(true);
    expect(await world.calls.types(id)).toEqual(['recording.started', 'recording.stopped', 'recording.stored']);
    expect((await world.calls.told(id)).every(({ agentId, data }) => agentId === ann.id && data['callId'] === callId)).toBe(true);
    expect(left()).toEqual([]);
  });

  it('may send it twice, also at the same moment: it is one recording, told once', async () => {
    const { callId, id, token } = await ended();
    const file = wav(1);
    const answers = await Promise.all([world.upload(token, callId, file, { recording: id }), world.upload(token, callId, file, { recording: id })]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    expect((await world.upload(token, callId, wav(1), { recording: id })).status).toBe(200);
    expect((await heard(ann.token, id)).body.equals(file)).toBe(true);
    expect((await world.calls.types(id)).filter((type) => type === 'recording.stored')).toHaveLength(1);
  });

  it('may leave out which one it is, and send one whose beginning no manager heard of', async () => {
    const { callId, id, token } = await ended();
    expect(JSON.parse((await world.upload(token, callId, wav(1))).text)).toMatchObject({ id, state: 'stored' });
    const unheard = randomUUID();
    expect(JSON.parse((await world.upload(token, callId, wav(3), { recording: unheard })).text)).toMatchObject({ id: unheard, state: 'stored', seconds: 3 });
    expect((await world.calls.get<{ recordings: string[] }>(ann.token, `/${callId}`)).body.recordings.sort()).toEqual([id, unheard].sort());
  });

  it('says by an empty file that there is no sound: the recording has failed, and why is said', async () => {
    const { callId, id, token } = await ended();
    expect(JSON.parse((await world.upload(token, callId, '', { recording: id })).text)).toMatchObject({ state: 'failed', failure: expect.stringContaining('no sound') });
    expect((await world.calls.types(id)).at(-1)).toBe('recording.failed');
    expect((await heard(ann.token, id)).status).toBe(409);
    expect(JSON.parse((await world.upload(token, callId, wav(1), { recording: id })).text)).toMatchObject({ state: 'stored', failure: null });
  });

  it('over whose Asterisk it was cut off is mended, so that a player knows how long it is', async () => {
    const { callId, id, token } = await ended();
    await world.upload(token, callId, wav(1, 0), { recording: id });
    const { body } = await heard(ann.token, id);
    expect([body.readUInt32LE(4), body.readUInt32LE(40)]).toEqual([body.length - 8, body.length - 44]);
  });

  it('hands over recordings of its own calls and of no others, and by nobody else\'s token', async () => {
    const { callId, id, token } = await ended();
    const stranger = await world.serverToken(await world.calls.ingest.mediaServer(`ms-${randomUUID().slice(0, 8)}`));
    expect((await world.upload(stranger, callId, wav(1), { recording: id })).status).toBe(404);
    expect((await world.upload(stranger, randomUUID(), wav(1))).status).toBe(404);
    const { callId: another } = await ended();
    expect((await world.upload(await world.serverToken(ann.server), another, wav(1), { recording: id })).status).toBe(404);
    for (const wrong of [ann.token, world.tokens.admin, world.calls.key]) expect((await world.upload(wrong, callId, wav(1), { recording: id })).status).toBe(403);
    expect((await world.upload(token, callId, wav(1), { recording: id })).status).toBe(401);
    expect(await state(id)).toBe('stopped');
    expect(left()).toEqual([]);
  });

  it.each<[string, string, { body?: Buffer | string; type?: string; recording?: string; callId?: string }, number]>([
    ['no sound at all', 'REQUEST.INVALID', { body: 'hello '.repeat(100) }, 400],
    ['a head and no more of it', 'REQUEST.INVALID', { body: wav(1).subarray(0, 20) }, 400],
    ['JSON', 'REQUEST.UNSUPPORTED_MEDIA_TYPE', { body: '{}', type: 'application/json' }, 415],
    ['another sound', 'REQUEST.UNSUPPORTED_MEDIA_TYPE', { type: 'audio/mpeg' }, 415],
    ['a name with a path in it', 'REQUEST.INVALID', { recording: '../../../etc/passwd' }, 400],
    ['a name in another alphabet', 'REQUEST.INVALID', { recording: '%00%F0%9F%92%A5' }, 400],
    ['two names', 'REQUEST.INVALID', { recording: `${randomUUID()}&recording=${randomUUID()}` }, 400],
    ['a call with a path in it', 'REQUEST.INVALID', { callId: '..%2f..%2fetc%2fpasswd' }, 400],
  ])('is refused %s', async (_, code, { body = wav(1), type, recording, callId }, status) => {
    const { callId: own, id, token } = await ended();
    const answer = await world.upload(token, callId ?? own, body, { type, recording: recording ?? id });
    expect([answer.status, expectRefusal(answer, 'an upload')]).toEqual([status, code]);
    expect(left()).toEqual([]);
  });

  it('is refused a body larger than a recording can be before it is read', async () => {
    const { callId, token } = await ended();
    const socket = connect(world.calls.manager.port, '127.0.0.1');
    socket.write(`PUT /api/v1/asterisk/recordings/${callId} HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer ${token}\r\nContent-Type: audio/wav\r\nContent-Length: 99999999999\r\n\r\n`);
    let text = '';
    socket.on('data', (chunk: Buffer) => (text += chunk.toString()));
    await until('it is answered', () => Promise.resolve(text.includes('RECORDING.TOO_LARGE')));
    expect(text).toMatch(/^HTTP\/1.1 413 /);
    socket.destroy();
  });

  it('whose line breaks in the middle leaves nothing behind, and may send it again', async () => {
    const { callId, id, token } = await ended();
    const file = wav(2);
    const socket = connect(world.calls.manager.port, '127.0.0.1');
    socket.on('error', () => undefined);
    socket.write(`PUT /api/v1/asterisk/recordings/${callId}?recording=${id} HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer ${token}\r\nContent-Type: audio/wav\r\nContent-Length: ${file.length}\r\n\r\n`);
    socket.write(file.subarray(0, 10_000));
    await until('it is being written', () => Promise.resolve(left().length === 1));
    socket.destroy();
    await until('nothing is left', () => Promise.resolve(left().length === 0));
    expect(await state(id)).toBe('stopped');
    expect((await world.upload(token, callId, file, { recording: id })).status).toBe(200);
  });

  it('is told in a sentence that the manager cannot write, keeps it, and is rid of it when it can', async () => {
    const { callId, id, token } = await ended();
    const aside = `${world.directory}-aside`;
    renameSync(world.directory, aside);
    writeFileSync(world.directory, 'in the way');
    const answer = await world.upload(token, callId, wav(1), { recording: id });
    expect([answer.status, expectRefusal(answer, 'an upload')]).toEqual([503, 'RECORDING.NO_ROOM']);
    expect(JSON.parse(answer.text)).toMatchObject({ detail: expect.stringMatching(/^RECORDINGS_DIRECTORY of this manager cannot be written \(E\w+\)\. The recording stays on its media server/) });
    expect(world.calls.manager.log()).toContain('RECORDINGS_DIRECTORY cannot be written');
    renameSync(world.directory, `${aside}-file`);
    renameSync(aside, world.directory);
    expect((await world.upload(token, callId, wav(1), { recording: id })).status).toBe(200);
  });
});

describe('who hears a recording', () => {
  it('is given the whole, a part, or told that there is no such part; and its size without it', async () => {
    const { id, file } = await world.recorded(ann);
    const whole = await heard(ann.token, id);
    expect([whole.status, whole.headers.get('content-type'), whole.headers.get('accept-ranges'), whole.headers.get('cache-control'), whole.body.equals(file)]).toEqual([200, 'audio/wav', 'bytes', 'private, no-store', true]);
    const part = await heard(ann.token, id, { range: 'bytes=100-199' });
    expect([part.status, part.headers.get('content-range'), part.headers.get('content-length'), part.body.equals(file.subarray(100, 200))]).toEqual([206, `bytes 100-199/${file.length}`, '100', true]);
    const end = await heard(ann.token, id, { range: 'bytes=-50' });
    expect([end.status, end.body.equals(file.subarray(-50))]).toEqual([206, true]);
    const none = await heard(ann.token, id, { range: `bytes=${file.length}-` });
    expect([none.status, none.headers.get('content-range'), JSON.parse(none.body.toString()).code]).toEqual([416, `bytes */${file.length}`, 'RECORDING.RANGE_NOT_SATISFIABLE']);
    expect((await heard(ann.token, id, { range: 'bytes=0-9', 'if-range': '"another"' })).status).toBe(200);
    expect((await heard(ann.token, id, { range: 'bytes=0-9', 'if-range': `"${id}"` })).status).toBe(206);
    const head = await heard(ann.token, id, {}, 'HEAD');
    expect([head.status, head.headers.get('content-length'), head.body.length]).toEqual([200, String(file.length), 0]);
  });

  it('is her agent, a supervisor, an administrator or a key that reads calls; for everybody else there is none', async () => {
    const { id } = await world.recorded(ann);
    const bea = await world.calls.seatedAgent();
    const who: [string, string, number][] = [['ann', ann.token, 200], ['bea', bea.token, 404], ['supervisor', world.tokens.supervisor, 200], ['admin', world.tokens.admin, 200], ['reader', world.tokens.reader, 200]];
    for (const [name, token, status] of who) {
      expect([name, (await world.get(token, id)).status, (await heard(token, id)).status]).toEqual([name, status, status]);
    }
    expect((await raw(world.calls.manager, 'GET', `/api/v1/recordings/${id}/media`)).status).toBe(401);
    expect((await world.get(ann.token, randomUUID())).body.code).toBe('RECORDING.NOT_FOUND');
  });

  it('is written down, with what was heard; an administrator sees it', async () => {
    const { id, file } = await world.recorded(ann);
    await world.get(ann.token, id);
    await heard(world.tokens.supervisor, id);
    await heard(world.tokens.reader, id, { range: 'bytes=0-99' });
    await heard(world.tokens.reader, id, {}, 'HEAD');
    await heard(world.tokens.reader, id, { range: 'bytes=999999-' });
    interface Accesses { items: { what: string; by: string; byName: string | null; detail: string | null }[]; nextCursor: string | null }
    const { items } = (await world.get<Accesses>(world.tokens.admin, `${id}/accesses`)).body;
    expect(items.map(({ what, by, byName, detail }) => [what, by, typeof byName, detail])).toEqual([
      ['heard', 'api-key', 'string', `bytes 0-99/${file.length}`], ['heard', 'user', 'string', null], ['read', 'user', 'string', null],
    ]);
    const first = (await world.get<Accesses>(world.tokens.admin, `${id}/accesses?limit=2`)).body;
    const second = (await world.get<Accesses>(world.tokens.admin, `${id}/accesses?limit=2&cursor=${first.nextCursor}`)).body;
    expect([first.items.length, second.items.length, second.nextCursor]).toEqual([2, 1, null]);
    for (const token of [ann.token, world.tokens.supervisor, world.tokens.reader]) expect((await world.get(token, `${id}/accesses`)).status).toBe(403);
  });

  it('is told when it is not there yet, and when this manager does not have the file', async () => {
    const { id } = await ended();
    expect((await world.get(ann.token, `${id}/media`)).body).toMatchObject({ code: 'RECORDING.NOT_STORED', detail: 'It is stopped.' });
    const stored = await world.recorded(ann);
    renameSync(place(stored.id), `${place(stored.id)}.elsewhere`);
    expect((await world.get(ann.token, `${stored.id}/media`)).body.code).toBe('RECORDING.FILE_AWAY');
  });
});

describe('a recording that is removed', () => {
  const remove = (token: string, id: string) => call<{ code?: string }>(world.calls.manager, 'DELETE', `/api/v1/recordings/${id}`, { token });

  it('by an administrator is gone with its file, for good; who removed it stays written down', async () => {
    const { id, callId, token, file } = await world.recorded(ann);
    for (const other of [ann.token, world.tokens.supervisor, world.calls.key]) expect((await remove(other, id)).status).toBe(403);
    expect([(await remove(world.tokens.admin, id)).status, (await remove(world.tokens.admin, id)).status]).toEqual([204, 204]);
    expect(existsSync(place(id))).toBe(false);
    expect((await heard(world.tokens.admin, id)).status).toBe(404);
    expect((await world.calls.get<{ recordings: string[] }>(ann.token, `/${callId}`)).body.recordings).toEqual([]);
    expect((await world.get<{ items: { what: string }[] }>(world.tokens.admin, `${id}/accesses`)).body.items.map(({ what }) => what)).toEqual(['deleted']);
    expect((await world.upload(token, callId, file, { recording: id })).status).toBe(200);
    expect(existsSync(place(id))).toBe(false);
  });

  it('is not one that runs', async () => {
    const { id: callId } = await world.calls.talking(ann);
    await world.order(ann.token, callId, 'start');
    const id = await world.running(ann.token, callId);
    expect((await remove(world.tokens.admin, id)).body.code).toBe('RECORDING.WRONG_STATE');
  });
});
