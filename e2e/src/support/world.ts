import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createWriteStream, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type Carrier, createSandbox, type Exchange, root, startTelephony, type Lodging, type MediaServer, type Sandbox, type Telephony } from './sandbox.js';
import { until } from './wait.js';

const api = join(root, 'apps', 'api', 'dist');

export type Json = Record<string, unknown>;

/** One answer of the REST API: status and parsed body. */
export interface Answer<T> {
  status: number;
  body: T;
}

export interface World {
  url: string;
  password: string;
  servers: MediaServer[];
  /** For further parts, and for media servers that come later. They are stopped with the world. */
  box: Sandbox;
  enrolmentToken: string;
  /** A signed-in caller of the REST API, without a browser. */
  as(username: string): Promise<<T = Json>(method: string, path: string, body?: unknown, headers?: Record<string, string>) => Promise<Answer<T>>>;
  manager: { kill(signal: NodeJS.Signals): Promise<void>; start(): Promise<void> };
  /** The SIP proxy and the telephone network behind it; only when asked for. */
  telephony?: Telephony;
  close(): Promise<void>;
}

export interface WorldOptions {
  name: string;
  octet: number;
  mediaServers?: number;
  capacity?: number;
  telephony?: boolean | Exchange;
  /** Who takes calls that go out; the telephone network of the demo when not given. */
  carrier?: Carrier;
  /** Where the manager listens; 127.0.0.1 when not given. */
  address?: string;
  /** Further variables of the manager. */
  env?: Record<string, string>;
  /** How each media server is lodged, by its index from 1. */
  lodging?: (index: number) => Lodging;
}

/**
 * A whole Nailup of its own: real MySQL, one manager, as many real Asterisk media servers as asked for, demo accounts.
 * Answers when every media server is healthy. `name` also names the state folder, `octet` the loopback addresses 127.0.octet.x.
 */
export async function startWorld(options: WorldOptions): Promise<World> {
  const undo: (() => Promise<unknown>)[] = [];
  const close = async () => {
    for (const step of undo.splice(0).reverse()) await step();
  };
  try {
    return await build(options, undo, close);
  } catch (error) {
    await close();
    throw error;
  }
}

async function build(options: WorldOptions, undo: (() => Promise<unknown>)[], close: () => Promise<void>): Promise<World> {
  const stateDir = join(root, '.nailup', options.name);
  mkdirSync(stateDir, { recursive: true });
  const log = createWriteStream(join(stateDir, 'world.log'));
  const box = await createSandbox({ name: options.name, stateDir, octet: options.octet, fresh: true, log: (line: string) => log.write(`${line}\n`) });
  undo.push(async () => log.end(), () => box.stop());
  const mysql = await box.mysql();
  const port = 3100 + options.octet;
  const address = options.address ?? '127.0.0.1';
  const url = `http://${address}:${port}`;
  const password = randomBytes(9).toString('base64url');
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    HOST: address,
    PORT: String(port),
    PROXY_SECRET: randomBytes(32).toString('hex'),
    MANAGER_NAME: 'manager-1',
    DRAIN_SECONDS: '0',
    MANAGER_URLS: url,
    DATABASE_URL: mysql.url,
    NAILUP_SECRET_KEY: randomBytes(32).toString('base64'),
    NAILUP_DEMO_PASSWORD: password,
    ...options.env,
  };
  const cli = async (...args: string[]) => (await promisify(execFile)(process.execPath, [join(api, 'cli.js'), ...args], { env })).stdout;
  await cli('migrate');
  await cli('seed-demo');
  const token = (JSON.parse(await cli('enrolment-token', '--uses', '10')) as { token: string }).token;

  let child: ChildProcess | null = null;
  const manager = {
    start: async () => {
      child = spawn(process.execPath, [join(api, 'main.js')], { env, stdio: ['ignore', 'pipe', 'pipe'] });
      child.stdout?.pipe(log, { end: false });
      child.stderr?.pipe(log, { end: false });
      await until('the manager is ready', 30_000, async () => (await fetch(`${url}/health/ready`)).ok);
    },
    kill: async (signal: NodeJS.Signals) => {
      if (!child || child.exitCode !== null || child.signalCode !== null) return;
      const gone = once(child, 'exit');
      child.kill(signal);
      if (signal !== 'SIGSTOP' && signal !== 'SIGCONT') await gone;
    },
  };
  undo.push(() => manager.kill('SIGTERM'));
  await manager.start();

  const as: World['as'] = async (username) => {
    const login = await fetch(`${url}/api/v1/auth/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ username, password }),
    });
    if (!login.ok) throw new Error(`${username} cannot sign in: ${login.status} ${await login.text()}`);
    const { accessToken } = (await login.json()) as { accessToken: string };
    return async (method, path, body, headers = {}) => {
      const response = await fetch(`${url}/api/v1${path}`, {
        method,
        headers: { authorization: `Bearer ${accessToken}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const text = await response.text();
      return { status: response.status, body: (text ? JSON.parse(text) : null) as never };
    };
  };

  const telephony = options.telephony ? await startTelephony(box, url, { key: (JSON.parse(await cli('api-key', '--name', 'proxy', '--scopes', 'routes:read')) as { key: string }).key, secret: env['PROXY_SECRET'] ?? '', carrier: options.carrier ?? 'pstn', ...(options.telephony === true ? {} : { at: options.telephony }) }) : null;
  const servers: MediaServer[] = [];
  for (let index = 1; index <= (options.mediaServers ?? 2); index++) {
    const lodging = options.lodging?.(index) ?? {};
    const proxy: Record<string, string> = telephony ? { NAILUP_SIP_PROXY: `${telephony.proxy.host}:${telephony.proxy.port}` } : {};
    servers.push(await box.mediaServer({ name: `ms${index}`, index, managers: [url], enrolmentToken: token, capacity: options.capacity, ...lodging, env: { ...proxy, ...lodging.env } }));
  }
  const admin = await as('admin');
  await until('every media server is healthy', 30_000, async () => {
    const { body } = await admin<{ items: { health: string }[] }>('GET', '/media-servers');
    return body.items.length === servers.length && body.items.every((server) => server.health === 'healthy');
  });

  await telephony?.proxy.knows(servers.map(({ host }) => `${host}:5060`));

  return {
    url,
    password,
    servers,
    box,
    enrolmentToken: token,
    as,
    manager,
    ...(telephony ? { telephony } : {}),
    close,
  };
}

/** How many members the media server itself shows in its conferences: `{conference: members}`, from `confbridge list`. */
export async function conferences(server: MediaServer): Promise<Record<string, number>> {
  const lines = (await server.cli('confbridge list')).split('\n');
  const rows = lines.map((line) => /^(\S+)\s+(\d+)\s+(\d+)\s/.exec(line)).filter((row) => row !== null);
  return Object.fromEntries(rows.map((row) => [row[1], Number(row[2])]));
}
