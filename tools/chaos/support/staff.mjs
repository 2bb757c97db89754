// @ts-check
// Agents as browsers are: each has a session of her own, an address of her own behind the balancer, and no connection that is left over from before.

import { request } from 'node:http';
import { Durations } from '../../../apps/pool-simulator/dist/index.js';
import { pause } from './world.mjs';

/** @typedef {{ id: string, username: string }} Agent */
/** @typedef {{ status: number, body: any, retryAfter: number | null, cookie: string | null }} Answer */

const answerWithinMs = 20_000;
const patienceMs = 60_000;

export class Staff {
  /** Refresh cookie by agent. @type {Map<string, string>} */
  #cookies = new Map();
  #options;
  #turn = 0;

  /** @param {{ pool: import('../../../apps/pool-simulator/dist/index.js').Pool, managers: () => string[], agents: readonly Agent[], password: string }} options managers: base URLs, each connection goes to the next one */
  constructor(options) {
    this.#options = options;
  }

  /**
   * Everybody asks for a seat and sits down there: with her password the first time, with the session she has from then on.
   * @param {number} spreadMs one after the other over this long; all at once when 0
   */
  async allTakeSeats(spreadMs) {
    const { agents } = this.#options;
    const took = new Durations();
    /** Who was told to ask again later, and who got another refusal. @type {Map<string, number>} */
    const told = new Map();
    /** @type {Map<string, number>} */
    const failed = new Map();
    await Promise.all(agents.map(async (agent, n) => {
      await pause((n * spreadMs) / agents.length);
      const began = performance.now();
      // What a browser does after a refusal: it waits as long as it is told, and asks again for what it did not get.
      const patiently = async (/** @type {() => Promise<Answer>} */ ask) => {
        for (;;) {
          const answer = await ask().catch((/** @type {Error} */ error) => ({ status: 0, body: { code: error.message }, retryAfter: null, cookie: null }));
          if (answer.status === 200 || answer.status === 201) return answer;
          const what = `${answer.status} ${answer.body?.code ?? ''}`;
          const counts = answer.retryAfter === null ? failed : told;
          counts.set(what, (counts.get(what) ?? 0) + 1);
          if (answer.retryAfter === null || performance.now() - began > patienceMs) return null;
          await pause(answer.retryAfter * 1_000);
        }
      };
      const session = await patiently(() => this.#session(agent, n));
      if (session === null) return;
      if (session.cookie !== null) this.#cookies.set(agent.id, session.cookie);
      const seat = await patiently(() => this.#ask(n, '/placements', { body: {}, token: session.body.accessToken }));
      if (seat === null) return;
      const { conference, parking, mediaServer } = seat.body;
      this.#options.pool.server(mediaServer.id).sit(conference, { parking });
      took.add(performance.now() - began);
    }));
    return { took, told, failed };
  }

  /** @param {Agent} agent @param {number} n */
  #session({ id, username }, n) {
    const cookie = this.#cookies.get(id);
    if (cookie !== undefined) return this.#ask(n, '/auth/refresh', { cookie });
    return this.#ask(n, '/auth/login', { body: { username, password: this.#options.password } });
  }

  /** @param {number} n whose browser @param {string} path @param {{ body?: object, token?: string, cookie?: string }} what @returns {Promise<Answer>} */
  #ask(n, path, { body, token, cookie }) {
    const managers = this.#options.managers();
    const manager = managers[this.#turn++ % managers.length];
    const text = body === undefined ? '' : JSON.stringify(body);
    return new Promise((resolve, reject) => {
      const asked = request(`${manager}/api/v1${path}`, {
        method: 'POST',
        agent: false,
        timeout: answerWithinMs,
        headers: {
          origin: manager,
          'x-forwarded-for': `10.0.${Math.floor(n / 250)}.${(n % 250) + 1}`,
          ...(text === '' ? {} : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) }),
          ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
          ...(cookie === undefined ? {} : { cookie }),
        },
      }, (answer) => {
        let said = '';
        answer.setEncoding('utf8').on('data', (part) => { said += part; }).on('error', reject).on('end', () => {
          const retryAfter = Number(answer.headers['retry-after'] ?? Number.NaN);
          resolve({
            status: answer.statusCode ?? 0,
            body: said === '' ? null : JSON.parse(said),
            retryAfter: Number.isFinite(retryAfter) ? retryAfter : null,
            cookie: answer.headers['set-cookie']?.[0].split(';')[0] ?? null,
          });
        });
      });
      asked.on('timeout', () => asked.destroy(new Error('no answer')));
      asked.on('error', reject);
      asked.end(text);
    });
  }
}
