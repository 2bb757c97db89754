import type { AmiClock } from './clock.js';
import type { AmiMessage } from './message.js';

export interface HeartbeatOptions {
  /** From one Pong to the next Ping, milliseconds. */
  intervalMs: number;
  /** How long the peer may be silent after a Ping, milliseconds. With twice the interval a dead peer is found within three intervals. */
  timeoutMs: number;
  /** Where the ActionIDs come from. */
  nextActionId: () => string;
}

interface HeartbeatPort {
  send(actionId: string): void;
  pong(roundTripMs: number): void;
  /** @param ms how long nothing came */
  silent(ms: number): void;
}

/** A peer that keeps talking but never answers its Ping is given this many timeouts: its queue may be long. */
const PATIENCE_WHILE_TALKING = 5;

/**
 * Finds the peer that is not there although TCP is: Asterisk sends nothing on its own when idle, and neither side
 * has a keep-alive. Life is judged by what comes in, never by what could be sent.
 */
export class Heartbeat {
  private cancel: (() => void) | undefined;
  private waitingFor: string | undefined;
  private sentAt = 0;
  private heardAt = 0;

  constructor(
    private readonly options: HeartbeatOptions,
    private readonly clock: AmiClock,
    private readonly port: HeartbeatPort,
  ) {}

  start(): void {
    this.cancel = this.clock.after(this.options.intervalMs, () => this.ping());
  }

  stop(): void {
    this.cancel?.();
    this.cancel = undefined;
    this.waitingFor = undefined;
  }

  /** Bytes came in. */
  heard(): void {
    this.heardAt = this.clock.now();
  }

  /** Whether this response is the Pong; it is nobody else's then. */
  answered(message: AmiMessage): boolean {
    if (this.waitingFor === undefined || message.ActionID !== this.waitingFor) return false;
    this.stop();
    this.start();
    this.port.pong(this.clock.now() - this.sentAt);
    return true;
  }

  private ping(): void {
    this.waitingFor = this.options.nextActionId();
    this.sentAt = this.clock.now();
    this.heardAt = this.sentAt;
    this.watch(this.options.timeoutMs);
    this.port.send(this.waitingFor);
  }

  private watch(ms: number): void {
    // When this process itself stood still, the answer waits in the socket: let it be read before judging.
    this.cancel = this.clock.after(ms, () => setImmediate(() => this.judge()));
  }

  private judge(): void {
    if (this.waitingFor === undefined) return;
    const now = this.clock.now();
    const quiet = now - this.heardAt;
    const patience = this.options.timeoutMs * PATIENCE_WHILE_TALKING;
    if (quiet >= this.options.timeoutMs || now - this.sentAt >= patience) this.port.silent(Math.max(quiet, now - this.sentAt));
    else this.watch(Math.min(this.options.timeoutMs - quiet, patience - (now - this.sentAt)));
  }
}
