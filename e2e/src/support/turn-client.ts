import { createHash, createHmac, randomBytes } from 'node:crypto';
import { createSocket, type Socket } from 'node:dgram';

/** A client of a relay with nothing of a browser in it (RFC 8656 over UDP, IPv4 and the IPv6 forms of it): it asks for what a browser never would. */

const cookie = 0x2112a442;
const method = { allocate: 0x003, refresh: 0x004, send: 0x006, permission: 0x008 };
const attribute = { username: 0x0006, integrity: 0x0008, error: 0x0009, peer: 0x0012, data: 0x0013, realm: 0x0014, nonce: 0x0015, relayed: 0x0016, transport: 0x0019 };

interface Message {
  type: number;
  id: string;
  attributes: Map<number, Buffer>;
}

const tlv = (type: number, value: Buffer): Buffer => {
  const head = Buffer.alloc(4);
  head.writeUInt16BE(type, 0);
  head.writeUInt16BE(value.length, 2);
  return Buffer.concat([head, value, Buffer.alloc((4 - (value.length % 4)) % 4)]);
};

function encode(type: number, id: Buffer, attributes: Buffer[], key: Buffer | null): Buffer {
  const body = Buffer.concat(attributes);
  const head = Buffer.alloc(8);
  head.writeUInt16BE(type, 0);
  // The length counts the integrity attribute already while it is computed (RFC 8489 §14.5).
  head.writeUInt16BE(body.length + (key ? 24 : 0), 2);
  head.writeUInt32BE(cookie, 4);
  const message = Buffer.concat([head, id, body]);
  return key ? Buffer.concat([message, tlv(attribute.integrity, createHmac('sha1', key).update(message).digest())]) : message;
}

function decode(packet: Buffer): Message {
  const attributes = new Map<number, Buffer>();
  for (let at = 20; at + 4 <= packet.length; ) {
    const length = packet.readUInt16BE(at + 2);
    attributes.set(packet.readUInt16BE(at), packet.subarray(at + 4, at + 4 + length));
    at += 4 + length + ((4 - (length % 4)) % 4);
  }
  return { type: packet.readUInt16BE(0), id: packet.subarray(8, 20).toString('hex'), attributes };
}

/** An IPv6 address is given as its 16 bytes in hexadecimal. */
function xorAddress(address: string, port: number, id: Buffer): Buffer {
  const plain = address.includes('.') ? Buffer.from(address.split('.').map(Number)) : Buffer.from(address, 'hex');
  const mask = Buffer.concat([Buffer.from([0x21, 0x12, 0xa4, 0x42]), id]);
  const head = Buffer.from([0, plain.length === 4 ? 1 : 2, 0, 0]);
  head.writeUInt16BE(port ^ (cookie >>> 16), 2);
  return Buffer.concat([head, plain.map((byte, index) => byte ^ (mask[index] ?? 0))]);
}

const errorCode = (message: Message): number => {
  const value = message.attributes.get(attribute.error);
  return value ? (value[2] ?? 0) * 100 + (value[3] ?? 0) : 0;
};

export class TurnClient {
  #socket: Socket = this.#open();
  readonly #waiting = new Map<string, (message: Message) => void>();
  #realm: Buffer = Buffer.alloc(0);
  #nonce: Buffer = Buffer.alloc(0);

  constructor(private readonly relay: { host: string; port: number }, private readonly username: string, private readonly password: string) {}

  /** Asks for a relayed address. Answers 0 when it was given, else the error code. */
  async allocate(): Promise<number> {
    const code = await this.#allocate();
    if (code !== 437) return code;
    // An allocation of whoever had this port before still stands: from another one (RFC 8656 §7.4).
    this.#socket.close();
    this.#socket = this.#open();
    return this.#allocate();
  }

  #open(): Socket {
    return createSocket('udp4').on('message', (packet) => {
      const message = decode(packet);
      this.#waiting.get(message.id)?.(message);
    });
  }

  async #allocate(): Promise<number> {
    const wanted = tlv(attribute.transport, Buffer.from([17, 0, 0, 0]));
    const challenge = await this.#ask(method.allocate, () => [wanted], false);
    this.#realm = challenge.attributes.get(attribute.realm) ?? this.#realm;
    this.#nonce = challenge.attributes.get(attribute.nonce) ?? this.#nonce;
    return errorCode(await this.#ask(method.allocate, () => [wanted], true));
  }

  /** Asks to be allowed to talk to a peer. Answers 0 when allowed, else the error code. */
  async permission(address: string): Promise<number> {
    return errorCode(await this.#ask(method.permission, (id) => [tlv(attribute.peer, xorAddress(address, 0, id))], true));
  }

  /** Asks to keep the relayed address. Answers 0 when it may, else the error code. */
  async refresh(): Promise<number> {
    return errorCode(await this.#ask(method.refresh, () => [], true));
  }

  /** Has the relay send a packet to a peer, whether it is allowed or not: nobody answers (a Send indication, RFC 8656 §11). */
  send(address: string, port: number, data: string): void {
    const id = randomBytes(12);
    const peer = tlv(attribute.peer, xorAddress(address, port, id));
    this.#socket.send(encode(method.send | 0x0010, id, [peer, tlv(attribute.data, Buffer.from(data))], null), this.relay.port, this.relay.host);
  }

  close(): void {
    this.#socket.close();
  }

  async #ask(what: number, attributes: (id: Buffer) => Buffer[], signed: boolean): Promise<Message> {
    const answer = await this.#once(what, attributes, signed);
    // 438: the nonce is stale, here is a new one, once more (RFC 8489 §9.2.4).
    if (!signed || errorCode(answer) !== 438) return answer;
    this.#nonce = answer.attributes.get(attribute.nonce) ?? this.#nonce;
    return this.#once(what, attributes, signed);
  }

  #once(what: number, attributes: (id: Buffer) => Buffer[], signed: boolean): Promise<Message> {
    const id = randomBytes(12);
    const key = createHash('md5').update(`${this.username}:${this.#realm.toString()}:${this.password}`).digest();
    const named = signed ? [tlv(attribute.username, Buffer.from(this.username)), tlv(attribute.realm, this.#realm), tlv(attribute.nonce, this.#nonce)] : [];
    const packet = encode(what, id, [...attributes(id), ...named], signed ? key : null);
    return new Promise((resolve, reject) => {
      const again = setInterval(() => this.#socket.send(packet, this.relay.port, this.relay.host), 500);
      const end = setTimeout(() => settle(() => reject(new Error('the relay does not answer'))), 5_000);
      const settle = (how: () => void): void => {
        clearInterval(again);
        clearTimeout(end);
        this.#waiting.delete(id.toString('hex'));
        how();
      };
      this.#waiting.set(id.toString('hex'), (message) => settle(() => resolve(message)));
      this.#socket.send(packet, this.relay.port, this.relay.host);
    });
  }
}
