import type { AmiClock } from '@nailup/ami';
import { WebSocket } from 'ws';
import { answeredQuestion, sipOptions } from './sip-options.js';

/** A socket that owes so many answers is given up and opened anew: it may be half-open. */
const mostUnanswered = 2;
const handshakeMs = 2_000;
const longestMessage = 64 * 1024;

export interface SipProbeSurroundings {
  /** Of the agents: what they need is what is asked for. */
  readonly webSocketUrl: string;
  readonly clock: AmiClock;
  /** Letters and digits, each time others. */
  readonly nextId: () => string;
  /** An answer came, after so many milliseconds. */
  readonly heard: (latencyMs: number) => void;
}

/**
 * Asks the SIP side of a media server, over a WebSocket of its own, with OPTIONS. The certificate is not checked: nothing is said that anybody may not
 * hear, and whether browsers trust it is another question than whether it is there.
 */
export class SipProbe {
  private socket: WebSocket | undefined;
  /** Null for an address nobody could open. */
  private readonly host: string | null;
  private readonly asked = new Map<string, number>();

  constructor(private readonly around: SipProbeSurroundings) {
    const { webSocketUrl } = around;
    this.host = /^wss?:/.test(webSocketUrl) && URL.canParse(webSocketUrl) ? new URL(webSocketUrl).host : null;
  }

  /** Asks once; opens the socket first when there is none. */
  ask(): void {
    const { socket } = this;
    if (!socket) return this.open();
    if (this.host === null || socket.readyState !== WebSocket.OPEN) return;
    if (this.asked.size >= mostUnanswered) return this.stop();
    const { id, text } = sipOptions(this.host, this.around.nextId());
    this.asked.set(id, this.around.clock.now());
    socket.send(text, () => undefined);
  }

  stop(): void {
    const { socket } = this;
    this.socket = undefined;
    this.asked.clear();
    socket?.terminate();
  }

  private open(): void {
    if (this.host === null) return;
    const socket = new WebSocket(this.around.webSocketUrl, 'sip', {
      handshakeTimeout: handshakeMs, maxPayload: longestMessage, perMessageDeflate: false, rejectUnauthorized: false,
    });
    this.socket = socket;
    socket.on('open', () => this.ask());
    socket.on('message', (data) => this.take(String(data)));
    // What went wrong shows in the silence; a socket that failed says 'close' after it.
    socket.on('error', () => undefined);
    socket.on('close', () => {
      if (this.socket === socket) this.stop();
    });
  }

  private take(message: string): void {
    const id = answeredQuestion(message);
    const at = id === null ? undefined : this.asked.get(id);
    if (id === null || at === undefined) return;
    this.asked.delete(id);
    this.around.heard(this.around.clock.now() - at);
  }
}
