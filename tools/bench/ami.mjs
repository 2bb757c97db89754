// @ts-check
// AMI events per CPU-second over TCP, all headers read: ours, and the clients of npm as published, each run a process of its own.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { LIBRARIES, openClient } from './ami-clients.mjs';
import { figure } from './figures.mjs';

const self = fileURLToPath(import.meta.url);

/** @param {import('./figures.mjs').RoomOptions} options @returns {Promise<import('./figures.mjs').Figure[]>} */
export async function figures({ rounds, small, log }) {
  const events = small ? 8_000 : 65_000;
  const server = fork(self, ['serve', String(events)]);
  try {
    const [port] = await once(server, 'message');
    /** @type {Record<string, number[]>} */
    const results = Object.fromEntries(LIBRARIES.map((library) => [library, []]));
    for (let round = 1; round <= rounds; round += 1) {
      for (const library of LIBRARIES) {
        const [{ perCpuSecond }] = await once(fork(self, ['read', library, String(port), String(events)]), 'message');
        results[library].push(perCpuSecond);
      }
      log(`ami: round ${round} of ${rounds}`);
    }
    const against = (/** @type {string} */ library) => results.nailup.map((value, round) => value / results[library][round]);
    const shared = { peerUnit: 'events per CPU-second' };
    return [
      // A burst this short never fills the client's buffer, which is where it gets slow: too kind to it to judge by.
      figure({ name: 'AMI events per CPU-second over TCP', unit: 'x asterisk-ami-client', rounds: against('asterisk-ami-client'), ...(small ? {} : { least: 15 }), peer: 'asterisk-ami-client 1.1.5', peers: results['asterisk-ami-client'], ...shared }),
      figure({ name: 'AMI events per CPU-second over TCP, second peer', unit: 'x asterisk-manager', rounds: against('asterisk-manager'), peer: 'asterisk-manager 0.2.0', peers: results['asterisk-manager'], ...shared }),
      figure({ name: 'AMI events per CPU-second', unit: 'events', rounds: results.nailup }),
    ];
  } finally {
    server.kill();
  }
}

/** The recording's events, repeated, as one burst; TestEvents are of the recorder's build only. @param {number} count */
function burst(count) {
  const recording = readFileSync(new URL('../../libs/ami/test/recordings/asterisk-22-conference-calls.ami', import.meta.url), 'utf8');
  const events = recording.split('\r\n\r\n').filter((text) => text.startsWith('Event: ') && !text.startsWith('Event: TestEvent'));
  return Buffer.from(Array.from({ length: count }, (_, index) => `${events[index % events.length]}\r\n\r\n`).join(''));
}

/** Lets anybody log in, then sends everything at full speed. @param {number} count */
async function serve(count) {
  const bytes = burst(count);
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.write('Asterisk Call Manager/11.0.0\r\n');
    socket.on('data', (chunk) => {
      for (const action of chunk.toString().split('\r\n\r\n').filter(Boolean)) {
        const id = /ActionID: (.*)/i.exec(action)?.[1]?.trim();
        socket.write(`Response: Success\r\nActionID: ${id}\r\nChallenge: 1\r\n\r\n`);
        if (/^Action: login/im.test(action)) setTimeout(() => socket.write(bytes), 200);
      }
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  process.send?.(/** @type {import('node:net').AddressInfo} */ (server.address()).port);
}

/** Reads the burst and tells the parent its CPU time. @param {import('./ami-clients.mjs').Library} library @param {number} port @param {number} count */
async function read(library, port, count) {
  let left = count;
  /** @type {NodeJS.CpuUsage | undefined} */
  let started;
  let touched = 0;
  const client = await openClient(library, port, (event) => {
    started ??= process.cpuUsage();
    if (client.field(event, 'Privilege') !== undefined) touched += 1;
    left -= 1;
    if (left > 0) return;
    const { user, system } = process.cpuUsage(started);
    process.send?.({ perCpuSecond: count / ((user + system) / 1e6), touched }, undefined, {}, () => process.exit());
  });
  await client.open();
}

if (process.argv[1] === self && process.argv[2] === 'serve') await serve(Number(process.argv[3]));
if (process.argv[1] === self && process.argv[2] === 'read') await read(/** @type {any} */ (process.argv[3]), Number(process.argv[4]), Number(process.argv[5]));
