// @ts-check
// An office to take MySQL away from: managers in processes of their own, media servers that speak AMI, agents who sit and talk. All of it through the API.

import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { FakeAmiServer } from '@nailup/ami/testing';
import { managerCommand, startManager } from '../../manager.mjs';
import { freePort, until } from '../../sandbox/machine.mjs';

/**
 * @typedef {{ status: number, headers: Headers, body: any, ms: number }} Answer status 0: nobody answered; `ms`: how long it took
 * @typedef {{ agentId: string, placementId: string, conference: string, username: string, mediaServerId: string }} Seat
 * @typedef {{ id: string, asterisk: FakeAmiServer, realtimeToken: string }} Server
 * @typedef {{ url: string, stop(): Promise<void> }} Manager
 */

/**
 * @param {string} method
 * @param {string} url
 * @param {{ token?: string, body?: unknown, form?: string }} [options]
 * @returns {Promise<Answer>}
 */
export async function ask(method, url, { token, body, form } = {}) {
  const began = performance.now();
  try {
    const response = await fetch(url, {
      method,
      headers: {
        ...(token ? { authorization: `Bearer ${token}` } : {}),
        ...(form ? { 'content-type': 'application/x-www-form-urlencoded' } : body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      body: form ?? (body === undefined ? undefined : JSON.stringify(body)),
      signal: AbortSignal.timeout(15_000),
    });
    const text = await response.text();
    const json = (response.headers.get('content-type') ?? '').includes('json');
    return { status: response.status, headers: response.headers, body: json ? JSON.parse(text) : text, ms: performance.now() - began };
  } catch {
    return { status: 0, headers: new Headers(), body: null, ms: performance.now() - began };
  }
}

/**
 * @param {{ databaseUrl: string, managers: number, servers: number, stateDir: string }} options `databaseUrl` as the managers are given it
 */
export async function openOffice({ databaseUrl, managers: managerCount, servers: serverCount, stateDir }) {
  mkdirSync(join(stateDir, 'log'), { recursive: true });
  const secret = randomBytes(32).toString('base64');
  const ports = [];
  for (let n = 0; n < managerCount; n += 1) ports.push(await freePort('127.0.0.1'));
  const shared = { DATABASE_URL: databaseUrl, NAILUP_SECRET_KEY: secret, HOST: '127.0.0.1', PROXY_SECRET: secret, LOG_LEVEL: 'info', MANAGER_URLS: ports.map((port) => `http://127.0.0.1:${port}`).join(',') };
  await managerCommand(['migrate'], { ...shared, PORT: '0' });
  const admin = await managerCommand(['create-admin', '--name', 'admin'], { ...shared, PORT: '0' });
  const { key } = await managerCommand(['api-key', '--name', 'chaos', '--scopes', 'agents:read,agents:write,placements:write,calls:write,calls:read,events:read'], { ...shared, PORT: '0' });
  const enrolment = await managerCommand(['enrolment-token', '--uses', String(serverCount)], { ...shared, PORT: '0' });
  /** @type {Manager[]} */
  const managers = await Promise.all(ports.map(async (port, at) => {
    const url = `http://127.0.0.1:${port}`;
    const logFile = join(stateDir, `log/manager-${at + 1}.log`);
    const { stop } = await startManager({ env: { ...shared, PORT: String(port), MANAGER_NAME: `manager-${at + 1}` }, url, logFile });
    return { url, stop };
  }));
  const [first] = managers;
  /** @param {string} method @param {string} path @param {unknown} [body] @param {string} [token] */
  const must = async (method, path, body, token = key) => {
    const answer = await ask(method, `${first?.url}/api/v1${path}`, { token, body });
    if (answer.status >= 300 || answer.status === 0) throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer.body;
  };
  const { accessToken } = await must('POST', '/auth/login?app=admin', { username: admin.username, password: admin.password }, '');
  await must('PUT', '/settings', {
    wrapUpSeconds: 0, dialling: { enabled: true, countries: ['US'], alsoAllowed: ['+155501'], emergency: false, callsPerMinute: 1_000, callerId: '+15550199' },
  }, accessToken);
  /** @type {Server[]} */
  const servers = [];
  for (let n = 1; n <= serverCount; n += 1) {
    const asterisk = await new FakeAmiServer({ systemName: `ms${n}` }).start();
    const { host, port, username, secret: password } = asterisk.address;
    const enrolled = await must('POST', '/media-servers/enrol', {
      name: `ms${n}`, host: `ms${n}.test`, webSocketUrl: `wss://ms${n}.test:8089/ws`, sipUri: `sip:ms${n}.test:5060`, ami: { host, port, tls: false, username, secret: password }, capacity: 1_000,
    }, enrolment.token);
    servers.push({ id: enrolled.id, asterisk, realtimeToken: enrolled.realtime.token });
  }
  const healthy = await until(async () => (await must('GET', '/media-servers', undefined, accessToken)).items.every((/** @type {any} */ one) => one.health === 'healthy'), { withinMs: 30_000, everyMs: 200 });
  if (!healthy) throw new Error(`The media servers do not become healthy: see ${stateDir}/log/manager-1.log`);
  let people = 0;
  const office = {
    managers,
    /** What every manager is started with. */
    environment: { ...shared, MANAGER_NAME: 'restored' },
    servers,
    key: String(key),
    adminToken: String(accessToken),
    must,
    /** An agent without a seat. @returns {Promise<string>} */
    async agent() {
      people += 1;
      return (await must('POST', '/agents', { username: `agent${people}`, displayName: `Agent ${people}`, password: `a-long-password-${people}` })).id;
    },
    /** @param {any} view of a placement @returns {Seat} */
    seatOf: (view) => ({ agentId: view.agentId, placementId: view.id, conference: view.conference, username: view.sip.username, mediaServerId: view.mediaServer.id }),
    /** An agent who sits with audio. @returns {Promise<Seat>} */
    async seated() {
      const seat = office.seatOf(await must('POST', '/placements', { agentId: await office.agent() }));
      office.at(seat).join(seat.conference);
      const there = await until(async () => (await must('GET', `/placements/${seat.placementId}`)).state === 'connected', { withinMs: 15_000 });
      if (!there) throw new Error('A seat did not become connected.');
      return seat;
    },
    /** The media server of a seat. @param {{ mediaServerId: string }} seat */
    at({ mediaServerId }) {
      const server = servers.find(({ id }) => id === mediaServerId);
      if (!server) throw new Error('Nobody plays this media server.');
      return server.asterisk;
    },
    /** A call both sides are in. @param {Seat} seat @returns {Promise<string>} its id */
    async talks(seat) {
      const { id } = await must('POST', '/calls', { agentId: seat.agentId, to: '+15550101' });
      const asterisk = office.at(seat);
      await asterisk.until(() => asterisk.model.find(id) !== undefined);
      asterisk.farEnd.answer(id);
      const answered = await until(async () => (await must('GET', `/calls/${id}`)).state === 'answered', { withinMs: 15_000 });
      if (!answered) throw new Error('A call was not answered.');
      return id;
    },
    async close() {
      await Promise.all(managers.map((manager) => manager.stop()));
      await Promise.all(servers.map(({ asterisk }) => asterisk.stop()));
    },
  };
  return office;
}

/**
 * A reader of the live stream that never hangs up.
 * @param {string} url of a manager
 * @param {string} token
 * @returns {Promise<{ seqs: number[], ended(): boolean, close(): void }>}
 */
export async function readStream(url, token) {
  const { body } = await ask('POST', `${url}/api/v1/events/tickets`, { token });
  const hangUp = new AbortController();
  const response = await fetch(`${url}/api/v1/events?ticket=${body.ticket}`, { signal: hangUp.signal });
  /** @type {number[]} */
  const seqs = [];
  let ended = false;
  const reading = async () => {
    let text = '';
    const decoder = new TextDecoder();
    for await (const chunk of /** @type {any} */ (response.body)) {
      text += decoder.decode(chunk, { stream: true });
      const blocks = text.split('\n\n');
      text = blocks.pop() ?? '';
      for (const block of blocks) {
        const seq = /"seq":(\d+)/.exec(block)?.[1];
        if (seq && !/^event: (ping|resync)/m.test(block)) seqs.push(Number(seq));
      }
    }
  };
  reading().catch(() => undefined).finally(() => { ended = true; });
  return { seqs, ended: () => ended, close: () => hangUp.abort() };
}
