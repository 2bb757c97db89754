// @ts-check
// A SIP side written by hand, for what SIPp would not send: forged, unsigned, malformed; and to measure how long an answer takes.

import { createHmac, randomBytes, randomUUID } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';

export const SECRET = 'known-to-the-managers-and-to-the-proxy-alone';

/**
 * What a manager adds to a call it orders.
 * @param {string} user user part of the Request-URI
 * @param {{ call?: string, aheadSeconds?: number, secret?: string, signs?: string }} [options] `signs`: another user part
 * @returns {{ call: string, signature: string }}
 */
export function sign(user, { call = randomUUID(), aheadSeconds = 30, secret = SECRET, signs = user } = {}) {
  const expires = Math.floor(Date.now() / 1000) + aheadSeconds;
  return { call, signature: `${expires}.${createHmac('sha256', secret).update(`${call}|${signs}|${expires}`).digest('hex')}` };
}

/**
 * @typedef {{ callId?: string, headers?: string[], tag?: string, toTag?: string, branch?: string, cseq?: number, from?: string }} RequestOptions
 */

/**
 * @param {string} host
 * @param {number} [port]
 */
export async function openPeer(host, port = 5060) {
  const socket = createSocket('udp4');
  /** @type {string[]} */
  const heard = [];
  /** @type {Set<() => void>} */
  const listeners = new Set();
  socket.on('message', (data) => {
    heard.push(data.toString('latin1'));
    for (const listener of [...listeners]) listener();
  });
  socket.bind(port, host);
  await once(socket, 'listening');
  const [proxyHost, proxyPort] = [host.replace(/\d+$/, '110'), 5060];

  /** @param {string | Buffer} text */
  const send = (text) => new Promise((resolve) => { socket.send(text, proxyPort, proxyHost, resolve); });

  /**
   * The first message that matches, also one heard before.
   * @param {RegExp} pattern
   * @param {number} [withinMs]
   * @returns {Promise<string>}
   */
  const hears = (pattern, withinMs = 5000) => new Promise((resolve, reject) => {
    const look = () => {
      const found = heard.find((text) => pattern.test(text));
      if (found === undefined) return;
      clearTimeout(timer);
      listeners.delete(look);
      resolve(found);
    };
    const timer = setTimeout(() => {
      listeners.delete(look);
      reject(new Error(`nothing like ${pattern} within ${withinMs} ms; heard: ${heard.map((text) => text.split('\r\n')[0]).join(', ')}`));
    }, withinMs);
    listeners.add(look);
    look();
  });

  /**
   * @param {string} method
   * @param {string} uri
   * @param {RequestOptions} [options]
   */
  const message = (method, uri, { callId = `${randomBytes(6).toString('hex')}@${host}`, headers = [], tag = 't1', toTag = '', branch = randomBytes(6).toString('hex'), cseq = 1, from = '+15557770001' } = {}) => {
    const text = [
      `${method} ${uri} SIP/2.0`, `Via: SIP/2.0/UDP ${host}:${port};branch=z9hG4bK${branch}`, 'Max-Forwards: 70',
      `From: <sip:${from}@${host}>;tag=${tag}`, `To: <${uri}>${toTag && `;tag=${toTag}`}`, `Call-ID: ${callId}`, `CSeq: ${cseq} ${method}`,
      `Contact: <sip:${from}@${host}:${port}>`, ...headers, 'Content-Length: 0', '', '',
    ].join('\r\n');
    return { text, callId };
  };

  return {
    heard,
    send,
    hears,
    message,
    /**
     * Sends a request of its own and tells how it is answered in the end.
     * @param {string} method
     * @param {string} uri
     * @param {RequestOptions & { withinMs?: number }} [options]
     * @returns {Promise<{ status: number, tookMs: number, text: string, callId: string }>}
     */
    async ask(method, uri, options = {}) {
      const { text, callId } = message(method, uri, options);
      const began = performance.now();
      await send(text);
      const escaped = callId.replace(/[.+*?^$()[\]{}|\\]/g, '\\$&');
      const answer = await hears(new RegExp(`^SIP/2\\.0 [2-6][^]*Call-ID: ${escaped}[^]*CSeq: ${options.cseq ?? 1} ${method}`), options.withinMs);
      const tookMs = performance.now() - began;
      const status = Number(answer.slice(8, 11));
      if (method === 'INVITE' && status >= 300) {
        // A refusal is repeated until it is acknowledged, in the same branch (RFC 3261, 17.1.1.3).
        await send(text.replace(/^INVITE/, 'ACK').replace(/CSeq: (\d+) INVITE/, 'CSeq: $1 ACK').replace(/^To: .*$/m, (/^To: .*$/m.exec(answer) ?? [''])[0].trim()));
      }
      return { status, tookMs, text: answer, callId };
    },
    /**
     * An INVITE as a media server sends it, signed by the manager.
     * @param {string} user
     * @param {Parameters<typeof sign>[1] & { at?: string, headers?: string[] }} [options] `at`: the domain, the proxy when not given
     */
    signed(user, { at = proxyHost, headers = [], ...how } = {}) {
      const { call, signature } = sign(user, how);
      return { uri: `sip:${user}@${at}`, headers: [`X-Nailup-Call: ${call}`, `X-Nailup-Signature: ${signature}`, ...headers] };
    },
    close: () => socket.close(),
  };
}
