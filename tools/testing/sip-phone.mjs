// @ts-check
// A telephone in Node: one UDP address that calls and is called. It plays agents (with digest), callers, carriers and the SIP proxy.

import { createSocket } from 'node:dgram';
import { EventEmitter, once } from 'node:events';
import { Audio } from './rtp.mjs';
import { build, digest, header, newId, parse } from './sip-message.mjs';

/** @typedef {import('./sip-message.mjs').SipMessage} SipMessage */

/** One call of a telephone. Events: `response` (status), `ended` (what ended it: a method or a status), `message` (an in-dialog MESSAGE). */
export class Leg extends EventEmitter {
  /** @type {number[]} statuses a call of ours was answered with */
  responses = [];
  /** @type {string[]} `METHOD status` of every other answer */
  answers = [];
  /** @type {SipMessage[]} */
  messages = [];
  state = 'calling';
  answeredAt = 0;
  endedBy = '';
  sequence = 1;
  remoteTag = '';
  remoteTarget = '';
  remoteSdp = '';
  foreignMedia = false;
  method = 'INVITE';
  /** @type {string[]} proxies that every further request of this call passes, the next one first (RFC 3261 12.1) */
  routes = [];

  /** @param {Phone} phone @param {Audio} audio @param {{ callId: string, localTag: string, local: string, remote: string, request: SipMessage | undefined, target: string }} dialog */
  constructor(phone, audio, dialog) {
    super();
    this.phone = phone;
    this.audio = audio;
    this.dialog = dialog;
    this.remoteTarget = dialog.target;
  }

  /** The INVITE that brought this leg. @returns {SipMessage} */
  get request() { return /** @type {SipMessage} */ (this.dialog.request); }

  /** @param {number} status 180, 183, 486, ... @param {{ sdp?: boolean | string, headers?: [string, string][] }} [options] `sdp` of somebody else: the media goes there */
  respond(status, { sdp = status === 200 || status === 183, headers = [] } = {}) {
    if (status === 200) { this.state = 'up'; this.answeredAt = performance.now(); }
    if (sdp === true) this.audio.talkTo(this.request.body);
    this.phone.respond(this.request, status, this, sdp === true ? this.audio.sdp : sdp || '', headers);
    if (status >= 300) this.end(String(status));
  }

  answer() { this.respond(200); }

  /** Sends a request inside this call. @param {string} method @param {[string, string][]} [headers] */
  send(method, headers = []) {
    const { callId, localTag, local, remote } = this.dialog;
    const to = this.remoteTag ? `${remote};tag=${this.remoteTag}` : remote;
    const sequence = method === 'ACK' || method === 'CANCEL' ? this.sequence : ++this.sequence;
    const branch = method === 'CANCEL' ? this.phone.branches.get(this) : `z9hG4bK${newId()}`;
    this.phone.write(build(`${method} ${method === 'CANCEL' ? this.dialog.target : this.remoteTarget} SIP/2.0`, [
      ['Via', `SIP/2.0/UDP ${this.phone.host}:${this.phone.port};branch=${branch};rport`], ['Max-Forwards', '70'],
      ['From', `${local};tag=${localTag}`], ['To', to], ['Call-ID', callId], ['CSeq', `${sequence} ${method}`],
      ...this.routes.map((route) => /** @type {[string, string]} */ (['Route', route])), ...headers,
    ]), this.peer);
  }

  /** @type {{ address: string, port: number }} */
  peer = { address: '', port: 0 };

  hangup() {
    if (this.state === 'ended') return;
    this.send(this.state === 'up' ? 'BYE' : 'CANCEL');
    if (this.state === 'up') this.end('us');
  }

  /** @param {string} by */
  end(by) {
    if (this.state === 'ended') return;
    this.state = 'ended';
    this.endedBy = by;
    this.audio.close();
    this.emit('ended', by);
  }
}

/** @param {SipMessage} message @returns {string[]} */
const recordedRoutes = ({ headers }) => headers.filter(([name]) => name.toLowerCase() === 'record-route').flatMap(([, value]) => value.split(/,\s*(?=<)/));

/** Events: `invite` (a Leg somebody calls us with). */
export class Phone extends EventEmitter {
  /** @type {Map<string, Leg>} */
  legs = new Map();
  /** @type {Map<Leg, string>} */
  branches = new Map();
  /** @type {Map<string, string>} the last response to each request, for one that is sent again */
  #answered = new Map();

  /** @param {import('node:dgram').Socket} socket @param {string} host @param {number} port */
  constructor(socket, host, port) {
    super();
    this.socket = socket;
    this.host = host;
    this.port = port;
    socket.on('message', (packet, from) => this.#receive(packet.toString('latin1'), from));
  }

  /** @param {string} host @param {number} [port] */
  static async open(host, port = 0) {
    const socket = createSocket('udp4').bind(port, host);
    await once(socket, 'listening');
    return new Phone(socket, host, socket.address().port);
  }

  close() {
    for (const leg of this.legs.values()) leg.end('closed');
    this.socket.close();
  }

  /** @param {string} text @param {{ address: string, port: number }} to */
  write(text, to) { this.socket.send(Buffer.from(text, 'latin1'), to.port, to.address); }

  /**
   * Calls somebody.
   * @param {string} uri @param {{ from?: string, credentials?: { user: string, password: string }, headers?: [string, string][], tone?: number, sdp?: string, display?: string, method?: string }} [options]
   *   `sdp` of somebody else: the media comes from there
   */
  async call(uri, { from = `sip:${this.host}`, display = '', method = 'INVITE', credentials, headers = [], tone = 0, sdp = '' } = {}) {
    const audio = await Audio.open(this.host);
    audio.tone = tone;
    const leg = new Leg(this, audio, { callId: newId(), localTag: newId(), local: `<${from}>`, remote: `<${uri}>`, request: undefined, target: uri });
    const [, address, port] = /@([^:;>]+):(\d+)/.exec(uri) ?? [];
    leg.peer = { address, port: Number(port) };
    leg.method = method;
    leg.foreignMedia = sdp !== '';
    this.legs.set(leg.dialog.callId, leg);
    const invite = (/** @type {[string, string][]} */ more) => {
      const branch = `z9hG4bK${newId()}`;
      this.branches.set(leg, branch);
      this.write(build(`${method} ${uri} SIP/2.0`, [
        ['Via', `SIP/2.0/UDP ${this.host}:${this.port};branch=${branch};rport`], ['Max-Forwards', '70'],
        ['From', `${display}<${from}>;tag=${leg.dialog.localTag}`], ['To', `<${uri}>`], ['Call-ID', leg.dialog.callId], ['CSeq', `${leg.sequence} ${method}`],
        ['Contact', `<sip:${credentials?.user ?? 'far'}@${this.host}:${this.port}>`], ['Allow', 'INVITE,ACK,BYE,CANCEL,MESSAGE,OPTIONS'], ...headers, ...more,
      ], sdp || audio.sdp), leg.peer);
    };
    leg.on('challenge', (/** @type {SipMessage} */ message) => {
      leg.sequence += 1;
      const challenge = header(message, 'WWW-Authenticate');
      invite([['Authorization', digest(challenge, { method: 'INVITE', uri, user: credentials?.user ?? '', password: credentials?.password ?? '' })]]);
    });
    this.credentials = credentials;
    invite([]);
    return leg;
  }

  /** @param {SipMessage} request @param {number} status @param {Leg | undefined} leg @param {string} [sdp] @param {[string, string][]} [headers] */
  respond(request, status, leg, sdp = '', headers = []) {
    const kept = request.headers.filter(([name]) => /^(via|from|call-id|cseq|record-route)$/i.test(name));
    const to = header(request, 'To');
    const tag = leg && !/;tag=/.test(to) && status > 100 ? `;tag=${leg.dialog.localTag}` : '';
    const text = build(`SIP/2.0 ${status} Answer`, [...kept, ['To', to + tag], ...(headers.some(([name]) => name === 'Contact') ? [] : /** @type {[string, string][]} */ ([['Contact', `<sip:${this.host}:${this.port}>`]])), ...headers], sdp);
    this.#answered.set(`${header(request, 'Via')} ${request.method}`, text);
    const [, address, port] = /UDP ([^:;]+):?(\d+)?/.exec(header(request, 'Via')) ?? [];
    this.write(text, { address, port: Number(port ?? 5060) });
  }

  /** @param {string} text @param {import('node:dgram').RemoteInfo} from */
  async #receive(text, from) {
    const message = parse(text);
    const leg = this.legs.get(header(message, 'Call-ID'));
    if (message.status) return leg && this.#response(leg, message);
    const again = this.#answered.get(`${header(message, 'Via')} ${message.method}`);
    if (again) return this.write(again, { address: from.address, port: from.port });
    if (message.method === 'ACK') return undefined;
    if (message.method === 'INVITE' && !leg) {
      // Said at once: without it the INVITE is sent again after half a second (RFC 3261 17.1.1.2).
      this.respond(message, 100, undefined);
      return this.#invited(message, from);
    }
    if (!leg) return this.respond(message, message.method === 'OPTIONS' ? 200 : 481, undefined);
    if (message.method === 'INVITE' && leg.state === 'ended') return this.respond(message, 403, leg);
    if (message.method === 'INVITE') return this.respond(message, 200, leg, leg.audio.sdp);
    this.respond(message, 200, leg);
    if (message.method === 'MESSAGE') {
      leg.messages.push(message);
      leg.emit('message', message);
    }
    if (message.method === 'CANCEL') leg.respond(487);
    if (message.method === 'BYE') leg.end('BYE');
    return undefined;
  }

  /** @param {SipMessage} message @param {import('node:dgram').RemoteInfo} from */
  async #invited(message, from) {
    const audio = await Audio.open(this.host);
    const local = header(message, 'To');
    const leg = new Leg(this, audio, {
      callId: header(message, 'Call-ID'), localTag: newId(), local, remote: header(message, 'From').replace(/;tag=.*/, ''), request: message,
      target: /<([^>]+)>/.exec(header(message, 'Contact'))?.[1] ?? '',
    });
    leg.remoteTag = /;tag=([^;]+)/.exec(header(message, 'From'))?.[1] ?? '';
    leg.peer = { address: from.address, port: from.port };
    leg.routes = recordedRoutes(message);
    this.legs.set(leg.dialog.callId, leg);
    this.emit('invite', leg);
  }

  /** @param {Leg} leg @param {SipMessage} message */
  #response(leg, message) {
    if (message.method !== 'INVITE') leg.answers.push(`${message.method} ${message.status}`);
    if (message.method !== leg.method) return;
    const tag = /;tag=([^;]+)/.exec(header(message, 'To'))?.[1] ?? '';
    if (message.status >= 200) {
      leg.remoteTag = tag;
      const contact = /<([^>]+)>/.exec(header(message, 'Contact'))?.[1];
      if (message.status < 300 && contact) leg.remoteTarget = contact;
      if (message.status < 300) leg.routes = recordedRoutes(message).reverse();
      if (leg.method === 'INVITE') leg.send('ACK');
    }
    if (message.status === 401 && this.credentials && !leg.responses.includes(401)) {
      leg.responses.push(401);
      leg.remoteTag = '';
      leg.emit('challenge', message);
      return;
    }
    leg.responses.push(message.status);
    if (message.body) leg.remoteSdp = message.body;
    if (message.body && !leg.foreignMedia) leg.audio.talkTo(message.body);
    if (message.status >= 200 && message.status < 300 && leg.state === 'calling') {
      leg.state = 'up';
      leg.answeredAt = performance.now();
    }
    leg.emit('response', message.status);
    if (message.status >= 300) leg.end(String(message.status));
  }
}
