// @ts-check
// A media server with everybody around it: a manager that answers as told, its AMI with every event kept, agents, and the SIP proxy as a telephone.

import { randomBytes, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AmiSession } from '../../libs/ami/dist/index.js';
import { createSandbox } from '../sandbox/index.mjs';
import { until } from '../sandbox/machine.mjs';
import { Phone } from './sip-phone.mjs';
import { openStubManager } from './stub-manager.mjs';

/** Waits for a fact and fails with its name when it does not come. @param {string} what @param {() => boolean | Promise<boolean>} fact @param {number} [withinMs] */
export async function eventually(what, fact, withinMs = 10_000) {
  if (!(await until(fact, { withinMs, everyMs: 10 }))) throw new Error(`It did not come true within ${withinMs} ms that ${what}.`);
}

/** A token as managers make them. */
export const newToken = () => `t${Array.from(randomBytes(26), (byte) => 'abcdefghijklmnopqrstuvwxyz234567'[byte & 31]).join('')}`;

/** @typedef {Awaited<ReturnType<typeof openMediaWorld>>} MediaWorld */

/**
 * @param {{ octet: number, servers?: number }} options the media servers are 127.0.<octet>.1, .2, ...; the proxy is 127.0.<octet>.110:5060
 */
export async function openMediaWorld({ octet, servers = 1 }) {
  const stateDir = mkdtempSync(join(tmpdir(), 'nailup-media-'));
  const box = await createSandbox({ name: 'media', stateDir, octet });
  const manager = await openStubManager();
  const proxy = await Phone.open(`127.0.${octet}.110`, 5060);
  const agents = await Phone.open(`127.0.${octet}.90`);
  /** @type {import('../sandbox/media-server.mjs').MediaServer[]} */
  const media = [];
  /** @type {ReturnType<typeof watch>[]} */
  const amis = [];
  for (let index = 1; index <= servers; index += 1) {
    const one = await box.mediaServer({ name: `media-${index}`, index, managers: [manager.url], enrolmentToken: 'any', env: { NAILUP_SIP_PROXY: `127.0.${octet}.110:5060` } });
    media.push(one);
    const ami = watch(new AmiSession(one.ami));
    await ami.session.connect();
    amis.push(ami);
  }
  let seats = 0;
  return {
    octet, box, manager, proxy, agents, media, ami: amis[0], amis,
    sip: (/** @type {string} */ user, index = 0) => `sip:${user}@127.0.${octet}.${index + 1}:5060`,
    /** An agent takes a seat and is waited for. @param {{ parking?: 'conference' | 'holding', name?: string, server?: number, tone?: number }} [options] */
    async sit({ parking = 'conference', name = `seat${(seats += 1)}x${octet}`, server = 0, tone = 0 } = {}) {
      manager.seat(name, 'secret', { parking });
      const mark = amis[server].mark();
      const leg = await agents.call(`sip:seat@127.0.${octet}.${server + 1}:5060`, { from: `sip:${name}@127.0.${octet}.${server + 1}`, credentials: { user: name, password: 'secret' }, tone });
      await amis[server].event(parking === 'holding' ? 'UserEvent' : 'ConfbridgeJoin', (one) => (one.get('Channel') ?? '').startsWith(`PJSIP/${name}-`), { since: mark });
      return { name, leg, audio: leg.audio };
    },
    /**
     * What a manager sends to dial a client for an agent: the client leg, and the tone she hears meanwhile.
     * @param {string} conference @param {{ number?: string, server?: number, timeoutMs?: number, tone?: boolean, record?: string }} [options]
     */
    async dial(conference, { number = '+15550101', server = 0, timeoutMs = 30_000, tone = true, record } = {}) {
      const id = randomUUID();
      const reached = this.called();
      await amis[server].do({
        Action: 'Originate', ChannelId: id, Channel: `PJSIP/${number}@proxy`, Async: 'true', Timeout: String(timeoutMs), CallerID: '+15559999',
        Context: 'clients', Exten: conference, Priority: '1',
        Variable: [`__NAILUP_CALL=${id}`, 'NAILUP_ROLE=client', `PJSIP_HEADER(add,X-Nailup-Call)=${id}`, 'PJSIP_HEADER(add,X-Nailup-Signature)=1.00', ...(record ? [`NAILUP_RECORDING=${record}`] : [])],
      });
      if (tone) {
        await amis[server].do({
          Action: 'Originate', Channel: `Local/${id}@ringback/n`, Async: 'true', Timeout: String(timeoutMs + 5000), Context: 'tone', Exten: conference, Priority: '1',
          Variable: [`NAILUP_CALL=${id}`, 'NAILUP_ROLE=tone'],
        });
      }
      return { id, far: await reached };
    },
    /**
     * A manager gives a token away, and a caller comes through the proxy with it.
     * @param {Record<string, string>} target @param {{ server?: number, tone?: number, token?: string }} [options]
     */
    async arrive(target, { server = 0, tone = 0, token = newToken() } = {}) {
      const call = randomUUID();
      manager.targets.set(token, { id: token, call, ...target });
      const mark = amis[server].mark();
      const leg = await proxy.call(`sip:${token}@127.0.${octet}.${server + 1}:5060`, { from: `sip:+15557777@127.0.${octet}.110`, tone });
      return { call, token, leg, audio: leg.audio, mark };
    },
    /** The next call that reaches the proxy. @returns {Promise<import('./sip-phone.mjs').Leg>} */
    async called(withinMs = 5000) {
      const [leg] = await Promise.race([
        once(proxy, 'invite'),
        new Promise((_, reject) => { setTimeout(() => reject(new Error('Nobody called the proxy.')), withinMs).unref(); }),
      ]);
      return leg;
    },
    async close() {
      proxy.close();
      agents.close();
      for (const { session } of amis) await session.close();
      await box.stop();
      await manager.close();
      rmSync(stateDir, { recursive: true, force: true });
    },
  };
}

/** Keeps every event of a session with the moment it came. @param {AmiSession} session */
function watch(session) {
  /** @type {{ at: number, message: import('../../libs/ami/dist/index.js').AmiMessage }[]} */
  const events = [];
  session.on('event', (message) => events.push({ at: performance.now(), message }));
  return {
    session,
    events,
    /** A place in the stream, to look only at what comes after it. */
    mark: () => events.length,
    /** @param {import('../../libs/ami/dist/index.js').AmiFields} fields */
    do: (fields) => session.action(fields),
    /**
     * The first event of that name that fits; waited for.
     * @param {string} name @param {(message: import('../../libs/ami/dist/index.js').AmiMessage) => boolean} [fits] @param {{ since?: number, withinMs?: number }} [options]
     */
    async event(name, fits = () => true, { since = 0, withinMs = 10_000 } = {}) {
      const find = () => events.slice(since).find(({ message }) => message.Event === name && fits(message));
      await eventually(`a ${name} came`, () => find() !== undefined, withinMs);
      const found = /** @type {{ at: number, message: any }} */ (find());
      return Object.assign(found.message, { at: found.at });
    },
    /** @param {string} conference @returns {Promise<string[]>} the channels in it */
    async members(conference) {
      return (await session.list({ Action: 'ConfbridgeList', Conference: conference })).map((one) => one.get('Channel') ?? '');
    },
    async channels() {
      return session.list({ Action: 'CoreShowChannels' });
    },
  };
}
