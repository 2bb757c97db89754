// @ts-check
// One telephone's audio: G.711 µ-law over RTP, a tone to say, a spectrum of what is heard, digits by RFC 4733.

import { createSocket } from 'node:dgram';
import { once } from 'node:events';

const RATE = 8000;
const SAMPLES = 160;
const EVENT_TYPE = 101;
const DIGITS = '0123456789*#ABCD';

/** @param {number} sample 16 bit @returns {number} G.711 µ-law */
function encode(sample) {
  const sign = sample < 0 ? 0x80 : 0;
  const magnitude = Math.min(Math.abs(sample), 32635) + 132;
  const exponent = Math.max(0, Math.floor(Math.log2(magnitude)) - 7);
  return ~(sign | (exponent << 4) | ((magnitude >> (exponent + 3)) & 0x0f)) & 0xff;
}

/** @param {number} byte @returns {number} */
function decode(byte) {
  const value = ~byte & 0xff;
  const magnitude = ((((value & 0x0f) << 3) + 132) << ((value & 0x70) >> 4)) - 132;
  return value & 0x80 ? -magnitude : magnitude;
}

export class Audio {
  /** @type {number[]} the last quarter of a second heard */
  #heard = [];
  #lastAt = 0;
  /** @type {{ address: string, port: number } | undefined} */
  #peer;
  #sequence = 1;
  #clock = 0;
  /** @type {NodeJS.Timeout | undefined} */
  #beat;
  /** @type {((digit: string) => void)[]} */
  #listeners = [];
  #lastDigit = '';
  /** @type {{ frequency: number, resolve: (at: number) => void }[]} */
  #awaited = [];
  /** The frequency this side says; 0 is silence. */
  tone = 0;

  /** @param {import('node:dgram').Socket} socket @param {string} host */
  constructor(socket, host) {
    this.socket = socket;
    this.host = host;
    socket.on('message', (packet) => this.#receive(packet));
  }

  /** @param {string} host */
  static async open(host) {
    const socket = createSocket('udp4').bind(0, host);
    await once(socket, 'listening');
    return new Audio(socket, host);
  }

  get sdp() {
    const lines = ['v=0', `o=- 1 1 IN IP4 ${this.host}`, 's=-', `c=IN IP4 ${this.host}`, 't=0 0', `m=audio ${this.socket.address().port} RTP/AVP 0 ${EVENT_TYPE}`,
      'a=rtpmap:0 PCMU/8000', `a=rtpmap:${EVENT_TYPE} telephone-event/8000`, `a=fmtp:${EVENT_TYPE} 0-16`, 'a=ptime:20', 'a=sendrecv'];
    return `${lines.join('\r\n')}\r\n`;
  }

  /** Sends to whom the other side's session description names. @param {string} sdp */
  talkTo(sdp) {
    const address = /^c=IN IP4 (\S+)/m.exec(sdp)?.[1];
    const port = Number(/^m=audio (\d+)/m.exec(sdp)?.[1]);
    if (!address || !port) return;
    this.#peer = { address, port };
    this.#beat ??= setInterval(() => this.#say(), 20);
  }

  /** The microphone rests: nothing is sent any more. */
  rest() { clearInterval(this.#beat); }

  close() {
    this.rest();
    this.socket.close();
  }

  /** The share of what was heard in the last quarter of a second that is at these frequencies, 0 to 1; 0 when little or nothing was heard. @param {number[]} frequencies */
  share(...frequencies) {
    if (performance.now() - this.#lastAt > 300 || this.#heard.length < 1600) return 0;
    const energy = this.#heard.reduce((sum, sample) => sum + sample * sample, 0);
    if (energy / this.#heard.length < 10_000) return 0;
    return frequencies.reduce((sum, frequency) => sum + power(this.#heard, frequency), 0) / energy;
  }

  /** Well above what music, speech or the ringing have there, and within what a busy machine leaves of a tone. @param {number} frequency */
  hears(frequency) { return this.share(frequency) > 0.3; }

  /** The ringing tone of North America: 440 and 480 Hz together. */
  hearsRinging() { return this.share(440, 480) > 0.5; }

  /** Loud enough to be music or speech. */
  hearsSomething() {
    if (performance.now() - this.#lastAt > 300) return false;
    return this.#heard.reduce((sum, sample) => sum + sample * sample, 0) / (this.#heard.length || 1) > 10_000;
  }

  /** The moment the next packet with this frequency in it arrives. @param {number} frequency @returns {Promise<number>} */
  next(frequency) {
    return new Promise((resolve) => this.#awaited.push({ frequency, resolve }));
  }

  /** @param {(digit: string) => void} listener */
  onDigit(listener) { this.#listeners.push(listener); }

  /** @param {string} digit */
  async press(digit) {
    const code = DIGITS.indexOf(digit);
    const started = this.#clock;
    for (let step = 1; step <= 8; step += 1) {
      const event = Buffer.from([code, step > 5 ? 0x8a : 0x0a, (step * SAMPLES) >> 8, (step * SAMPLES) & 0xff]);
      this.#send(EVENT_TYPE, event, started, step === 1);
      await new Promise((resolve) => { setTimeout(resolve, 20); });
    }
  }

  #say() {
    this.#clock += SAMPLES;
    const payload = Buffer.alloc(SAMPLES, 0xff);
    if (this.tone) {
      for (let n = 0; n < SAMPLES; n += 1) payload[n] = encode(Math.round(8000 * Math.sin((2 * Math.PI * this.tone * (this.#clock + n)) / RATE)));
    }
    this.#send(0, payload, this.#clock, false);
  }

  /** @param {number} type @param {Buffer} payload @param {number} clock @param {boolean} marker */
  #send(type, payload, clock, marker) {
    if (!this.#peer) return;
    const header = Buffer.alloc(12);
    header[0] = 0x80;
    header[1] = type | (marker ? 0x80 : 0);
    header.writeUInt16BE(this.#sequence++ & 0xffff, 2);
    header.writeUInt32BE(clock >>> 0, 4);
    header.writeUInt32BE(this.socket.address().port, 8);
    this.socket.send(Buffer.concat([header, payload]), this.#peer.port, this.#peer.address);
  }

  /** @param {Buffer} packet */
  #receive(packet) {
    const type = packet[1] & 0x7f;
    if (type === EVENT_TYPE) {
      // The end of an event is sent three times, with one timestamp.
      const id = `${packet.readUInt32BE(4)}`;
      if (packet[13] & 0x80 && id !== this.#lastDigit) {
        this.#lastDigit = id;
        for (const listener of this.#listeners) listener(DIGITS[packet[12]] ?? '?');
      }
      return;
    }
    if (type !== 0) return;
    this.#lastAt = performance.now();
    const samples = [...packet.subarray(12)].map(decode);
    this.#heard.push(...samples);
    const energy = samples.reduce((sum, sample) => sum + sample * sample, 0);
    this.#awaited = this.#awaited.filter(({ frequency, resolve }) => {
      if (energy / samples.length < 10_000 || power(samples, frequency) / energy < 0.5) return true;
      resolve(this.#lastAt);
      return false;
    });
    if (this.#heard.length > 2000) this.#heard.splice(0, this.#heard.length - 2000);
  }
}

/** Goertzel: the energy of one frequency in these samples. @param {number[]} samples @param {number} frequency */
export function power(samples, frequency) {
  const turn = 2 * Math.cos((2 * Math.PI * frequency) / RATE);
  let one = 0;
  let two = 0;
  for (const sample of samples) [one, two] = [sample + turn * one - two, one];
  return ((one * one + two * two - turn * one * two) * 2) / samples.length;
}
