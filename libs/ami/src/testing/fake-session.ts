import { createHash, randomBytes } from 'node:crypto';
import type { Socket } from 'node:net';
import { AmiFraming } from '../framing.js';
import type { AmiMessage } from '../message.js';
import { encodeShape, type Shape } from './shapes.js';

export interface FakeAccount {
  username: string;
  secret: string;
}

/** Answers an action of a logged-in session. */
export type FakeAnswer = (action: FakeAction) => void;

/** An action on its way to an answer. */
export interface FakeAction {
  readonly name: string;
  readonly message: AmiMessage;
  readonly session: FakeSession;
  /** Sends `Response: Success` with these headers behind the ActionID. */
  success(...headers: Shape): void;
  /** Sends `Response: Error`. */
  error(message: string): void;
}

/** One connection of the fake: says the greeting, checks the log-in, hands actions to the server, filters events. */
export class FakeSession {
  loggedIn = false;
  eventsOn = true;
  /** Every action as it came in, in order. */
  readonly received: AmiMessage[] = [];
  private readonly framing = new AmiFraming((message) => this.act(message), { greeting: false });
  private readonly challenge = randomBytes(5).readUInt32BE().toString();
  /** What would have been said while stopped; undefined while it speaks. */
  private unsaid: (string | Buffer)[] | undefined;

  constructor(
    readonly socket: Socket,
    private readonly account: FakeAccount,
    private readonly dispatch: (action: FakeAction) => void,
    private readonly welcome: () => Shape | null,
    silent = false,
  ) {
    socket.setNoDelay(true);
    socket.on('error', () => undefined);
    socket.on('data', (chunk: Buffer) => this.framing.push(chunk));
    if (silent) this.silence();
    this.raw('Asterisk Call Manager/11.0.0\r\n');
  }

  /** Bytes as they are. */
  raw(bytes: string | Buffer): void {
    if (this.unsaid) this.unsaid.push(bytes);
    else if (this.socket.writable) this.socket.write(bytes);
  }

  send(shape: Shape): void {
    this.raw(encodeShape(shape));
  }

  event(shape: Shape): void {
    if (this.loggedIn && this.eventsOn) this.send(shape);
  }

  /** Reads and says nothing from now on, and keeps the connection: a stopped process (SIGSTOP). */
  silence(): void {
    this.unsaid ??= [];
    this.socket.pause();
  }

  /** Breaks the connection with nothing but an RST. */
  reset(): void {
    // resetAndDestroy() would end the stream in order first, and the peer might see that FIN.
    Object.assign(this.socket, { resetAndClosing: true }).destroy();
  }

  /** Goes on where it was stopped (SIGCONT). */
  resume(): void {
    const unsaid = this.unsaid ?? [];
    this.unsaid = undefined;
    for (const bytes of unsaid) this.raw(bytes);
    this.socket.resume();
  }

  private act(message: AmiMessage): void {
    this.received.push(message);
    const action = this.action(message);
    if (this.loggedIn) this.dispatch(action);
    else if (action.name === 'challenge') action.success(['Challenge', this.challenge]);
    else if (action.name === 'login') this.logIn(action);
    else action.error('Permission denied');
  }

  private logIn(action: FakeAction): void {
    const { username, secret } = this.account;
    const key = createHash('md5').update(this.challenge + secret).digest('hex');
    const proven = action.message.get('Key') === key || action.message.get('Secret') === secret;
    if (action.message.get('Username') !== username || !proven) {
      action.error('Authentication failed');
      this.socket.end();
      return;
    }
    this.loggedIn = true;
    this.eventsOn = action.message.get('Events')?.toLowerCase() !== 'off';
    action.success(['Message', 'Authentication accepted']);
    // Told to every session that logs in, whatever its event filter.
    const welcome = this.welcome();
    if (welcome) this.send(welcome);
  }

  private action(message: AmiMessage): FakeAction {
    const id: Shape = message.ActionID === undefined ? [] : [['ActionID', message.ActionID]];
    return {
      name: (message.get('Action') ?? '').toLowerCase(),
      message,
      session: this,
      success: (...headers) => this.send([['Response', 'Success'], ...id, ...headers]),
      error: (text) => this.send([['Response', 'Error'], ...id, ['Message', text]]),
    };
  }
}
