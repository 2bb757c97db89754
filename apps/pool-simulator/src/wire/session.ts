import { createHash } from 'node:crypto';
import type { Socket } from 'node:net';
import { AmiError, AmiFraming, type AmiMessage } from '@nailup/ami';
import { error, idOf, success } from '../asterisk/answers.js';
import type { Asterisk } from '../asterisk/asterisk.js';

export interface Account {
  readonly username: string;
  readonly secret: string;
}

/** authtimeout and writetimeout of manager.conf. */
const logInWithinMs = 5_000;
const readWithinMs = 5_000;
/** Text that is gathered before it goes to the socket within one turn of the event loop. */
const pieceCharacters = 64 * 1024;

/**
 * One AMI session, or somebody on the way to one. `stopped` is a process under SIGSTOP: nothing is read or said, and everything is when it goes on.
 * `cut` is a connection whose packets vanish in both directions: it never comes back, and neither side is told.
 */
export class Session {
  loggedIn = false;
  eventsOn = true;
  private readonly framing = new AmiFraming((message) => this.act(message), { greeting: false });
  private pending: string[] = [];
  private pendingCharacters = 0;
  private flushing = false;
  private stopped = false;
  private vanishing = false;
  private unread: NodeJS.Timeout | undefined;
  private readonly deadline: NodeJS.Timeout;

  constructor(
    private readonly socket: Socket,
    private readonly asterisk: Asterisk,
    private readonly account: Account,
    /** Unique to this session. */
    private readonly challenge: string,
    how: 'as ever' | 'stopped' | 'cut',
  ) {
    socket.setNoDelay(true);
    socket.on('error', () => undefined);
    socket.on('data', (chunk: Buffer) => this.hear(chunk));
    socket.on('drain', () => this.drained());
    socket.on('close', () => this.over());
    this.deadline = setTimeout(() => this.endUnlessLoggedIn(), logInWithinMs).unref();
    if (how === 'stopped') this.stop();
    if (how === 'cut') this.cut();
    this.say('Asterisk Call Manager/11.0.0\r\n');
  }

  /** Bytes that wait for the peer to read them. */
  get waiting(): number {
    return this.socket.writableLength;
  }

  event(text: string): void {
    if (this.loggedIn && this.eventsOn) this.say(text);
  }

  stop(): void {
    this.stopped = true;
    this.socket.pause();
  }

  goOn(): void {
    if (!this.stopped) return;
    this.stopped = false;
    this.socket.resume();
    this.later();
  }

  cut(): void {
    this.vanishing = true;
    this.pending = [];
    this.pendingCharacters = 0;
  }

  /** As the kernel does for a process that ended: `fin` in order, `rst` when it had not read everything. */
  end(how: 'fin' | 'rst'): void {
    this.over();
    if (how === 'fin') this.socket.end(() => this.socket.destroy());
    // resetAndDestroy() would end the stream in order first, and the peer might see that FIN.
    else Object.assign(this.socket, { resetAndClosing: true }).destroy();
  }

  private over(): void {
    clearTimeout(this.deadline);
    clearTimeout(this.unread);
  }

  private endUnlessLoggedIn(): void {
    if (!this.loggedIn && !this.stopped && !this.vanishing) this.end('fin');
  }

  private hear(chunk: Buffer): void {
    if (this.vanishing) return;
    try {
      this.framing.push(chunk);
    } catch (reason) {
      if (!(reason instanceof AmiError)) throw reason;
      this.end('fin');
    }
  }

  private act(action: AmiMessage): void {
    if (this.loggedIn) return this.answer(action);
    const name = (action.get('Action') ?? '').toLowerCase();
    const id = idOf(action);
    if (name === 'challenge') this.say(success(id, `Challenge: ${this.challenge}\r\n`));
    else if (name === 'login') this.logIn(action, id);
    else this.say(error(id, 'Permission denied'));
  }

  private logIn(action: AmiMessage, id: string): void {
    const { username, secret } = this.account;
    const key = createHash('md5')
      .update(this.challenge + secret)
      .digest('hex');
    const proven = action.get('Key') === key || action.get('Secret') === secret;
    if (action.get('Username') !== username || !proven) {
      this.say(error(id, 'Authentication failed'));
      this.flush();
      return void this.socket.end();
    }
    this.loggedIn = true;
    clearTimeout(this.deadline);
    this.eventsOn = action.get('Events')?.toLowerCase() !== 'off';
    this.say(success(id, 'Message: Authentication accepted\r\n') + this.asterisk.welcome());
  }

  private answer(action: AmiMessage): void {
    const name = (action.get('Action') ?? '').toLowerCase();
    const id = idOf(action);
    if (name === 'events') {
      this.eventsOn = action.get('EventMask')?.toLowerCase() !== 'off';
      this.say(success(id, `Events: ${this.eventsOn ? 'On' : 'Off'}\r\n`));
    } else if (name === 'logoff') {
      this.say(`Response: Goodbye\r\n${id}Message: Thanks for all the fish.\r\n\r\n`);
      this.flush();
      this.socket.end();
    } else this.asterisk.answer(action, (text) => this.say(text));
  }

  /** Gathered, so that what comes of one turn of the event loop is one write. */
  private say(text: string): void {
    if (this.vanishing) return;
    this.pending.push(text);
    this.pendingCharacters += text.length;
    if (this.stopped) return;
    if (this.pendingCharacters > pieceCharacters) this.flush();
    else this.later();
  }

  private later(): void {
    if (this.flushing) return;
    this.flushing = true;
    setImmediate(() => {
      this.flushing = false;
      this.flush();
    });
  }

  private flush(): void {
    if (this.stopped || this.pending.length === 0) return;
    const text = this.pending.join('');
    this.pending = [];
    this.pendingCharacters = 0;
    // What does not fit waits in the socket; who reads nothing for too long is let go, as by the real one.
    if (this.socket.writable && !this.socket.write(text)) this.unread ??= setTimeout(() => this.end('rst'), readWithinMs).unref();
  }

  private drained(): void {
    clearTimeout(this.unread);
    this.unread = undefined;
  }
}
