import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { until } from './until.js';

/** A manager as it runs in production: the built main.js in a process of its own. */
export interface RunningManager {
  /** http://127.0.0.1:<port> */
  readonly url: string;
  readonly port: number;
  readonly pid: number;
  /** What it has logged so far. */
  log(): string;
  /** SIGTERM and wait; returns the exit code. */
  stop(): Promise<number | null>;
  /** As a power cut. */
  kill(): Promise<void>;
}

export interface ManagerOptions {
  readonly databaseUrl: string;
  /** Further environment, as RESERVATION_SECONDS. */
  readonly env?: Readonly<Record<string, string>>;
  /** Where it says that it is ready, when not on its own origin. */
  readonly readyAt?: string;
}

/** All managers of the tests share one key, as those of one installation do. */
export const testSecretKey = Buffer.alloc(32, 'nailup-test-key').toString('base64');
const dist = join(__dirname, '..', '..', 'dist');

/** The environment of a manager or a command of the tests. */
export function managerEnvironment(options: ManagerOptions, port: number): NodeJS.ProcessEnv {
  return {
    PATH: process.env['PATH'],
    HOST: '127.0.0.1',
    PORT: String(port),
    MANAGER_NAME: `test-${port}`,
    DATABASE_URL: options.databaseUrl,
    NAILUP_SECRET_KEY: testSecretKey,
    LOG_LEVEL: 'info',
    DRAIN_SECONDS: '0',
    ...options.env,
  };
}

/** Starts a manager and waits until it is ready. Fails with its log when it ends first. */
export async function startManager(options: ManagerOptions): Promise<RunningManager> {
  const main = join(dist, 'main.js');
  if (!existsSync(main)) throw new Error(`${main} is missing: build first (npm run build -w @nailup/api).`);
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const child = spawn(process.execPath, [main], { env: managerEnvironment(options, port), stdio: ['ignore', 'pipe', 'pipe'] });
  const lines: string[] = [];
  child.stdout.on('data', (chunk: Buffer) => lines.push(chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => lines.push(chunk.toString()));
  const log = (): string => lines.join('');
  await until('the manager is ready', async () => {
    if (child.exitCode !== null) throw new Error(`The manager ended with ${child.exitCode}:\n${log()}`);
    return (await fetch(`${options.readyAt ?? url}/health/ready`).catch(() => null))?.status === 200;
  }, 30_000);
  return { url, port, pid: child.pid ?? 0, log, stop: () => end(child, 'SIGTERM'), kill: async () => void (await end(child, 'SIGKILL')) };
}

/** Runs one command of cli.js and gives what it printed. */
export async function runCli<T>(options: ManagerOptions, ...args: string[]): Promise<T> {
  const child = spawn(process.execPath, [join(dist, 'cli.js'), ...args], { env: managerEnvironment(options, 0), stdio: ['ignore', 'pipe', 'pipe'] });
  let printed = '';
  let faults = '';
  child.stdout.on('data', (chunk: Buffer) => (printed += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (faults += chunk.toString()));
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) throw new Error(`cli.js ${args.join(' ')} ended with ${code}: ${faults}`);
  return JSON.parse(printed) as T;
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  if (child.exitCode === null && child.signalCode === null) {
    const closed = once(child, 'close');
    child.kill(signal);
    await closed;
  }
  return child.exitCode;
}

/** A port nobody listens on at the moment. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('No port is free.');
  return address.port;
}
