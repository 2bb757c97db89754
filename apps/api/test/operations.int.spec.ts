import { mkdtempSync, mkdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migrations } from '../src/database/migrations/index.js';
import { call } from './support/api.js';
import { type FreshDatabase, freshDatabase } from './support/database.js';
import { freePort, runCli, startManager } from './support/manager.js';
import { addPerson, password } from './support/people.js';
import { addAgent, addServers, tokenFor } from './support/pool.js';
import { expectRefusal } from './support/refusal.js';
import { raw } from './support/raw.js';
import { until } from './support/until.js';
import { layWire } from './support/wire.js';

let database: FreshDatabase;

beforeAll(async () => {
  database = await freshDatabase();
});

afterAll(() => database.drop());

it('managers that start at once migrate an empty database once: the others wait and find nothing to do', async () => {
  const url = new URL(database.url);
  url.pathname = `${url.pathname}_empty`;
  const name = url.pathname.slice(1);
  await database.query(`CREATE DATABASE ${name}`);
  const ran = await Promise.all([1, 2, 3].map(() => runCli<{ migrated: string[] }>({ databaseUrl: url.href }, 'migrate')));
  await database.query(`DROP DATABASE ${name}`);
  expect(ran.map(({ migrated }) => migrated.length).sort((a, b) => a - b)).toEqual([0, 0, migrations.length]);
});

describe('a manager that loses its database', () => {
  it('stays alive and says that it is degraded, names MySQL, answers 503 in the words of the contract, and is ready again by itself', async () => {
    const wire = await layWire(database.url);
    const manager = await startManager({ databaseUrl: wire.url });
    const token = tokenFor(await addAgent(database, { role: 'admin' }));
    expect((await call(manager, 'GET', '/api/v1/agents', { token })).status).toBe(200);
    wire.cut();
    const readiness = async () => call<{ status: string; dependencies: Record<string, { status: string; detail: string }> }>(manager, 'GET', '/health/ready');
    await until('it is degraded', async () => (await readiness()).body.status === 'degraded');
    expect(await readiness()).toMatchObject({ status: 200, body: { dependencies: { database: { status: 'down', detail: expect.stringContaining('MySQL') } } } });
    expect((await call(manager, 'GET', '/health/live')).body).toEqual({ status: 'alive' });
    for (const path of ['/api/v1/agents', '/api/v1/media-servers', `/api/v1/placements`]) {
      const answer = await raw(manager, 'GET', path, { authorization: `Bearer ${token}` });
      expect([answer.status, expectRefusal(answer, path)]).toEqual([503, 'SERVICE.DATABASE_UNAVAILABLE']);
    }
    wire.mend();
    await until('it is ready again', async () => (await readiness()).body.status === 'ready');
    expect((await call(manager, 'GET', '/api/v1/agents', { token })).status).toBe(200);
    expect(await manager.stop()).toBe(0);
    await wire.close();
  });
});

describe('a manager of the version before', () => {
  it('starts and serves on a schema that the next version has expanded', async () => {
    const expanded = await freshDatabase();
    await expanded.query('ALTER TABLE placements ADD COLUMN of_the_next_version VARCHAR(8) NULL');
    await expanded.query("ALTER TABLE agents ADD COLUMN of_the_next_version VARCHAR(8) NOT NULL DEFAULT 'new'");
    await expanded.query("INSERT INTO migrations (timestamp, name) VALUES (9999999999999, 'OfTheNextVersion9999999999999')");
    const manager = await startManager({ databaseUrl: expanded.url });
    await addServers(expanded, 1);
    const admin = tokenFor(await addAgent(expanded, { role: 'admin' }));
    const made = await call<{ id: string }>(manager, 'POST', '/api/v1/agents', { token: admin, body: { username: 'ann', displayName: 'Ann', password } });
    expect(made.status).toBe(201);
    expect((await call(manager, 'POST', '/api/v1/placements', { token: tokenFor(made.body.id), body: {} })).status).toBe(201);
    expect(await manager.stop()).toBe(0);
    await expanded.drop();
  });
});

describe('the command line', () => {
  it('takes the schema down and up again', async () => {
    const other = await freshDatabase();
    const options = { databaseUrl: other.url };
    const all = (await other.query<{ name: string }>('SELECT name FROM migrations')).length;
    for (let n = 0; n < all; n += 1) expect(await runCli(options, 'revert')).toEqual({ reverted: true });
    expect((await other.query('SHOW TABLES')).length).toBe(1);
    expect((await runCli<{ migrated: string[] }>(options, 'migrate')).migrated).toHaveLength(all);
    expect((await runCli<{ migrated: string[] }>(options, 'migrate')).migrated).toHaveLength(0);
    await other.drop();
  });

  it('makes the demo accounts, and again without harm', async () => {
    const options = { databaseUrl: database.url, env: { NAILUP_DEMO_PASSWORD: password } };
    for (let n = 0; n < 2; n += 1) expect(await runCli(options, 'seed-demo')).toMatchObject({ password, accounts: expect.arrayContaining(['admin', 'supervisor', 'agent1', 'agent8']) });
    const manager = await startManager({ databaseUrl: database.url });
    const answer = await call<{ user: object }>(manager, 'POST', '/api/v1/auth/login?app=admin', { body: { username: 'admin', password } });
    expect(answer.body.user).toMatchObject({ username: 'admin', role: 'admin' });
    await manager.stop();
  });

  it('lets an operator in who runs without demo accounts', async () => {
    const made = await runCli<{ username: string; password: string }>({ databaseUrl: database.url }, 'create-admin', '--name', 'olga');
    const manager = await startManager({ databaseUrl: database.url });
    const answer = await call<{ user: object }>(manager, 'POST', '/api/v1/auth/login?app=admin', { body: made });
    expect(answer.body.user).toMatchObject({ username: 'olga', role: 'admin' });
    await manager.stop();
    await expect(runCli({ databaseUrl: database.url }, 'create-admin', '--name', 'olga')).rejects.toThrow('There is an agent called olga already');
    await expect(runCli({ databaseUrl: database.url }, 'create-admin', '--name', 'olga; --')).rejects.toThrow('A user name begins with');
  });

  it('prints the contract without a database', async () => {
    const document = await runCli<{ openapi: string; paths: object }>({ databaseUrl: 'mysql://nobody@127.0.0.1:1/none' }, 'openapi');
    expect(document.openapi).toBe('3.1.0');
    expect(Object.keys(document.paths)).toEqual(expect.arrayContaining(['/api/v1/placements', '/api/v1/media-servers/enrol', '/api/v1/events', '/health/ready']));
  });

  it('says in words what it did not understand', async () => {
    await expect(runCli({ databaseUrl: database.url }, 'dance')).rejects.toThrow('Usage: cli.js migrate');
    await expect(runCli({ databaseUrl: database.url }, 'enrolment-token', '--uses', 'many')).rejects.toThrow('--uses must be a whole number');
    await expect(runCli({ databaseUrl: 'nonsense', env: { PORT: 'x', NAILUP_SECRET_KEY: 'c2hvcnQ=' } }, 'migrate')).rejects.toThrow(/3 faults[^]*PORT[^]*DATABASE_URL[^]*NAILUP_SECRET_KEY/);
  });
});

describe('the origin of the consoles', () => {
  it('serves both consoles beside the API, with the microphone for the softphone and no framing', async () => {
    const root = mkdtempSync(join(tmpdir(), 'nailup-console-'));
    mkdirSync(join(root, 'assets'));
    writeFileSync(join(root, 'index.html'), '<!doctype html><title>Console</title>');
    writeFileSync(join(root, 'assets', 'index-abc.js'), 'export {};');
    const manager = await startManager({ databaseUrl: database.url, env: { WEB_ROOT_SOFTPHONE: root, WEB_ROOT_ADMIN: join(root, 'missing') } });
    const get = (path: string): ReturnType<typeof raw> => raw(manager, 'GET', path);
    expect((await get('/')).headers['location']).toBe('/softphone/');
    for (const path of ['/softphone/', '/softphone/deep/link']) {
      const page = await get(path);
      expect([page.status, page.text, page.headers['cache-control']]).toEqual([200, '<!doctype html><title>Console</title>', 'no-cache']);
      expect(page.headers['permissions-policy']).toContain('microphone=(self)');
      expect(page.headers['content-security-policy']).toContain("frame-ancestors 'none'");
    }
    expect((await get('/softphone/assets/index-abc.js')).headers['cache-control']).toContain('immutable');
    expectRefusal(await get('/softphone/assets/gone-123.js'), 'a script that is gone');
    expect(expectRefusal(await get('/admin/'), 'a console that was not built')).toBe('CONSOLE.NOT_BUILT');
    expect((await get('/api/docs')).text).toContain('swagger-ui');
    await manager.stop();
  });

  it('gives health and metrics away when there is a management port', async () => {
    const port = await freePort();
    const manager = await startManager({ databaseUrl: database.url, readyAt: `http://127.0.0.1:${port}`, env: { MANAGEMENT_PORT: String(port) } });
    for (const path of ['/health/live', '/health/ready', '/metrics']) {
      expect((await raw(manager, 'GET', path)).status).toBe(404);
      expect((await raw({ ...manager, port }, 'GET', path)).status).toBe(200);
    }
    expect((await raw({ ...manager, port }, 'GET', '/api/v1/agents')).status).toBe(404);
    await manager.stop();
  });

  it('counts requests by route, never by id', async () => {
    const manager = await startManager({ databaseUrl: database.url });
    const id = await addPerson(database, 'meter', 'supervisor');
    await call(manager, 'GET', `/api/v1/agents/${id}`, { token: tokenFor(id) });
    const { text } = await raw(manager, 'GET', '/metrics');
    expect(text).toContain('route="/api/v1/agents/:id",status="200"');
    expect(text).not.toContain(id);
    await manager.stop();
  });
});
