// @ts-check
// Runs the Media Server Manager of the demo: its command line, its process, and whether it serves.

import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, openSync, closeSync, readFileSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { request as requestPlain } from 'node:http';
import { request as requestTls } from 'node:https';
import { join } from 'node:path';
import { REPOSITORY } from './sandbox/index.mjs';
import { Fault, lastLines, run, until } from './sandbox/machine.mjs';

/**
 * How node runs a manager, in MiB. Requests of a crowd wait for one commit; in the young generation that node gives by itself they are copied
 * again and again meanwhile, which takes a quarter of the processor time of a selection.
 */
export const MANAGER_FLAGS = ['--max-semi-space-size=32'];

/**
 * Kept between starts: without the same key the manager could not read the AMI secrets it stored.
 * @param {string} stateDir
 * @returns {Promise<string>} 32 bytes in base64
 */
export async function secretKey(stateDir) {
  const path = join(stateDir, 'secret-key');
  if (!existsSync(path)) await writeFile(path, randomBytes(32).toString('base64'), { mode: 0o600 });
  return (await readFile(path, 'utf8')).trim();
}

/**
 * What managers sign the media servers' calls with, for the SIP proxy to check.
 * @param {string} stateDir
 * @returns {Promise<string>} 64 characters
 */
export async function proxySecret(stateDir) {
  const path = join(stateDir, 'proxy-secret');
  if (!existsSync(path)) await writeFile(path, randomBytes(32).toString('hex'), { mode: 0o600 });
  return (await readFile(path, 'utf8')).trim();
}

/**
 * The SIP proxy's own key, made once: a manager shows it that one time.
 * @param {string} stateDir
 * @param {Record<string, string>} env of the manager
 * @returns {Promise<string>}
 * @throws {Fault}
 */
export async function proxyKey(stateDir, env) {
  const path = join(stateDir, 'proxy-key');
  if (!existsSync(path)) {
    const { key } = await managerCommand(['api-key', '--name', 'proxy', '--scopes', 'routes:read'], env);
    await writeFile(path, String(key), { mode: 0o600 });
  }
  return (await readFile(path, 'utf8')).trim();
}

/**
 * One command of the manager's command line.
 * @param {string[]} args
 * @param {Record<string, string>} env
 * @returns {Promise<Record<string, unknown>>} what it printed
 * @throws {Fault}
 */
export async function managerCommand(args, env) {
  const { code, stdout, output } = await run(process.execPath, [join(REPOSITORY, 'apps/api/dist/cli.js'), ...args], { env: { ...process.env, ...env } });
  if (code !== 0) throw new Fault(`The manager could not do "${args[0]}": ${lastLines(output, 4)}`);
  return JSON.parse(stdout || '{}');
}

/**
 * Starts the manager and waits until it says that it is ready. It dies with this process.
 * @param {{ env: Record<string, string>, url: string, ca?: string, logFile: string }} options `url` is asked for readiness; `ca`: PEM text to trust
 * @returns {Promise<{ pid: number, ended: Promise<string>, stop(): Promise<void> }>}
 * @throws {Fault}
 */
export async function startManager({ env, url, ca, logFile }) {
  const log = openSync(logFile, 'w', 0o600);
  // An own session, so that Ctrl+C reaches us alone and the manager is stopped before what it needs.
  const child = spawn('setpriv', ['--pdeathsig', 'KILL', '--', process.execPath, ...MANAGER_FLAGS, join(REPOSITORY, 'apps/api/dist/main.js')], {
    detached: true,
    stdio: ['ignore', log, log],
    env: { ...process.env, ...env },
  });
  closeSync(log);
  let over = '';
  /** @type {Promise<string>} */
  const ended = new Promise((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code, signal) => resolve(signal ? `ended by ${signal}` : `exit code ${code}`));
  });
  void ended.then((how) => { over = how; });
  const ready = await until(async () => over !== '' || (await status(`${url}/health/ready`, ca)) === 200, { withinMs: 60_000, everyMs: 100 });
  if (over || !ready) {
    child.kill('SIGKILL');
    throw new Fault(`The manager did not start (${over || 'not ready within a minute'}): ${lastLines(readFileSync(logFile, 'utf8'), 3) || `see ${logFile}`}`);
  }
  return {
    pid: /** @type {number} */ (child.pid),
    ended,
    async stop() {
      child.kill('SIGTERM');
      const timer = setTimeout(() => child.kill('SIGKILL'), 10_000);
      await ended;
      clearTimeout(timer);
    },
  };
}

/**
 * Waits until the manager has read each media server: before that no agent could go online.
 * @param {{ url: string, ca?: string, password: string, names: string[] }} options
 * @throws {Fault} naming the ones it does not see
 */
export async function waitForHealth({ url, ca, password, names }) {
  const login = await ask({ url: `${url}/api/v1/auth/login`, ca, body: { username: 'admin', password } });
  let missing = names;
  const healthy = await until(async () => {
    const { body } = await ask({ url: `${url}/api/v1/media-servers`, ca, token: login.body?.accessToken });
    /** @type {{ name: string, health: string }[]} */
    const servers = body?.items ?? [];
    missing = names.filter((name) => !servers.some((server) => server.name === name && server.health === 'healthy'));
    return missing.length === 0;
  }, { withinMs: 60_000, everyMs: 200 });
  if (!healthy) throw new Fault(`The manager does not see ${missing.join(' and ')} after a minute: the log of the manager says why.`);
}

/**
 * @param {string} url
 * @param {string} [ca]
 * @returns {Promise<number>} the HTTP status, 0 when nobody answers
 */
const status = async (url, ca) => (await ask({ url, ca })).status;

/**
 * One request; fetch is not used because it cannot be told which certificate to trust.
 * @param {{ url: string, ca?: string, token?: string, body?: object }} options
 * @returns {Promise<{ status: number, body: any }>} status 0 when nobody answers; body undefined when it is not JSON
 */
function ask({ url, ca, token, body }) {
  return new Promise((resolve) => {
    const send = url.startsWith('https:') ? requestTls : requestPlain;
    const headers = { ...(token ? { authorization: `Bearer ${token}` } : {}), ...(body ? { 'content-type': 'application/json' } : {}) };
    const request = send(url, { ca, timeout: 3000, headers, method: body ? 'POST' : 'GET' }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (part) => { text += part; }).on('end', () => {
        let answer;
        try { answer = JSON.parse(text); } catch { answer = undefined; }
        resolve({ status: response.statusCode ?? 0, body: answer });
      });
    });
    request.on('timeout', () => request.destroy());
    request.on('error', () => resolve({ status: 0, body: undefined }));
    request.end(body ? JSON.stringify(body) : undefined);
  });
}
