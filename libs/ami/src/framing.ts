import { AmiError } from './errors.js';
import { AmiMessage } from './message.js';

const END_OF_MESSAGE = Buffer.from('\r\n\r\n');
const END_OF_LINE = Buffer.from('\r\n');
const GREETING = 'Asterisk Call Manager/';
/** Longer than any first line Asterisk says; whoever talks on without a line end is somebody else. */
const LONGEST_GREETING = 256;
const FIRST_BYTES = 1024;
const KEPT_BYTES = 64 * 1024;

export interface AmiFramingOptions {
  /** Bytes a single message may take before it is refused as endless. A Command answer of 16,000 lines takes 1.1 MB. */
  maxMessageBytes?: number;
  /** Whether a greeting line (`Asterisk Call Manager/11.0.0`) comes first, as it does from a server. */
  greeting?: boolean;
}

/**
 * Cuts a stream of bytes into AMI messages. Time is linear in the bytes whatever the sizes of the chunks: a byte is
 * searched once and copied at most once (amortised), and text is decoded per whole message, so a character split
 * between two reads is never lost, and a value kept by a reader keeps its own message alive, not a whole 64 kB read.
 */
export class AmiFraming {
  private readonly maxMessageBytes: number;
  private greetingDue: boolean;
  /** The start of a message that has not ended yet: `carry[0..carried)`. */
  private carry = Buffer.allocUnsafe(FIRST_BYTES);
  private carried = 0;

  /** @param onMessage called for each message, in order, while `push` runs */
  constructor(
    private readonly onMessage: (message: AmiMessage) => void,
    options: AmiFramingOptions = {},
  ) {
    this.maxMessageBytes = options.maxMessageBytes ?? 4 * 1024 * 1024;
    this.greetingDue = options.greeting ?? true;
  }

  /**
   * Takes the next bytes of the stream; they are not kept or changed.
   * @throws AmiError `message-too-long` or `not-asterisk`; the stream cannot be read on after that
   */
  push(chunk: Buffer): void {
    let at = this.greetingDue ? this.passGreeting(chunk) : 0;
    if (this.carried > 0) at = this.finishCarried(chunk, at);
    for (;;) {
      const end = at < chunk.length ? chunk.indexOf(END_OF_MESSAGE, at) : -1;
      if (end < 0) break;
      this.emit(chunk, at, end);
      at = end + END_OF_MESSAGE.length;
    }
    this.keep(chunk, at);
  }

  /** Ends the message that earlier chunks began, if its end is in sight; answers where to read on. */
  private finishCarried(chunk: Buffer, at: number): number {
    const end = this.endOfCarried(chunk, at);
    if (end < 0) return at;
    this.keep(chunk, at, end);
    const message = this.carry;
    const length = this.carried - END_OF_MESSAGE.length;
    this.carried = 0;
    // One long answer must not keep its memory for the life of the connection.
    if (message.length > KEPT_BYTES) this.carry = Buffer.allocUnsafe(FIRST_BYTES);
    this.emit(message, 0, length);
    return end;
  }

  /** Index in `chunk` just behind the end of the carried message, -1 if it does not end here. */
  private endOfCarried(chunk: Buffer, at: number): number {
    // The end mark may lie across the two: k bytes of it at the end of what is carried, the rest ahead.
    for (let k = Math.min(3, this.carried); k > 0; k--) {
      const rest = END_OF_MESSAGE.length - k;
      if (
        chunk.length - at >= rest &&
        this.carry.compare(END_OF_MESSAGE, 0, k, this.carried - k, this.carried) === 0 &&
        chunk.compare(END_OF_MESSAGE, k, END_OF_MESSAGE.length, at, at + rest) === 0
      ) {
        return at + rest;
      }
    }
    const found = chunk.indexOf(END_OF_MESSAGE, at);
    return found < 0 ? -1 : found + END_OF_MESSAGE.length;
  }

  /** Copies chunk[from, to) behind what is carried; the buffer doubles, so copying stays linear. */
  private keep(chunk: Buffer, from: number, to = chunk.length): void {
    const length = to - from;
    if (length <= 0) return;
    const needed = this.carried + length;
    if (needed > this.maxMessageBytes) {
      throw new AmiError('message-too-long', `A message went past ${this.maxMessageBytes} bytes without ending`);
    }
    if (needed > this.carry.length) {
      const grown = Buffer.allocUnsafe(Math.max(needed, this.carry.length * 2));
      this.carry.copy(grown, 0, 0, this.carried);
      this.carry = grown;
    }
    chunk.copy(this.carry, this.carried, from, to);
    this.carried = needed;
  }

  private emit(bytes: Buffer, from: number, to: number): void {
    if (to - from > this.maxMessageBytes) {
      throw new AmiError('message-too-long', `A message of ${to - from} bytes is longer than ${this.maxMessageBytes}`);
    }
    // Blank lines between messages are no message.
    if (to > from) this.onMessage(new AmiMessage(bytes.toString('utf8', from, to)));
  }

  /** Skips the greeting; answers where the messages begin in `chunk`. */
  private passGreeting(chunk: Buffer): number {
    this.keep(chunk, 0);
    const end = this.carry.subarray(0, this.carried).indexOf(END_OF_LINE);
    const line = this.carry.toString('latin1', 0, end < 0 ? this.carried : end);
    const matches = line.startsWith(GREETING) || (end < 0 && GREETING.startsWith(line));
    if (!matches || line.length > LONGEST_GREETING) {
      throw new AmiError('not-asterisk', `Expected the greeting of an Asterisk manager, got ${JSON.stringify(line.slice(0, 80))}`);
    }
    if (end < 0) return chunk.length;
    this.greetingDue = false;
    // The carried bytes end with this chunk, so the place behind the greeting is counted from the end of both.
    const behind = this.carried - (end + END_OF_LINE.length);
    this.carried = 0;
    return chunk.length - behind;
  }
}
