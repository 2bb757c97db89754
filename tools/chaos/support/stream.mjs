// @ts-check
// A reader of the live stream that notes the sequence of every event, and comes back with its cursor when it is sent away.

import { request } from 'node:http';
import { eventually } from './world.mjs';

/** @param {{ urls: () => string[], token: string }} options managers to come back to, in turn */
export function followStream({ urls, token }) {
  /** @type {number[]} */
  const seen = [];
  let cursor = '';
  let open = true;
  let turn = 0;
  /** @type {import('node:http').ClientRequest | undefined} */
  let current;
  const once = async () => {
    const url = urls()[turn++ % urls().length];
    const ticket = await fetch(`${url}/api/v1/events/tickets`, { method: 'POST', headers: { authorization: `Bearer ${token}`, connection: 'close' } });
    const { ticket: word } = /** @type {any} */ (await ticket.json());
    if (!open) return;
    await new Promise((resolve) => {
      current = request(`${url}/api/v1/events?ticket=${word}`, { agent: false, headers: cursor === '' ? {} : { 'last-event-id': cursor } }, (answer) => {
        let text = '';
        answer.setEncoding('utf8').on('data', (part) => {
          text += part;
          for (let at = text.indexOf('\n\n'); at >= 0; at = text.indexOf('\n\n')) {
            const block = text.slice(0, at);
            text = text.slice(at + 2);
            const id = /^id: (\d+)$/m.exec(block)?.[1];
            if (id !== undefined) cursor = id;
            if (id !== undefined && /^data: /m.test(block) && !/^event: (ping|resync)$/m.test(block)) seen.push(Number(id));
          }
        });
        answer.on('close', () => resolve(undefined)).on('error', () => resolve(undefined));
      });
      current.on('error', () => resolve(undefined)).end();
    });
  };
  const running = (async () => {
    while (open) await once().catch(() => new Promise((resolve) => { setTimeout(resolve, 200); }));
  })();
  return {
    seen,
    cursor: () => Number(cursor || 0),
    /** How many events came twice. */
    twice: () => seen.length - new Set(seen).size,
    /** How many of the sequences between the first and the last never came. */
    missing: () => {
      if (seen.length === 0) return 0;
      // An hour of them is too many for the arguments of one call.
      const [first, last] = seen.reduce(([low, high], one) => [Math.min(low, one), Math.max(high, one)], [Infinity, -Infinity]);
      return last - first + 1 - new Set(seen).size;
    },
    /** Waits for the last event that is written by now: of one that fell silent nothing is missing between the first and the last it heard. @param {import('./world.mjs').ChaosWorld['query']} query */
    async caughtUp(query) {
      const [{ seq }] = await query('SELECT seq FROM event_head WHERE id = 1');
      await eventually('the stream has come to the last event', () => (seen.at(-1) ?? 0) >= Number(seq));
    },
    async close() {
      open = false;
      current?.destroy();
      await running;
    },
  };
}
