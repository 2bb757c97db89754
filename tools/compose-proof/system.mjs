// @ts-check
// What is shown of the composed system: each step is a fact about servers or people, asked from outside or from Asterisk itself.

import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { Fault, until } from '../sandbox/machine.mjs';

/**
 * @typedef {import('./engine.mjs').Engine} Engine
 * @typedef {{ id: string, name: string, health: string, webSocketUrl: string, utilisation: { agentsInCall: number, reserved: number } }} MediaServer
 * @typedef {{ id: string, state: string, releaseReason: string | null, conference: string, mediaServer: { id: string, name: string, webSocketUrl: string },
 *   sip: { username: string, password: string, uri: string, target: string }, iceServers: RTCIceServer[] }} Placement
 * @typedef {(method: string, path: string, body?: unknown, headers?: Record<string, string>) => Promise<{ status: number, body: any }>} Caller
 *   `body` of an answer: JSON, or a Buffer of what is none
 * @typedef {Awaited<ReturnType<typeof openPhone>>} AgentPhone
 * @typedef {<T>(what: string, work: () => Promise<T>) => Promise<T>} Shown prints a fact with the time it took
 * @typedef {(args: string[]) => Promise<string>} Compose `docker compose` on the composed system
 */

/**
 * Signs somebody in.
 * @param {string} url
 * @param {string} username
 * @param {string} password
 * @returns {Promise<Caller>}
 */
export async function signIn(url, username, password) {
  /** @type {Caller} */
  const ask = async (method, path, body, headers) => {
    const response = await fetch(`${url}/api/v1${path}`, {
      method,
      headers: { ...headers, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const content = Buffer.from(await response.arrayBuffer());
    const isJson = (response.headers.get('content-type') ?? '').includes('json');
    return { status: response.status, body: isJson ? JSON.parse(content.toString()) : content };
  };
  const { status, body } = await ask('POST', '/auth/login', { username, password });
  if (status !== 200) throw new Fault(`${username} cannot sign in: ${status} ${JSON.stringify(body)}`);
  return (method, path, payload, headers) => ask(method, path, payload, { authorization: `Bearer ${body.accessToken}`, ...headers });
}

/**
 * @param {string} what the fact, in words
 * @param {number} withinMs
 * @param {() => Promise<boolean>} question an error counts as not yet
 * @throws {Fault} when it did not come true
 */
export async function becomesTrue(what, withinMs, question) {
  let last = '';
  const quiet = () => question().catch((error) => { last = error instanceof Error ? error.message : String(error); return false; });
  if (!(await until(quiet, { withinMs, everyMs: 200 }))) throw new Fault(`Not within ${withinMs / 1000} s: ${what}. ${last}`);
}

/**
 * @param {Caller} admin
 * @returns {Promise<MediaServer[]>}
 */
export async function mediaServers(admin) {
  const { status, body } = await admin('GET', '/media-servers');
  if (status !== 200) throw new Fault(`The media servers cannot be listed: ${status} ${JSON.stringify(body)}`);
  return body.items;
}

/**
 * @param {Caller} agent
 * @returns {Promise<Placement>}
 */
export async function place(agent) {
  const { status, body } = await agent('POST', '/placements', {});
  if (status !== 200 && status !== 201) throw new Fault(`No seat: ${status} ${JSON.stringify(body)}`);
  return body;
}

/**
 * Members of each conference as Asterisk itself lists them.
 * @param {Compose} compose
 * @param {string} service
 * @returns {Promise<Record<string, number>>}
 */
export async function conferences(compose, service) {
  const lines = (await asterisk(compose, service, 'confbridge list')).split('\n');
  const rows = lines.map((line) => /^(\S+)\s+(\d+)\s+(\d+)\s/.exec(line)).filter((row) => row !== null);
  return Object.fromEntries(rows.map((row) => [row[1], Number(row[2])]));
}

/**
 * @param {Compose} compose
 * @param {string} service
 * @param {string} command of Asterisk's console
 */
export function asterisk(compose, service, command) {
  return compose(['exec', '-T', service, 'asterisk', '-rx', command]);
}

/**
 * A leg that plays 1004 Hz into a conference, ordered by AMI as a manager would: over TLS, on the control network, with the secret
 * the box made itself.
 * @param {Compose} compose
 * @param {string} service
 * @param {string} conference
 */
export async function playTone(compose, service, conference) {
  const login = 'Action: Login\\r\\nUsername: nailup\\r\\nSecret: %s\\r\\nEvents: off\\r\\n\\r\\n';
  const originate = ['Action: Originate', `Channel: Local/${conference}@client`, 'Context: tone', 'Exten: tone', 'Priority: 1', 'Async: true'].join('\\r\\n');
  const answer = await compose(['exec', '-T', service, 'sh', '-c', `
    cd /var/lib/asterisk/nailup
    { printf '${login}${originate}\\r\\n\\r\\nAction: Logoff\\r\\n\\r\\n' "$(cat ami-secret)"; sleep 2; } |
      openssl s_client -quiet -verify_return_error -CAfile ami.crt -connect ${service}.control:5039 2>&1`]);
  if (!answer.includes('Originate successfully queued')) throw new Fault(`AMI refuses: ${answer}`);
}

/**
 * Ports open to the world, secrets in images, processes of root: what must not be.
 * @param {Engine} engine
 * @param {Compose} compose
 * @returns {Promise<string>} what was found right, in words
 */
export async function checkWalls(engine, compose) {
  const ids = (await compose(['ps', '-q'])).split('\n').filter(Boolean);
  const containers = JSON.parse(await engine.docker(['inspect', ...ids], { quiet: true }));
  let published = 0;
  for (const container of containers) {
    for (const [port, bindings] of Object.entries(container.HostConfig.PortBindings ?? {})) {
      published += 1;
      // SIP is the proxy's alone: a media server's side is for the proxy.
      if (/^(5038|5039|3306|5060)\//.test(port) && !/-proxy-\d+$/.test(container.Name)) throw new Fault(`${container.Name} publishes ${port}.`);
      if (/** @type {{ HostIp: string }[]} */ (bindings).some(({ HostIp }) => HostIp !== '127.0.0.1')) throw new Fault(`${container.Name} publishes ${port} beyond this machine.`);
    }
  }
  for (const service of ['manager', 'proxy', 'media-1', 'media-2']) await checkContainer(compose, service);
  for (const image of ['nailup-manager:local', 'nailup-media-server:local', 'nailup-proxy:local']) await checkImage(engine, image);
  return `${published} ports published, all on 127.0.0.1, none of AMI or MySQL, SIP of the proxy only; no root, read-only programs, no secret in an image`;
}

/**
 * @param {Compose} compose
 * @param {string} service one that runs
 * @throws {Fault} when it runs as root or can change its own programs
 */
export async function checkContainer(compose, service) {
  if ((await compose(['exec', '-T', service, 'id', '-u'])).trim() === '0') throw new Fault(`${service} runs as root.`);
  const written = await compose(['exec', '-T', service, 'sh', '-c', 'touch /usr/nailup-was-here 2>/dev/null && echo yes || echo no']);
  if (written.trim() !== 'no') throw new Fault(`${service} can write to its own programs.`);
}

/**
 * @param {Engine} engine
 * @param {string} image
 * @throws {Fault} when a variable of it holds a secret
 */
export async function checkImage(engine, image) {
  const [{ Config }] = JSON.parse(await engine.docker(['image', 'inspect', image], { quiet: true }));
  const secret = (Config.Env ?? []).find((/** @type {string} */ entry) => /(SECRET|PASSWORD|TOKEN)[A-Z_]*=./.test(entry));
  if (secret) throw new Fault(`${image} carries a secret: ${secret.split('=')[0]}.`);
}

/**
 * What the end-to-end stories are told with, built when it is not there yet.
 * @param {string} root of the repository
 * @param {string} name of a file in e2e/src/support
 * @param {(text: string) => void} log
 */
export async function support(root, name, log) {
  const file = join(root, 'e2e/dist/support', `${name}.js`);
  if (!existsSync(join(root, 'node_modules'))) {
    log('installing dependencies with npm ci');
    await promisify(execFile)('npm', ['ci'], { cwd: root, maxBuffer: 64e6 });
  }
  if (!existsSync(file)) await promisify(execFile)('npm', ['run', 'build', '--workspace', '@nailup/e2e'], { cwd: root });
  return import(pathToFileURL(file).href);
}

/**
 * A stock SIP.js page in Chromium, as the end-to-end stories use it.
 * @param {string} root of the repository
 * @param {(text: string) => void} log
 * @param {string} [microphone] WAV file that is said into it; Chromium's own beep when not given
 */
export async function openPhone(root, log, microphone) {
  const { openBrowser, hear } = await support(root, 'browser', log);
  const { openStockPage } = await support(root, 'stock-page', log);
  const browser = await openBrowser({ microphone });
  const phone = await openStockPage(browser);
  return {
    /**
     * @param {Placement} placement
     * @returns {Promise<{ outcome: string }>}
     */
    call: (placement) => phone.call(placement),
    /** @returns {Promise<{ hertz: number, decibel: number }>} what the page plays */
    hear: () => hear(phone.page),
    close: async () => { await phone.close(); await browser.close(); },
  };
}
