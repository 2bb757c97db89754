// @ts-check
// A telephone over a WebSocket (RFC 7118), as a browser is one: registers, takes a seat, and goes without a word.

import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { connect } from 'node:net';
import { Audio } from './rtp.mjs';
import { build, digest, header, newId, parse } from './sip-message.mjs';

/** @typedef {import('./sip-message.mjs').SipMessage} SipMessage */

/** One WebSocket with one SIP account. */
export class SocketPhone {
  /** @type {Map<string, (message: SipMessage) => void>} final answers waited for, by Call-ID and CSeq */
  #waiting = new Map();
  #buffer = Buffer.alloc(0);
  #sequence = 0;

  /** @param {import('node:net').Socket} socket @param {{ host: string, user: string, password: string }} account @param {Audio} audio */
  constructor(socket, account, audio) {
    this.socket = socket;
    this.account = account;
    this.audio = audio;
    this.address = `${socket.localAddress}:${socket.localPort}`;
    socket.on('data', (chunk) => this.#read(chunk));
    socket.on('error', () => undefined);
  }

  /** @param {{ host: string, user: string, password: string }} account `host`: the media server's address */
  static async open(account) {
    const socket = connect({ host: account.host, port: 8088 });
    await once(socket, 'connect');
    const key = randomBytes(16).toString('base64');
    const headers = [`Host: ${account.host}`, 'Connection: Upgrade', 'Upgrade: websocket', 'Sec-WebSocket-Version: 13', `Sec-WebSocket-Key: ${key}`, 'Sec-WebSocket-Protocol: sip'];
    socket.write(`${['GET /ws HTTP/1.1', ...headers].join('\r\n')}\r\n\r\n`);
    await once(socket, 'data');
    return new SocketPhone(socket, account, await Audio.open(account.host));
  }

  /** The address this phone is seen from, also when it is gone. */
  address = '';

  /**
   * Sends a request that may be challenged, and answers its final response.
   * @param {string} method @param {string} uri @param {{ to?: string, headers?: [string, string][], body?: string }} [options]
   * @returns {Promise<SipMessage>}
   */
  async request(method, uri, { to = uri, headers = [], body = '' } = {}) {
    const { user, password, host } = this.account;
    const callId = newId();
    const tag = newId();
    const send = (/** @type {[string, string][]} */ more) => {
      const sequence = ++this.#sequence;
      const answer = new Promise((resolve) => { this.#waiting.set(`${callId} ${sequence}`, resolve); });
      this.write(build(`${method} ${uri} SIP/2.0`, [
        ['Via', `SIP/2.0/WS line.invalid;branch=z9hG4bK${newId()}`], ['Max-Forwards', '70'], ['From', `<sip:${user}@${host}>;tag=${tag}`], ['To', `<${to}>`],
        ['Call-ID', callId], ['CSeq', `${sequence} ${method}`], ...headers, ...more,
      ], body));
      return answer;
    };
    const first = await send([]);
    if (first.status !== 401) return first;
    return send([['Authorization', digest(header(first, 'WWW-Authenticate'), { method, uri, user, password })]]);
  }

  /** @param {{ contacts?: string[], aor?: string, expires?: number }} [options] */
  register({ contacts = [`<${this.contact}>`], aor = this.account.user, expires = 86_400 } = {}) {
    const { host } = this.account;
    return this.request('REGISTER', `sip:${host}`, { to: `sip:${aor}@${host}`, headers: [...contacts.map((one) => /** @type {[string, string]} */ (['Contact', one])), ['Expires', String(expires)]] });
  }

  get contact() { return `sip:${this.account.user}@line.invalid;transport=ws`; }

  /** How Asterisk names the Contact of this WebSocket: libs/phone writes the same one, and the managers know it by this name (apps/api/src/realtime/lines.ts). */
  get contactId() {
    const uri = `sip:${this.account.user}@${this.address};transport=ws;x-ast-orig-host=line.invalid:0`;
    return `${this.account.user};@${createHash('md5').update(uri).digest('hex')}`;
  }

  /** Takes the seat. */
  async sit() {
    const { host } = this.account;
    const answer = await this.request('INVITE', `sip:seat@${host}`, { headers: [['Contact', `<${this.contact}>`], ['Allow', 'INVITE,ACK,BYE,MESSAGE']], body: this.audio.sdp });
    if (answer.status === 200) {
      this.audio.talkTo(answer.body);
      this.write(build(`ACK ${/<([^>]+)>/.exec(header(answer, 'Contact'))?.[1] ?? ''} SIP/2.0`, [
        ['Via', `SIP/2.0/WS line.invalid;branch=z9hG4bK${newId()}`], ['Max-Forwards', '70'], ['From', header(answer, 'From')], ['To', header(answer, 'To')],
        ['Call-ID', header(answer, 'Call-ID')], ['CSeq', header(answer, 'CSeq').replace('INVITE', 'ACK')],
      ]));
    }
    return answer;
  }

  /** Closes the TCP connection, as the kernel does when a browser is killed. */
  cut() { this.socket.destroy(); }

  close() {
    this.cut();
    this.audio.close();
  }

  /** @param {string} text */
  write(text) {
    const payload = Buffer.from(text, 'latin1');
    const mask = randomBytes(4);
    this.socket.write(Buffer.concat([Buffer.from([0x81, 0x80 | 126, payload.length >> 8, payload.length & 0xff]), mask, payload.map((byte, at) => byte ^ mask[at % 4])]));
  }

  /** @param {Buffer} chunk */
  #read(chunk) {
    this.#buffer = Buffer.concat([this.#buffer, chunk]);
    for (;;) {
      if (this.#buffer.length < 4) return;
      const short = this.#buffer[1] & 0x7f;
      const start = short === 126 ? 4 : 2;
      const end = start + (short === 126 ? this.#buffer.readUInt16BE(2) : short);
      if (this.#buffer.length < end) return;
      const text = this.#buffer.subarray(start, end).toString('latin1');
      this.#buffer = this.#buffer.subarray(end);
      if (/^[A-Z]/.test(text)) this.#take(parse(text));
    }
  }

  /** @param {SipMessage} message */
  #take(message) {
    if (message.status === 0) {
      if (message.method === 'ACK') return;
      const kept = message.headers.filter(([name]) => /^(via|from|to|call-id|cseq)$/i.test(name));
      this.write(build('SIP/2.0 200 OK', kept));
      return;
    }
    if (message.status < 200) return;
    this.#waiting.get(`${header(message, 'Call-ID')} ${header(message, 'CSeq').split(' ')[0]}`)?.(message);
  }
}
