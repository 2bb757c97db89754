// @ts-check
// The load generator: POST /api/v1/placements, each request for another agent, over connections that stay open. A process of its own.
// Closed loop: `clients` connections, each asks again when it was answered. Fixed rate: requests fall due by a schedule, and a latency is
// counted from when a request was due, not from when a connection came free (no coordinated omission).
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { fileURLToPath } from 'node:url';
import { percentile } from './figures.mjs';

/**
 * @typedef {object} Load
 * @property {{ host: string, port: number }[]} managers requests are dealt out to them in turn
 * @property {string} token
 * @property {string[]} agents one request each; the load ends when they are used up
 * @property {number} clients connections in all
 * @property {number} ms how long
 * @property {number} [rate] requests a second; absent: as fast as answers come
 *
 * @typedef {{ perSecond: number, p50: number, p99: number, sent: number, statuses: Record<string, number>, unanswered: number }} Loaded
 */

/** Runs a load in a process of its own. @param {Load} load @returns {Promise<Loaded>} */
export async function runLoad(load) {
  const child = fork(fileURLToPath(import.meta.url), ['generate'], { serialization: 'advanced' });
  const answer = once(child, 'message');
  child.send({ ...load, managers: load.managers.map(({ host, port }) => ({ host, port })) });
  const [result] = await Promise.race([answer, once(child, 'exit').then(() => { throw new Error('The load generator ended without a result.'); })]);
  return result;
}

/** @param {Load} load @returns {Promise<Loaded>} */
async function generate({ managers, token, agents, clients, ms, rate }) {
  const head = `POST /api/v1/placements HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer ${token}\r\nContent-Type: application/json\r\nContent-Length: `;
  /** @type {number[]} */
  const latencies = [];
  /** @type {Record<string, number>} */
  const statuses = {};
  let next = 0;
  let pending = 0;
  let lastAnswer = 0;
  /** @type {number[]} due times nobody was free for */
  const queue = [];
  /** @type {((due: number) => void)[]} */
  const free = [];
  const start = performance.now();
  const end = start + ms;
  const over = () => next >= agents.length || performance.now() >= end;
  /** @type {() => void} */
  let finished;
  const done = new Promise((resolve) => { finished = () => resolve(undefined); });

  const sockets = await Promise.all(Array.from({ length: clients }, async (_, at) => {
    const socket = connect({ ...managers[at % managers.length], noDelay: true });
    await once(socket, 'connect');
    let due = 0;
    let busy = false;
    let text = '';
    const ask = (/** @type {number} */ since) => {
      const body = `{"agentId":"${agents[next]}"}`;
      next += 1;
      pending += 1;
      busy = true;
      due = since;
      socket.write(`${head}${body.length}\r\n\r\n${body}`);
    };
    socket.setEncoding('latin1');
    socket.on('data', (/** @type {string} */ part) => {
      text += part;
      const split = text.indexOf('\r\n\r\n');
      if (split < 0) return;
      const length = /content-length: (\d+)/i.exec(text.slice(0, split))?.[1];
      if (text.length < split + 4 + Number(length ?? 0)) return;
      lastAnswer = performance.now();
      latencies.push(lastAnswer - due);
      const status = text.slice(9, 12);
      statuses[status] = (statuses[status] ?? 0) + 1;
      pending -= 1;
      busy = false;
      text = '';
      if (rate === undefined) {
        if (!over()) ask(lastAnswer);
      } else {
        const waiting = queue.shift();
        if (waiting === undefined) free.push(ask);
        else ask(waiting);
      }
      if (pending === 0 && over()) finished();
    });
    // A manager that is killed takes its connections along: what it had not answered stays unanswered.
    const gone = () => {
      if (busy) pending -= 1;
      busy = false;
      socket.destroy();
      if (pending === 0 && rate === undefined) finished();
    };
    socket.on('error', gone);
    socket.on('end', gone);
    return { socket, ask };
  }));

  const began = performance.now();
  if (rate === undefined) for (const { ask } of sockets) { if (!over()) ask(performance.now()); }
  else {
    free.push(...sockets.map(({ ask }) => ask));
    const every = 1000 / rate;
    let scheduled = 0;
    const tick = () => {
      const now = performance.now();
      while (began + scheduled * every <= now && scheduled + queue.length < agents.length && began + scheduled * every < end) {
        const due = began + scheduled * every;
        scheduled += 1;
        const ask = free.shift();
        if (ask) ask(due);
        else queue.push(due);
      }
      if (now < end) setTimeout(tick, 1);
      else if (pending === 0) finished();
    };
    tick();
  }
  await Promise.race([done, new Promise((resolve) => setTimeout(resolve, ms + 10_000).unref())]);
  for (const { socket } of sockets) socket.destroy();
  return {
    perSecond: latencies.length / ((lastAnswer - began) / 1000),
    p50: percentile(latencies, 0.5), p99: percentile(latencies, 0.99),
    sent: next, statuses, unanswered: next - latencies.length,
  };
}

if (process.argv[2] === 'generate' && process.send) {
  process.once('message', (load) => {
    void generate(/** @type {Load} */ (load)).then((result) => process.send?.(result, undefined, {}, () => process.exit()));
  });
}
