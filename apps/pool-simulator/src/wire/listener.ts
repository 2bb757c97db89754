import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import type { Asterisk } from '../asterisk/asterisk.js';
import type { Chance } from '../chance.js';
import { type Account, Session } from './session.js';

/** How connections are treated: as ever, taken and never answered (SIGSTOP), or swallowed by a network that is cut. */
export type LineState = 'as ever' | 'stopped' | 'cut';

/** The AMI port of one Asterisk. */
export class Listener {
  readonly sessions = new Set<Session>();
  private readonly sockets = new Set<Socket>();
  private server: Server | undefined;
  private state: LineState = 'as ever';

  /** @param port 0 for any that is free, kept from then on */
  constructor(
    private readonly asterisk: Asterisk,
    private readonly account: Account,
    private readonly chance: Chance,
    readonly host: string,
    public port: number,
  ) {}

  get isOpen(): boolean {
    return this.server !== undefined;
  }

  async open(): Promise<void> {
    if (this.server) return;
    this.state = 'as ever';
    const server = createServer((socket) => this.take(socket));
    await new Promise<void>((resolve, reject) =>
      server
        .once('error', ({ message }) => reject(new Error(`Nobody can listen on ${this.host}:${this.port} (${message}): name another --first-address or --ami-port.`)))
        .listen(this.port, this.host, () => resolve()),
    );
    this.server = server;
    this.port = (server.address() as AddressInfo).port;
  }

  /** The process ends: nobody listens any more, and every connection ends as its kernel ends it. */
  async close(how: 'fin' | 'rst'): Promise<void> {
    const { server } = this;
    if (server === undefined) return;
    this.server = undefined;
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    for (const session of this.sessions) session.end(how);
    // A peer that does not close its side after our FIN must not hold the process that took our place.
    for (const socket of this.sockets) socket.destroySoon();
    await closed;
  }

  event(text: string): void {
    for (const session of this.sessions) session.event(text);
  }

  stop(): void {
    this.state = 'stopped';
    for (const session of this.sessions) session.stop();
  }

  cut(): void {
    this.state = 'cut';
    for (const session of this.sessions) session.cut();
  }

  /** New connections are served again. What was stopped goes on; what was cut stays lost. */
  goOn(): void {
    this.state = 'as ever';
    for (const session of this.sessions) session.goOn();
  }

  private take(socket: Socket): void {
    const session = new Session(socket, this.asterisk, this.account, String(this.chance.below(1_000_000_000)), this.state);
    this.sessions.add(session);
    this.sockets.add(socket);
    socket.on('close', () => {
      this.sessions.delete(session);
      this.sockets.delete(socket);
    });
  }
}
