#!/usr/bin/env node
// @ts-check
// Keeps a sandbox up for a developer: `up` starts it and writes its facts to .nailup/<name>/sandbox.json, `down` stops it.

import { spawn } from 'node:child_process';
import { openSync } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { placeCall } from './sandbox/calling.mjs';
import { runBeside } from './sandbox/daemon.mjs';
import { STATE_HOME, createSandbox } from './sandbox/index.mjs';
import { lockHolder } from './sandbox/lock.mjs';
import { Fault, lastLines, until } from './sandbox/machine.mjs';

const USAGE = `Usage:
  node tools/sandbox.mjs up   --name NAME --octet N [--only mysql | --managers URL,... --token ENROLMENT_TOKEN] [--servers 2] [--background]
                              [--proxy-key KEY --proxy-secret SECRET]     with them: also the SIP proxy and the telephone network
  node tools/sandbox.mjs cli  --name NAME --server media-1 "confbridge list"
  node tools/sandbox.mjs call --name NAME --to +15550200 [--from +15557770001] [--plays tone|music|echo|record|digits]
  node tools/sandbox.mjs down --name NAME`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    name: { type: 'string', default: 'dev' },
    octet: { type: 'string', default: '0' },
    only: { type: 'string' },
    managers: { type: 'string', default: 'http://127.0.0.1:3000' },
    token: { type: 'string', default: '' },
    servers: { type: 'string', default: '2' },
    'proxy-key': { type: 'string' },
    'proxy-secret': { type: 'string', default: '' },
    to: { type: 'string', default: '' },
    from: { type: 'string' },
    plays: { type: 'string' },
    server: { type: 'string', default: 'media-1' },
    background: { type: 'boolean', default: false },
  },
});
const stateDir = join(STATE_HOME, values.name);
const factsFile = join(stateDir, 'sandbox.json');
/** @param {string} text */
const say = (text) => process.stdout.write(`${text}\n`);

/** Starts the parts and stays until a signal comes. */
async function up() {
  const box = await createSandbox({ name: values.name, octet: Number(values.octet), log: say });
  const stopped = new Promise((resolve) => { process.once('SIGINT', resolve); process.once('SIGTERM', resolve); });
  try {
    const mysql = await box.mysql();
    const managers = values.managers.split(',');
    const key = values['proxy-key'];
    const pstn = key ? await box.pstn() : undefined;
    const proxy = key && pstn ? await box.proxy({ managers, apiKey: key, secret: values['proxy-secret'], carrier: pstn.sipUri }) : undefined;
    /** @type {Record<string, string>} */
    const env = proxy ? { NAILUP_SIP_PROXY: proxy.address } : {};
    const facts = { name: box.name, octet: box.octet, pid: process.pid, versions: box.versions, mysql, mediaServers: /** @type {unknown[]} */ ([]), pstn, proxy };
    for (let index = 1; values.only !== 'mysql' && index <= Number(values.servers); index += 1) {
      say(`starting media-${index}`);
      facts.mediaServers.push(await box.mediaServer({
        name: `media-${index}`, index, managers, enrolmentToken: values.token, env,
      }));
    }
    // Renamed into place: whoever waits for the file never reads half of it.
    await writeFile(`${factsFile}.new`, JSON.stringify(facts, null, 2), { mode: 0o600 });
    await rename(`${factsFile}.new`, factsFile);
    say(JSON.stringify(facts, null, 2));
    await stopped;
  } finally {
    await rm(factsFile, { force: true });
    await box.stop();
  }
}

/** The same, in a process of its own that outlives this one; returns when the facts are there. */
async function upInBackground() {
  await mkdir(stateDir, { recursive: true, mode: 0o700 });
  if (await lockHolder(join(stateDir, 'lock'))) throw new Fault(`The sandbox "${values.name}" is up already: see ${factsFile}.`);
  await rm(factsFile, { force: true });
  const logFile = join(stateDir, 'sandbox.log');
  const log = openSync(logFile, 'w', 0o600);
  const args = process.argv.slice(2).filter((argument) => argument !== '--background');
  const child = spawn(process.execPath, [fileURLToPath(import.meta.url), ...args], { detached: true, stdio: ['ignore', log, log] });
  let ended = false;
  child.once('exit', () => { ended = true; });
  const there = await until(async () => ended || (await readFile(factsFile).then(() => true, () => false)), { withinMs: 600_000 });
  if (ended || !there) throw new Fault(lastLines(await readFile(logFile, 'utf8'), 1));
  child.unref();
  say(await readFile(factsFile, 'utf8'));
}

/** The facts of a sandbox that is up, undefined when it is not. */
const readFacts = () => readFile(factsFile, 'utf8').then(JSON.parse, () => undefined);

/** Somebody calls in from the telephone network of a sandbox that is up; Ctrl+C hangs up. */
async function call() {
  const pstn = (await readFacts())?.pstn;
  if (!pstn) throw new Fault(`The sandbox "${values.name}" runs no telephone network.`);
  const placed = await placeCall({
    to: values.to, from: values.from, plays: /** @type {import('./sandbox/calling.mjs').CallOptions['plays']} */ (values.plays),
    recordingsDir: pstn.recordingsDir,
    cli: async (line) => (await runBeside(pstn.pid, ['asterisk', '-rx', line])).output,
  });
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => { void placed.hangUp(); });
  let said = '';
  await until(async () => {
    const state = await placed.state();
    if (state !== said) say(state);
    said = state;
    return state === 'ended';
  }, { withinMs: 4 * 3_600_000, everyMs: 200 });
  say(await placed.ended());
  say(`What the caller heard: ${placed.heard}`);
}

/** What `asterisk -rx` says on one server of a sandbox that is up. */
async function cli() {
  const facts = await readFacts();
  const servers = [...(facts?.mediaServers ?? []), ...(facts?.pstn ? [{ name: 'pstn', ...facts.pstn }] : [])];
  const server = servers.find(({ name }) => name === values.server);
  if (!server) throw new Fault(`The sandbox "${values.name}" runs no server "${values.server}": it has ${servers.map(({ name }) => name).join(', ') || 'none'}.`);
  const { code, output } = await runBeside(server.pid, ['asterisk', '-rx', positionals.slice(1).join(' ')]);
  process.stdout.write(output);
  process.exitCode = code;
}

async function down() {
  const pid = await lockHolder(join(stateDir, 'lock'));
  if (!pid) { say(`The sandbox "${values.name}" is not up.`); return; }
  process.kill(pid, 'SIGTERM');
  const gone = await until(async () => !(await lockHolder(join(stateDir, 'lock'))), { withinMs: 60_000 });
  if (!gone) throw new Fault(`The sandbox "${values.name}" (process ${pid}) did not stop within a minute.`);
  say(`The sandbox "${values.name}" is down.`);
}

const commands = new Map([['up', values.background ? upInBackground : up], ['down', down], ['cli', cli], ['call', call]]);
try {
  const command = commands.get(positionals[0] ?? '');
  if (!command) throw new Fault(USAGE);
  await command();
} catch (error) {
  process.stderr.write(`${error instanceof Fault ? error.message : error instanceof Error ? error.stack : error}\n`);
  process.exitCode = 1;
}
