import { EventEmitter } from 'node:events';
import type { Socket } from 'node:net';
import type { AmiClock } from './clock.js';
import { AmiError } from './errors.js';
import { encodeAction, type AmiFields } from './fields.js';
import { AmiFraming } from './framing.js';
import { Heartbeat, type HeartbeatOptions } from './heartbeat.js';
import type { AmiMessage } from './message.js';

export interface AmiConnectionOptions {
  clock: AmiClock;
  heartbeat: HeartbeatOptions;
  maxMessageBytes?: number;
}

interface AmiConnectionEvents {
  event: [AmiMessage];
  response: [AmiMessage];
  /** A Ping came back after this many milliseconds. */
  pong: [number];
  close: [AmiError];
  newListener: [string | symbol, (...args: never[]) => void];
}

/** Events a peer may send before anybody listens; only one that is no Asterisk sends more. */
const MOST_HELD = 10_000;

/**
 * One socket that speaks AMI, in the shape asterisk-ami-client expects of a connection: `event`, `response`, `close`,
 * `write`, `close()`, `isConnected`. Says `close` exactly once, with the reason as an AmiError.
 */
export class AmiConnection extends EventEmitter<AmiConnectionEvents> {
  /** Why the connection ended; undefined while it stands. */
  reason: AmiError | undefined;
  private readonly framing: AmiFraming;
  private readonly heartbeat: Heartbeat;
  /** Events before anybody listens: the first ones come in the same packet as the answer to the log-in. */
  private held: AmiMessage[] | undefined = [];
  private gathering = false;

  constructor(
    private readonly socket: Socket,
    options: AmiConnectionOptions,
  ) {
    super();
    this.framing = new AmiFraming((message) => this.take(message), { maxMessageBytes: options.maxMessageBytes });
    this.heartbeat = new Heartbeat(options.heartbeat, options.clock, {
      send: (actionId) => this.write({ Action: 'Ping', ActionID: actionId }),
      pong: (roundTripMs) => this.emit('pong', roundTripMs),
      silent: (ms) => this.end(new AmiError('peer-silent', `Nothing came for ${Math.round(ms)} ms although a Ping was sent`)),
    });
    socket.on('data', (chunk: Buffer) => this.read(chunk));
    socket.on('end', () => this.end(new AmiError('peer-closed', 'Asterisk closed the connection')));
    // Stays attached after the end: a late RST must not become an unhandled error.
    socket.on('error', (cause) => this.end(new AmiError('peer-lost', `The connection broke: ${cause.message}`, { cause })));
    socket.on('close', () => this.end(new AmiError('peer-lost', 'The connection is gone')));
  }

  get isConnected(): boolean {
    return this.reason === undefined;
  }

  /** The log-in passed: the next listener to come gets what was held back, and the heartbeat begins. */
  loggedIn(): void {
    this.once('newListener', () => process.nextTick(() => this.release()));
    this.heartbeat.start();
  }

  /**
   * Sends an action.
   * @throws AmiError `field-invalid` before anything is sent, `not-connected` after the end
   */
  write(action: AmiFields): boolean {
    const bytes = encodeAction(action);
    if (this.reason) throw new AmiError('not-connected', 'The connection has ended', { cause: this.reason });
    this.gather();
    return this.socket.write(bytes);
  }

  /** Ends the connection from this side; nothing is said to Asterisk. */
  close(reason = new AmiError('closed', 'Closed by this side')): this {
    this.end(reason);
    return this;
  }

  /** What is asked in one turn leaves as one: fifty questions each by itself are fifty system calls here, and as many there. */
  private gather(): void {
    if (this.gathering) return;
    this.gathering = true;
    this.socket.cork();
    process.nextTick(() => {
      this.gathering = false;
      this.socket.uncork();
    });
  }

  private read(chunk: Buffer): void {
    if (this.reason) return;
    this.heartbeat.heard();
    try {
      this.framing.push(chunk);
    } catch (error) {
      if (!(error instanceof AmiError)) throw error;
      this.end(error);
    }
  }

  private take(message: AmiMessage): void {
    if (this.reason) return;
    if (!this.held || message.Event === undefined) this.deliver(message);
    else if (this.held.push(message) > MOST_HELD) {
      this.end(new AmiError('not-asterisk', `${MOST_HELD} events came before the log-in was answered`));
    }
  }

  private release(): void {
    const held = this.held ?? [];
    this.held = undefined;
    for (const message of held) if (!this.reason) this.deliver(message);
  }

  private deliver(message: AmiMessage): void {
    if (message.Event !== undefined) this.emit('event', message);
    else if (!this.heartbeat.answered(message)) this.emit('response', message);
  }

  private end(reason: AmiError): void {
    if (this.reason) return;
    this.reason = reason;
    this.held = undefined;
    this.heartbeat.stop();
    this.socket.destroy();
    this.emit('close', reason);
  }
}
