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
  const child = spawn('setpriv', ['--pdeathsig', 'KILL', '--', process.execPath, join(REPOSITORY, 'apps/api/dist/main.js')], {
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
 * @param {string} url
 * @param {string} [ca]
 * @returns {Promise<number>} the HTTP status, 0 when nobody answers
 */
export function status(url, ca) {
  return new Promise((resolve) => {
    const send = url.startsWith('https:') ? requestTls : requestPlain;
    const request = send(url, { ca, timeout: 3000 }, (response) => { response.resume(); resolve(response.statusCode ?? 0); });
    request.on('timeout', () => request.destroy());
    request.on('error', () => resolve(0));
    request.end();
  });
}
