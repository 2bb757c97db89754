// @ts-check
// The AMI correctness battery: what a client must survive, asked of ours and of the clients of npm as published. Each case is a process of its own
// with a server of its own, because some of them end the process or wait for ever.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { LIBRARIES, openClient } from './ami-clients.mjs';
import { figure } from './figures.mjs';

const self = fileURLToPath(import.meta.url);
/** Most of the time they wait. */
const together = 8;
const greeting = 'Asterisk Call Manager/11.0.0\r\n';
const event = ['Event: VarSet', 'Privilege: dialplan,all', 'Channel: PJSIP/agent-00000001', 'Variable: greeting', 'Value: école:0, 世界', 'Empty: ', 'Context: seats', 'Uniqueid: 1.1'].join('\r\n');

/** @typedef {{ library: import('./ami-clients.mjs').Library, patienceMs: number }} Asked */
/** @typedef {import('node:net').Socket} Socket */

/** @param {(action: string, socket: Socket) => boolean | void} [script] answers an action itself when it returns true @param {boolean} [letIn] */
async function serve(script, letIn = true) {
  /** @type {string[]} */
  const heard = [];
  /** @type {Socket[]} */
  const sockets = [];
  const server = createServer({ noDelay: true }, (socket) => {
    sockets.push(socket);
    let text = '';
    socket.on('error', () => undefined);
    socket.write(greeting);
    socket.on('data', (chunk) => {
      text += chunk;
      const actions = text.split('\r\n\r\n');
      text = actions.pop() ?? '';
      for (const action of actions) {
        heard.push(action);
        if (script?.(action, socket)) continue;
        if (letIn || !/^Action: (login|challenge)/im.test(action)) socket.write(`Response: Success\r\nActionID: ${idOf(action)}\r\nChallenge: 1\r\nMessage: ok\r\n\r\n`);
      }
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { heard, sockets, port: /** @type {import('node:net').AddressInfo} */ (server.address()).port };
}

const idOf = (/** @type {string} */ action) => /^ActionID: (.*)$/im.exec(action)?.[1]?.trim() ?? '';
const isLogin = (/** @type {string} */ action) => /^Action: (login|challenge)/im.test(action);
/** Whether it comes to an end, however, while we wait. @param {Promise<unknown>} what @param {number} ms */
const settles = (what, ms) => Promise.race([what.then(() => true, () => true), sleep(ms).then(() => false)]);
/** @param {() => boolean} fact @param {number} ms */
const becomes = async (fact, ms) => {
  for (const until = performance.now() + ms; performance.now() < until; await sleep(20)) if (fact()) return true;
  return fact();
};

/** @type {Record<string, (asked: Asked) => Promise<boolean>>} */
const cases = {
  'an event split at each byte, and byte by byte': async ({ library }) => {
    const { port, sockets } = await serve();
    const client = await openClient(library, port);
    await client.open();
    const bytes = Buffer.from(`${event}\r\n\r\n`);
    const pieces = [...Array.from({ length: bytes.length - 1 }, (_, at) => [bytes.subarray(0, at + 1), bytes.subarray(at + 1)]), [...bytes].map((byte) => Buffer.from([byte]))];
    for (const parts of pieces) for (const part of parts) await new Promise((resolve) => sockets[0].write(part, () => setImmediate(resolve)));
    await becomes(() => client.events.length >= pieces.length, 3_000);
    return client.events.length === pieces.length && client.events.every((one) => client.field(one, 'Value') === 'école:0, 世界' && client.field(one, 'Context') === 'seats');
  },
  'every line of a Command answer': async ({ library, patienceMs }) => {
    const { port } = await serve((action, socket) => /^Action: command/im.test(action) && socket.write(`Response: Success\r\nActionID: ${idOf(action)}\r\nMessage: Command output follows\r\nOutput: one\r\nOutput: two\r\nOutput: three\r\nOutput: four\r\n\r\n`));
    const client = await openClient(library, port);
    await client.open();
    const answer = await Promise.race([client.action({ Action: 'Command', Command: 'core show uptime' }), sleep(patienceMs)]);
    return answer !== undefined && client.all(answer, 'Output').join() === 'one,two,three,four';
  },
  'headers that are there twice': async ({ library }) => {
    const { port, sockets } = await serve();
    const client = await openClient(library, port);
    await client.open();
    sockets[0].write('Event: OriginateResponse\r\nVariable: a=1\r\nVariable: b=2\r\nChanVariable: c=3\r\nChanVariable: d=4\r\nMember: x\r\nMember: y\r\n\r\n');
    await becomes(() => client.events.length > 0, 2_000);
    const all = (/** @type {string} */ name) => client.all(client.events[0], name).join();
    return all('Variable') === 'a=1,b=2' && all('ChanVariable') === 'c=3,d=4' && all('Member') === 'x,y';
  },
  'a colon in a value, and no value': async ({ library }) => {
    const { port, sockets } = await serve();
    const client = await openClient(library, port);
    await client.open();
    sockets[0].write(`${event}\r\n\r\n`);
    await becomes(() => client.events.length > 0, 2_000);
    return client.field(client.events[0], 'Value') === 'école:0, 世界' && (client.field(client.events[0], 'Empty') ?? '') === '';
  },
  'headers named __proto__ and constructor': async ({ library }) => {
    const { port, sockets } = await serve();
    const client = await openClient(library, port);
    await client.open();
    sockets[0].write('Event: UserEvent\r\n__proto__: p\r\nconstructor: c\r\n\r\n');
    await becomes(() => client.events.length > 0, 2_000);
    const clean = /** @type {any} */ ({}).p === undefined && Object.prototype.constructor === Object;
    return clean && client.all(client.events[0], '__proto__').join() === 'p' && client.all(client.events[0], 'constructor').join() === 'c';
  },
  '10,000 actions in the same moments get their own answers': async ({ library, patienceMs }) => {
    const { port } = await serve((action, socket) => { const nonce = /^Nonce: (.*)$/im.exec(action)?.[1]; return nonce !== undefined && socket.write(`Response: Success\r\nActionID: ${idOf(action)}\r\nNonce: ${nonce}\r\n\r\n`); });
    const client = await openClient(library, port);
    await client.open();
    const answers = Promise.all(Array.from({ length: 10_000 }, async (_, nonce) => client.field(await client.action({ Action: 'Ping', Nonce: String(nonce) }), 'Nonce') === String(nonce)));
    const own = await Promise.race([answers, sleep(patienceMs)]);
    return Array.isArray(own) && own.every(Boolean);
  },
  'line ends in a field order nothing else': async ({ library }) => {
    const { port, heard } = await serve();
    const client = await openClient(library, port);
    await client.open();
    const before = heard.length;
    void Promise.resolve().then(() => client.action({ Action: 'Setvar', Value: 'x\r\n\r\nAction: Originate\r\nChannel: Local/0' })).catch(() => undefined);
    await sleep(300);
    return !heard.slice(before).some((action) => /Originate/.test(action));
  },
  'a server that closes amid an event': async ({ library }) => {
    const { port, sockets } = await serve();
    const client = await openClient(library, port);
    await client.open();
    sockets[0].end('Event: Hangup\r\nUniqueid: 1.1\r\nCau');
    return (await becomes(client.ended, 3_000)) && client.events.length === 0;
  },
  'an action whose server closes is settled': async ({ library, patienceMs }) => {
    const { port } = await serve((action, socket) => /^Action: ping/im.test(action) && socket.end() !== undefined);
    const client = await openClient(library, port);
    await client.open();
    return settles(client.action({ Action: 'Ping', Nonce: '1' }), patienceMs);
  },
  'a login that is never answered is settled': async ({ library, patienceMs }) => {
    const { port } = await serve(undefined, false);
    const client = await openClient(library, port);
    return settles(client.open(), patienceMs);
  },
  'a server that closes before it lets in is an error': async ({ library, patienceMs }) => {
    const { port } = await serve((action, socket) => isLogin(action) && socket.end() !== undefined);
    const client = await openClient(library, port);
    return Promise.race([client.open().then(() => false, (reason) => reason instanceof Error), sleep(patienceMs).then(() => false)]);
  },
  'a peer that falls silent is noticed': async ({ library, patienceMs }) => {
    let silent = false;
    const { port, sockets } = await serve(() => silent);
    const client = await openClient(library, port);
    await client.open();
    silent = true;
    sockets[0].pause();
    return becomes(client.ended, patienceMs);
  },
};

/** @param {import('./figures.mjs').RoomOptions} options @returns {Promise<import('./figures.mjs').Figure[]>} */
export async function figures({ small, log }) {
  const patienceMs = small ? 8_000 : 20_000;
  const names = Object.keys(cases);
  const left = LIBRARIES.flatMap((library) => names.map((name) => ({ library, name })));
  /** @type {Record<string, Set<string>>} */
  const passed = Object.fromEntries(LIBRARIES.map((library) => [library, new Set()]));
  await Promise.all(Array.from({ length: together }, async () => {
    for (let one = left.shift(); one !== undefined; one = left.shift()) {
      const child = fork(self, [one.library, one.name, String(patienceMs)], { silent: true });
      const [answer] = await Promise.race([once(child, 'message'), once(child, 'exit').then(() => [false]), sleep(patienceMs + 15_000).then(() => [false])]);
      child.kill('SIGKILL');
      if (answer === true) passed[one.library].add(one.name);
    }
  }));
  const failed = (/** @type {string} */ library) => names.filter((name) => !passed[library].has(name));
  for (const library of LIBRARIES) log(`battery: ${library} passes ${passed[library].size} of ${names.length}${failed(library).length > 0 ? `, not: ${failed(library).join('; ')}` : ''}`);
  return LIBRARIES.filter((library) => library !== 'nailup').map((library) =>
    figure({ name: `AMI correctness battery, beside ${library}`, unit: `of ${names.length} cases`, least: names.length, rounds: [passed.nailup.size], peer: library, peers: [passed[library].size], note: failed('nailup').join('; ') }));
}

if (process.argv[1] === self) {
  const [library, name, patienceMs] = process.argv.slice(2);
  process.on('unhandledRejection', () => undefined);
  process.send?.(await cases[name]({ library: /** @type {any} */ (library), patienceMs: Number(patienceMs) }), undefined, {}, () => process.exit());
}
