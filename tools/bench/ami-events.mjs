// Events per CPU-second over TCP, all headers read: this room against asterisk-ami-client as published, in
// interleaved rounds, each run a process of its own. `node tools/bench/ami-events.mjs [--json]`
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';

const READERS = ['asterisk-ami-client', 'nailup', 'nailup, names only'];
const ROUNDS = 5;
const EVENTS = 65_000;

/** The recording's events, repeated, as one burst; TestEvents are of the recorder's build only. */
function burst() {
  const recording = readFileSync(new URL('../../libs/ami/test/recordings/asterisk-22-conference-calls.ami', import.meta.url), 'utf8');
  const events = recording.split('\r\n\r\n').filter((text) => text.startsWith('Event: ') && !text.startsWith('Event: TestEvent'));
  return Buffer.from(Array.from({ length: EVENTS }, (_, index) => `${events[index % events.length]}\r\n\r\n`).join(''));
}

/** Lets anybody log in, then sends everything at full speed. */
async function serve() {
  const bytes = burst();
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.write('Asterisk Call Manager/11.0.0\r\n');
    socket.on('data', (chunk) => {
      for (const action of chunk.toString().split('\r\n\r\n').filter(Boolean)) {
        const id = /ActionID: (.*)/.exec(action)?.[1]?.trim();
        socket.write(`Response: Success\r\nActionID: ${id}\r\nChallenge: 1\r\n\r\n`);
        if (/^Action: login/i.test(action)) setTimeout(() => socket.write(bytes), 200);
      }
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  process.send(server.address().port);
}

/** Reads the burst and tells the parent its CPU time. */
async function read(reader, port) {
  let left = EVENTS;
  let started;
  let touched = 0;
  const count = (headers) => {
    started ??= process.cpuUsage();
    touched += headers;
    if (--left > 0) return;
    const { user, system } = process.cpuUsage(started);
    process.send({ perCpuSecond: EVENTS / ((user + system) / 1e6), touched }, () => process.exit());
  };
  if (reader === 'asterisk-ami-client') {
    const { default: Client } = await import('asterisk-ami-client');
    const client = new Client({ reconnect: false, keepAlive: false, emitEventsByTypes: false, emitResponsesById: false });
    client.on('event', (event) => count(event.Privilege === undefined ? 0 : 1));
    await client.connect('nailup', 'secret', { host: '127.0.0.1', port });
  } else {
    const { AmiSession } = await import('@nailup/ami');
    const session = new AmiSession({ host: '127.0.0.1', port, username: 'nailup', secret: 'secret', pingTimeoutMs: 60_000 });
    const all = reader === 'nailup';
    session.on('event', (message) => count(all ? (message.get('Privilege') === undefined ? 0 : 1) : message.Event.length));
    await session.connect();
  }
}

const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

async function compare() {
  const self = fileURLToPath(import.meta.url);
  const server = fork(self, ['serve']);
  const [port] = await once(server, 'message');
  const results = Object.fromEntries(READERS.map((reader) => [reader, []]));
  for (let round = 0; round < ROUNDS; round++) {
    for (const reader of READERS) {
      const [{ perCpuSecond }] = await once(fork(self, ['read', reader, String(port)]), 'message');
      results[reader].push(perCpuSecond);
    }
  }
  server.kill();
  const ratios = results['nailup'].map((value, round) => value / results['asterisk-ami-client'][round]);
  const figure = { name: 'AMI events per CPU-second over TCP, all headers', value: median(ratios), unit: 'x asterisk-ami-client', goal: 15, met: median(ratios) >= 15, peer: 'asterisk-ami-client 1.1.5', peerValue: median(results['asterisk-ami-client']), spread: [Math.min(...ratios), Math.max(...ratios)] };
  if (process.argv.includes('--json')) process.stdout.write(`${JSON.stringify({ figures: [figure] })}\n`);
  else {
    for (const reader of READERS) {
      const values = results[reader].map((value) => `${Math.round(value / 1000)}k`);
      process.stdout.write(`${reader.padEnd(22)} ${String(Math.round(median(results[reader]) / 1000)).padStart(5)}k   rounds ${values.join(' ')}\n`);
    }
    process.stdout.write(`ratio, all headers     ${median(ratios).toFixed(1)}x (${figure.spread.map((one) => one.toFixed(1)).join(' to ')}), goal 15x\n`);
  }
}

if (process.argv[2] === 'serve') await serve();
else if (process.argv[2] === 'read') await read(process.argv[3], Number(process.argv[4]));
else await compare();
