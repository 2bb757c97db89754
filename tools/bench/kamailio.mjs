// @ts-check
// Kamailio's dispatcher as a peer: it is asked by INVITE where a call goes and told by BYE that one has ended.
import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { join } from 'node:path';
import { startDaemon, waitForDaemon } from '../sandbox/daemon.mjs';
import { run, until } from '../sandbox/machine.mjs';
import { userOf } from '../sandbox/mysql.mjs';
import { answersSip } from '../sandbox/sip.mjs';

const patienceMs = 2_000;
const atOnce = 64;

/**
 * @param {{ rootfs: string, stateDir: string, host: string, servers: number }} options it listens on `host`:5060
 */
export async function startDispatcher({ rootfs, stateDir, host, servers }) {
  const port = 5060;
  const home = join(stateDir, 'dispatcher/etc');
  await mkdir(home, { recursive: true });
  await copyFile(join(import.meta.dirname, 'kamailio.cfg'), join(home, 'kamailio.cfg'));
  await writeFile(join(home, 'dispatcher.list'), Array.from({ length: servers }, (_, at) => `1 sip:10.0.${at >> 8}.${at & 255}:5060 0 0 duid=ms${at};maxload=0\n`).join(''));
  await run('chown', ['-R', await userOf(rootfs, 'kamailio'), home]);
  /** @type {import('../sandbox/daemon.mjs').Daemon} */
  let daemon;
  const start = async () => {
    daemon = await startDaemon({
      name: 'dispatcher', rootfs, user: 'kamailio', family: true, runDirectories: ['kamailio'], logFile: join(stateDir, 'log/dispatcher.log'),
      command: ['kamailio', '-DD', '-E', '-Y', '/run/kamailio', '-f', '/etc/kamailio/kamailio.cfg', '-m', '64', '-M', '8', '-l', `udp:${host}:${port}`],
      binds: [{ source: home, target: '/etc/kamailio' }],
    });
    await waitForDaemon(daemon, { name: 'Kamailio', fact: (signal) => until(() => answersSip(port, host), { withinMs: 15_000, signal }) });
  };
  await start();
  const socket = createSocket('udp4').bind(0, host);
  await once(socket, 'listening');
  /** @type {Map<string, (answer: string) => void>} */
  const waiting = new Map();
  socket.on('message', (message) => {
    const text = message.toString();
    const id = /^Call-ID: (\S+)/im.exec(text)?.[1] ?? '';
    waiting.get(id)?.(text);
  });
  let branch = 0;
  /** @param {string} method @param {string} callId @returns {Promise<string>} */
  const ask = (method, callId) => new Promise((resolve, reject) => {
    const timer = setTimeout(() => { waiting.delete(callId); reject(new Error(`Kamailio did not answer the ${method} of ${callId}.`)); }, patienceMs);
    waiting.set(callId, (answer) => { clearTimeout(timer); waiting.delete(callId); resolve(answer); });
    branch += 1;
    const from = `${host}:${socket.address().port}`;
    socket.send([
      `${method} sip:seat@${host}:${port} SIP/2.0`, `Via: SIP/2.0/UDP ${from};branch=z9hG4bK${branch}`, `From: <sip:agent@${from}>;tag=${branch}`, `To: <sip:seat@${host}>`,
      `Call-ID: ${callId}`, `CSeq: 1 ${method}`, 'Max-Forwards: 70', `Contact: <sip:agent@${from}>`, 'Content-Length: 0', '', '',
    ].join('\r\n'), port, host);
  });
  /** Which server each call is on. @type {Map<string, string>} */
  const calls = new Map();
  let named = 0;
  /** @template T @param {readonly T[]} all @param {(one: T) => Promise<void>} deed */
  const crowd = async (all, deed) => {
    const left = [...all];
    await Promise.all(Array.from({ length: atOnce }, async () => { for (let one = left.pop(); one !== undefined; one = left.pop()) await deed(one); }));
  };
  return {
    /** So many calls at once. @param {number} count */
    async pick(count) {
      await crowd(Array.from({ length: count }, () => `call-${named++}@bench`), async (id) => {
        const server = /^Contact: <(sip:[^>]+)>/im.exec(await ask('INVITE', id))?.[1];
        if (server === undefined) throw new Error('Kamailio redirected a call nowhere.');
        calls.set(id, server);
      });
    },
    /** Ends every call of the first so many servers. @param {number} count */
    async empty(count) {
      const gone = new Set(Array.from({ length: count }, (_, at) => `sip:10.0.${at >> 8}.${at & 255}:5060`));
      await crowd([...calls].filter(([, server]) => gone.has(server)), async ([id]) => { await ask('BYE', id); calls.delete(id); });
    },
    /** As a power cut; its calls go on, as they do not run through it. */
    async restart() {
      daemon.kill('SIGKILL');
      await daemon.ended;
      await start();
    },
    /** Most minus least calls of a server. */
    gap() {
      const counts = new Array(servers).fill(0);
      for (const server of calls.values()) {
        const [, high, low] = /10\.0\.(\d+)\.(\d+)/.exec(server) ?? [];
        counts[Number(high) * 256 + Number(low)] += 1;
      }
      return Math.max(...counts) - Math.min(...counts);
    },
    async stop() {
      socket.close();
      await daemon.stop(5_000);
    },
  };
}
