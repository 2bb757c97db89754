import { randomUUID } from 'node:crypto';
import { AmiAccess } from '../src/media-servers/ami-access.js';
import { MediaServerRepository } from '../src/media-servers/media-server.repository.js';
import { createDataSource } from '../src/database/data-source.js';
import { Database } from '../src/database/database.js';
import { DerivedKeys } from '../src/secrets/keys.js';
import { SecretBox } from '../src/secrets/secret-box.js';
import { SystemChance } from '../src/time/clock.js';
import { type Answer, call } from './support/api.js';
import { runCli, testSecretKey } from './support/manager.js';
import { type Office, openOffice } from './support/people.js';
import { addAgent, addServers, tokenFor } from './support/pool.js';
import { until } from './support/until.js';

let office: Office;

beforeAll(async () => {
  office = await openOffice({ MANAGER_URLS: 'https://one.example.org,https://two.example.org/' });
});

const undo: (() => Promise<void>)[] = [];

afterAll(async () => {
  for (const step of undo) await step();
  await office.close();
});

interface Server {
  readonly id: string;
  readonly mode: string;
  readonly drainDeadlineAt: string | null;
  readonly utilisation: Record<string, number>;
  readonly ami: Record<string, unknown>;
  readonly code?: string;
}

interface Enrolled {
  readonly id: string;
  readonly serverToken: string;
  readonly realtime: { url: string; token: string };
  readonly managers: string[];
  readonly code?: string;
}

let count = 0;
const facts = (more: object = {}): Record<string, unknown> => {
  count += 1;
  return { name: `box-${count}`, host: '127.0.0.9', webSocketUrl: 'ws://127.0.0.9:8088/ws', sipUri: 'sip:127.0.0.9:5060', ami: { host: '127.0.0.9', port: 5038, username: 'nailup', secret: 'ami-s3cret' }, ...more };
};
const act = <T = Server>(method: string, path: string, body?: object, token = office.tokens.admin): Promise<Answer<T>> => call<T>(office.manager, method, `/api/v1/media-servers${path}`, { token, body });
const enrol = (token: string, body: object, headers?: Record<string, string>): Promise<Answer<Enrolled>> => call<Enrolled>(office.manager, 'POST', '/api/v1/media-servers/enrol', { token, body, headers });
const mint = async (body: object = {}): Promise<{ id: string; token: string }> => (await act<{ id: string; token: string }>('POST', '/enrolment-tokens', body)).body;
const sit = async (): Promise<Answer<{ id: string; mediaServer: { id: string } }>> => call(office.manager, 'POST', '/api/v1/placements', { token: tokenFor(await addAgent(office.database)), body: {} });
const emptyPool = async (): Promise<void> => {
  for (const table of ['placements', 'media_servers']) await office.database.query(`DELETE FROM ${table}`);
};

describe('a media server that enrols', () => {
  it('gets in with an enrolment token, and learns what its Asterisk needs', async () => {
    const { token } = await mint();
    const { status, body } = await enrol(token, facts({ capacity: 7, region: 'eu' }));
    expect(status).toBe(201);
    expect(body).toEqual({
      id: expect.any(String), serverToken: expect.stringMatching(/^nls_/), managers: ['https://one.example.org', 'https://two.example.org'],
      realtime: { url: 'https://one.example.org/api/v1/asterisk/realtime', token: expect.stringMatching(/^nlr_/) },
    });
    expect((await act('GET', `/${body.id}`)).body).toMatchObject({ name: `box-${count}`, capacity: 7, region: 'eu', weight: 1, mode: 'active', health: 'unknown', utilisation: { agentsInCall: 0, reserved: 0, talking: 0, capacity: 7, ratio: 0 } });
  });

  it('gets in with a token from the command line', async () => {
    const { token } = await runCli<{ token: string }>({ databaseUrl: office.database.url }, 'enrolment-token', '--uses', '2', '--name', 'rack 1');
    expect([(await enrol(token, facts())).status, (await enrol(token, facts())).status, (await enrol(token, facts())).status]).toEqual([201, 201, 401]);
  });

  it('enrols again with its server token: same tokens, new address; what the operator set stays', async () => {
    const body = facts({ capacity: 7 });
    const first = (await enrol((await mint()).token, body)).body;
    await act('PATCH', `/${first.id}`, { capacity: 50, weight: 2 });
    const again = await enrol(first.serverToken, { ...body, host: '127.0.0.10', capacity: 9 });
    expect([again.status, again.body]).toEqual([200, first]);
    expect((await act('GET', `/${first.id}`)).body).toMatchObject({ host: '127.0.0.10', capacity: 50, weight: 2 });
  });

  it('cannot be taken over with a leaked enrolment token, spent or not, nor with the token of another server', async () => {
    const { token } = await mint({ uses: 5 });
    const body = facts();
    const victim = (await enrol(token, body)).body;
    const evil = { ...body, host: '127.6.6.6', webSocketUrl: 'ws://127.6.6.6:8088/ws', ami: { host: '127.6.6.6', username: 'evil', secret: 'evil' } };
    expect((await enrol(token, evil)).body).toMatchObject({ status: 409, code: 'MEDIA_SERVER.NAME_TAKEN' });
    expect((await enrol(token, { ...evil, name: String(body['name']).toUpperCase() })).status).toBe(409);
    const other = (await enrol(token, facts())).body;
    expect((await enrol(other.serverToken, evil)).status).toBe(409);
    expect((await enrol(victim.realtime.token, evil)).status).toBe(403);
    expect((await act('GET', `/${victim.id}`)).body).toMatchObject({ host: '127.0.0.9', ami: { host: '127.0.0.9', username: 'nailup' } });
    expect((await enrol(victim.serverToken, body)).status).toBe(200);
  });

  it('is let in as often as the token says, however many come at once', async () => {
    const { token } = await mint({ uses: 3 });
    const statuses = (await Promise.all(Array.from({ length: 8 }, () => enrol(token, facts())))).map(({ status }) => status).sort();
    expect(statuses).toEqual([201, 201, 201, 401, 401, 401, 401, 401]);
  });

  it('does not use the token up when it is refused', async () => {
    const { token } = await mint();
    expect((await enrol(token, facts({ name: 'a/b' }))).status).toBe(400);
    expect((await enrol(token, facts())).status).toBe(201);
  });

  it('must live in the block the token admits', async () => {
    const { token } = await mint({ allowedCidr: '10.1.0.0/16', uses: 2 });
    const refused = await enrol(token, facts({ host: '10.2.0.1' }));
    expect([refused.status, refused.body.code]).toEqual([422, 'ENROLMENT.HOST_NOT_ALLOWED']);
    expect((await enrol(token, facts({ host: 'no-such-host.invalid' }))).status).toBe(422);
    expect((await enrol(token, facts({ host: '10.1.2.3' }))).status).toBe(201);
    for (const allowedCidr of ['10.0.0.0', '10.0.0.0/33', '300.0.0.0/8', 'fe80::/129']) expect((await act('POST', '/enrolment-tokens', { allowedCidr })).status).toBe(400);
  });

  it('is refused once the token has expired or was taken back', async () => {
    const expired = await mint({ expiresAt: '2100-01-01T00:00:00Z' });
    await office.database.query('UPDATE enrolment_tokens SET expires_at = NOW(3) - INTERVAL 1 SECOND WHERE id = ?', [expired.id]);
    const revoked = await mint({ uses: 9 });
    for (let n = 0; n < 2; n += 1) expect((await act('DELETE', `/enrolment-tokens/${revoked.id}`)).status).toBe(204);
    expect([(await enrol(expired.token, facts())).status, (await enrol(revoked.token, facts())).status, (await enrol('nle_guessed', facts())).status]).toEqual([401, 401, 401]);
  });

  it('hears the first answer again when it asks again with its idempotency key: an answer may be lost on the way', async () => {
    const { token } = await mint();
    const body = facts();
    const key = { 'idempotency-key': randomUUID() };
    const [first, again] = [await enrol(token, body, key), await enrol(token, body, key)];
    expect([again.status, again.body]).toEqual([201, first.body]);
  });

  it('is forgotten, with its tokens, when it is deleted; its name is free again', async () => {
    const { token } = await mint({ uses: 2 });
    const body = facts();
    const { id, serverToken } = (await enrol(token, body)).body;
    expect([(await act('DELETE', `/${id}`)).status, (await act('DELETE', `/${id}`)).status]).toEqual([204, 204]);
    await until('its token is refused', async () => (await enrol(serverToken, body)).status === 401);
    expect((await enrol(token, body)).status).toBe(201);
  });
});

describe('a media server in the hands of its operator', () => {
  it('never shows its AMI secret, and keeps it encrypted for the one who logs in with it', async () => {
    const created = await act<Server & { credentials: Enrolled }>('POST', '', { ...facts(), capacity: 3 });
    expect(created.status).toBe(201);
    expect(created.body.credentials.serverToken).toMatch(/^nls_/);
    const { id } = created.body;
    const shown = JSON.stringify([created.body, (await act('GET', `/${id}`)).body, (await act('GET', '')).body]);
    const [row] = await office.database.query<{ secret: Buffer }>('SELECT ami_secret_encrypted AS secret FROM media_servers WHERE id = ?', [id]);
    expect(shown + row?.secret.toString('latin1')).not.toContain('ami-s3cret');
    const dataSource = await createDataSource(office.database.url, 2).initialize();
    undo.push(() => dataSource.destroy());
    const servers = new MediaServerRepository(new Database(dataSource, new SystemChance()));
    const door = new AmiAccess(servers, new SecretBox(new DerivedKeys(Buffer.from(testSecretKey, 'base64'))));
    expect(await door.loginOf(id)).toEqual({ host: '127.0.0.9', port: 5038, tls: false, caCertificate: null, username: 'nailup', secret: 'ami-s3cret', webSocketUrl: 'ws://127.0.0.9:8088/ws' });
    await act('PATCH', `/${id}`, { ami: { secret: 'changed', tls: true } });
    expect(await door.loginOf(id)).toMatchObject({ tls: true, username: 'nailup', secret: 'changed' });
    const stranger = new AmiAccess(servers, new SecretBox(new DerivedKeys(Buffer.alloc(32, 1))));
    await expect(stranger.loginOf(id)).rejects.toThrow();
  });

  it('counts its seats from the placements themselves', async () => {
    await emptyPool();
    const [server] = await addServers(office.database, 1, { capacity: 10, weight: 2 });
    const seats = [await sit(), await sit(), await sit(), await sit()];
    const set = (index: number, columns: string): Promise<unknown> => office.database.query(`UPDATE placements SET ${columns} WHERE id = ?`, [seats[index]?.body.id]);
    await set(0, "state = 'connected', client_legs = 1");
    await set(1, "state = 'lost', lost_until = NOW(3) + INTERVAL 1 HOUR");
    expect((await act('GET', `/${server?.id}`)).body.utilisation).toEqual({ agentsInCall: 2, reserved: 2, talking: 1, capacity: 10, ratio: 0.2 });
  });

  it('is not deleted while somebody sits on it', async () => {
    await emptyPool();
    const [server] = await addServers(office.database, 1);
    const seat = await sit();
    expect((await act('DELETE', `/${server?.id}`)).body).toMatchObject({ status: 409, code: 'MEDIA_SERVER.HAS_PLACEMENTS' });
    await call(office.manager, 'DELETE', `/api/v1/placements/${seat.body.id}`, { token: office.tokens.admin });
    expect((await act('DELETE', `/${server?.id}`)).status).toBe(204);
    expect((await act('GET', `/${server?.id}`)).status).toBe(404);
    expect((await act('DELETE', `/${randomUUID()}`)).status).toBe(404);
  });

  it('keeps whom it has while it drains, takes nobody new, and takes them again when resumed', async () => {
    await emptyPool();
    const [server] = await addServers(office.database, 1);
    const seat = await sit();
    expect((await act('POST', `/${server?.id}/drain`)).body).toMatchObject({ mode: 'draining', drainDeadlineAt: null, utilisation: { reserved: 1 } });
    expect((await sit()).status).toBe(503);
    expect((await act('POST', `/${server?.id}/resume`)).body).toMatchObject({ mode: 'active' });
    expect((await sit()).body.mediaServer.id).toBe(seat.body.mediaServer.id);
  });

  it('lets go of those who remain when the drain reaches its deadline', async () => {
    await emptyPool();
    const [server] = await addServers(office.database, 1);
    const seat = await sit();
    const { body } = await act('POST', `/${server?.id}/drain`, { deadlineSeconds: 0 });
    expect(body.drainDeadlineAt).not.toBeNull();
    const [row] = await untilEnded(seat.body.id);
    expect(row).toEqual({ state: 'released', reason: 'media_server_drained' });
  });

  it('lets go of everybody when it is disabled, and cannot be drained then', async () => {
    await emptyPool();
    const [server] = await addServers(office.database, 1);
    const seat = await sit();
    expect((await act('PATCH', `/${server?.id}`, { mode: 'disabled' })).body).toMatchObject({ mode: 'disabled' });
    expect((await untilEnded(seat.body.id))[0]?.reason).toBe('media_server_disabled');
    expect((await act('POST', `/${server?.id}/drain`)).body.code).toBe('MEDIA_SERVER.DISABLED');
    const told = await office.database.query<{ data: { mode: string } }>("SELECT data FROM event_log WHERE type = 'media-server.mode' AND subject = ?", [server?.id]);
    expect(told.map(({ data }) => data.mode)).toEqual(['disabled']);
  });

  it('has a name of its own', async () => {
    const body = { ...facts(), capacity: 1 };
    expect((await act('POST', '', body)).status).toBe(201);
    expect((await act('POST', '', body)).body.code).toBe('MEDIA_SERVER.NAME_TAKEN');
  });

  it.each([
    ['host', 'a b'], ['host', 'http://a'], ['host', 'a\r\nb'], ['host', '169.254.169.254'], ['host', '0.0.0.0'], ['host', '999.1.1.1'], ['webSocketUrl', 'http://a/ws'], ['webSocketUrl', 'wss://user:pw@a/ws'],
    ['webSocketUrl', 'ws://a/ws?x=1'], ['sipUri', 'tel:1'], ['sipUri', 'sip:a b'], ['capacity', 0], ['capacity', 1.5], ['capacity', '5'], ['weight', 0], ['mode', 'resting'], ['ami', []], ['ami', null],
  ])('refuses %s %j', async (field, value) => {
    const answer = await act<{ errors: { pointer: string }[] }>('POST', '', { ...facts(), capacity: 1, [field]: value });
    expect([answer.status, answer.body.errors[0]?.pointer]).toEqual([400, `/${field}`]);
  });
});

async function untilEnded(placementId: string): Promise<{ state: string; reason: string }[]> {
  const read = (): Promise<{ state: string; reason: string }[]> => office.database.query('SELECT state, release_reason AS reason FROM placements WHERE id = ?', [placementId]);
  await until('the placement has ended', async () => (await read())[0]?.state === 'released');
  return read();
}
