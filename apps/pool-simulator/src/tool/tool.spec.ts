import { AmiSession } from '@nailup/ami';
import { Pool } from '../pool.js';
import { type ControlPort, listenToRequests, obey } from './control.js';
import { readOptions } from './options.js';

describe('the options of the simulator', () => {
  it('are told what is missing and what is wrong, by name', () => {
    expect(() => readOptions(['--manager', 'http://127.0.0.1:3000'])).toThrow('--enrolment-token is missing');
    expect(() => readOptions(['--manager', 'http://127.0.0.1:3000', '--enrolment-token', 'x', '--agents', '3'])).toThrow('--api-key is missing');
    expect(() => readOptions(['--servers', 'many'])).toThrow('--servers must be a number from 1 on');
    expect(() => readOptions(['--calls', 'often'])).toThrow('--calls must be one of local, dialled, routed');
    expect(readOptions(['--servers', '255', '--agents', '25000'])).toMatchObject({ servers: 255, agents: 25_000, seed: 1, managers: [] });
  });
});

describe('whoever commands the pool', () => {
  let pool: Pool;
  let port: ControlPort;
  beforeEach(async () => {
    pool = await Pool.open({ servers: 3, seed: 2 });
    port = { pool, status: () => 'well', compare: () => Promise.resolve('nothing to compare'), quit: () => undefined };
  });
  afterEach(() => pool.close());

  it('names a server by its number or name, and all of them', async () => {
    expect(await obey('die 1', port)).toBe('sim-001: done');
    expect(await obey('hang sim-002', port)).toBe('sim-002: done');
    expect(pool.servers.map(({ health }) => health)).toEqual(['dead', 'hung', 'up']);
    expect(await obey('heal all', port)).toBe('3 media servers: done');
    expect(await obey('start 1', port)).toBe('sim-001: done');
    expect(pool.servers.map(({ health }) => health)).toEqual(['up', 'up', 'up']);
  });

  it('is told what there is when a command or a server is unknown', async () => {
    await expect(obey('explode 1', port)).rejects.toThrow('There is no command explode');
    await expect(obey('die sim-999', port)).rejects.toThrow('There is no media server sim-999 here');
  });

  it('may command over HTTP as well', async () => {
    const requests = await listenToRequests(0, port);
    const address = requests.address();
    const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/`;
    const [first] = pool.servers;
    const session = new AmiSession({ host: first?.host ?? '', port: first?.port ?? 0, username: 'nailup', secret: first?.secret ?? '' });
    await session.connect();
    const answer = await fetch(url, { method: 'POST', body: 'restart 1' });
    expect([answer.status, await answer.text()]).toEqual([200, 'sim-001: done\n']);
    expect((await session.closed).fault).toBe('peer-lost');
    expect((await fetch(url, { method: 'POST', body: 'dance 1' })).status).toBe(400);
    requests.closeAllConnections();
    requests.close();
  });
});
