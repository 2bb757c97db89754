// @ts-check
// Small questions to the machine we run on: is a program there, is a port free, does a process still live.

import { spawn } from 'node:child_process';
import { accessSync, constants, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { delimiter, join } from 'node:path';

/** A fault an operator can act on: its message is one sentence with the way out, and no stack trace is shown for it. */
export class Fault extends Error {}

/**
 * Looks a program up in PATH and in the sbin directories a plain `su` leaves out.
 * @param {string} program
 * @returns {string | undefined} its full path
 */
export function findProgram(program) {
  const directories = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/sbin', '/usr/bin', '/bin'];
  for (const directory of directories.filter(Boolean)) {
    const path = join(directory, program);
    try {
      accessSync(path, constants.X_OK);
      return path;
    } catch {
      // Not here: the next directory may have it.
    }
  }
  return undefined;
}

/** @type {Set<import('node:child_process').ChildProcess>} children of `run` that have not ended: none of them may outlive us */
const running = new Set();
process.on('exit', () => { for (const child of running) child.kill('SIGTERM'); });

/** @type {string | undefined} */
let setpriv;

/**
 * Runs a program to its end. It is told to end when this process does, also by kill -9.
 * @param {string} program
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, input?: string, onOutput?: (text: string) => void }} [options]
 * @returns {Promise<{ code: number, stdout: string, output: string }>} code -1 when a signal ended it; output holds stdout and stderr
 */
export function run(program, args, options = {}) {
  return new Promise((resolve, reject) => {
    setpriv ??= findProgram('setpriv') ?? '';
    const [command, ...words] = setpriv ? [setpriv, '--pdeathsig', 'TERM', '--', program, ...args] : [program, ...args];
    const child = spawn(command, words, { cwd: options.cwd, env: options.env ?? process.env, stdio: ['pipe', 'pipe', 'pipe'] });
    let stdout = '';
    let output = '';
    child.stdout.setEncoding('utf8').on('data', (text) => { stdout += text; output += text; options.onOutput?.(text); });
    child.stderr.setEncoding('utf8').on('data', (text) => { output += text; options.onOutput?.(text); });
    running.add(child);
    child.on('error', reject);
    child.on('close', (code) => {
      running.delete(child);
      resolve({ code: code ?? -1, stdout, output });
    });
    child.stdin.on('error', () => undefined);
    child.stdin.end(options.input ?? '');
  });
}

/**
 * @param {number} port
 * @param {string} host
 * @returns {Promise<boolean>} true when a listener could be opened there now
 */
export function isFree(port, host) {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(true)));
  });
}

/**
 * @param {string} host
 * @returns {Promise<number>} a TCP port nobody listens on at that address
 */
export function freePort(host) {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen({ port: 0, host }, () => {
      const address = server.address();
      const port = typeof address === 'object' && address ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
}

/**
 * When a process began, in clock ticks since boot: together with its number this names it for ever, the number alone is used again.
 * @param {number} pid
 * @returns {string | undefined} undefined when there is no such process, or only its zombie
 */
export function processBirth(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The command name stands in brackets and may itself hold spaces and brackets.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' ? undefined : fields[19];
  } catch {
    return undefined;
  }
}

/**
 * Asks again and again until the answer is true.
 * @param {() => boolean | Promise<boolean>} question
 * @param {{ withinMs: number, everyMs?: number, signal?: AbortSignal }} limits
 * @returns {Promise<boolean>} false when the time ran out or the signal came
 */
export async function until(question, { withinMs, everyMs = 50, signal }) {
  const end = performance.now() + withinMs;
  while (!signal?.aborted) {
    if (await question()) return true;
    if (performance.now() > end) return false;
    await new Promise((resolve) => { setTimeout(resolve, everyMs); });
  }
  return false;
}

/**
 * @param {string} text
 * @param {number} [lines]
 * @returns {string} the last lines that say something, for one sentence about a failure
 */
export function lastLines(text, lines = 3) {
  return text.split('\n').map((line) => line.trim()).filter(Boolean).slice(-lines).join(' | ');
}
