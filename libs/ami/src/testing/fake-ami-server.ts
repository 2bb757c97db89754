import { createServer, type AddressInfo, type Server } from 'node:net';
import type { AmiMessage } from '../message.js';
import { answers } from './answers.js';
import { AsteriskModel, type FakeJoin, type FakeMember } from './asterisk-model.js';
import { FarEnd } from './far-end.js';
import { FakeSession, type FakeAccount, type FakeAction, type FakeAnswer } from './fake-session.js';
import { confbridgeEnd, confbridgeJoin, confbridgeLeave, confbridgeStart, type Shape } from './shapes.js';

export interface FakeAmiServerOptions extends Partial<FakeAccount> {
  host?: string;
  port?: number;
  systemName?: string;
  version?: string;
  loadAverage?: number;
  /** Milliseconds since the epoch. */
  now?: () => number;
}

/** How a server goes away: in order, without a word, or with a reset. */
export type FakeStop = 'fin' | 'silence' | 'rst';

/** An Asterisk of the tests: real TCP, real AMI, and a small model of channels and conferences behind it. */
export class FakeAmiServer {
  readonly username: string;
  readonly secret: string;
  readonly model: AsteriskModel;
  /** The other side of calls. */
  readonly farEnd: FarEnd;
  loadAverage: number;
  version: string;
  /** Every Originate of a number behind the proxy, also of sessions that have ended. */
  readonly dialled: AmiMessage[] = [];
  /** Logged-in and waiting connections, oldest first. */
  readonly sessions: FakeSession[] = [];
  private readonly now: () => number;
  private readonly answers: Record<string, FakeAnswer>;
  private readonly host: string;
  private port: number;
  private server: Server | undefined;
  private silent = false;
  private booting = false;
  private changed: (() => void)[] = [];

  constructor(options: FakeAmiServerOptions = {}) {
    this.now = options.now ?? Date.now;
    this.host = options.host ?? '127.0.0.1';
    this.port = options.port ?? 0;
    this.username = options.username ?? 'nailup';
    this.secret = options.secret ?? 'not-so-secret';
    this.version = options.version ?? '22.10.1';
    this.loadAverage = options.loadAverage ?? 0.25;
    this.model = new AsteriskModel(options.systemName ?? 'ms1', this.now() - 60_000, this.now);
    const { model } = this;
    this.farEnd = new FarEnd({
      model, broadcast: (event) => this.broadcast(event), join: (conference, how) => this.join(conference, how), leave: (conference, which) => this.leave(conference, which), tell: () => this.tell(),
    });
    const settings = {
      loadAverage: () => this.loadAverage,
      now: this.now,
      hangup: (which: string) => this.hangup(which),
      originate: (action: FakeAction) => this.originate(action),
      walk: (...where: Parameters<FarEnd['walk']>) => this.farEnd.walk(...where),
      played: this.farEnd.played,
      broadcast: (event: Shape) => this.broadcast(event),
    };
    this.answers = answers(model, Object.defineProperty({ ...settings, version: '' }, 'version', { get: () => this.version }));
  }

  /** Where to log in. */
  get address(): { host: string; port: number; username: string; secret: string } {
    return { host: this.host, port: this.port, username: this.username, secret: this.secret };
  }

  /** Listens; on the same port again after a stop. */
  async start(): Promise<this> {
    const server = createServer((socket) => {
      const session = new FakeSession(socket, this, (action) => this.dispatch(action), () => (this.booting ? null : this.welcome()), this.silent);
      this.sessions.push(session);
      socket.on('close', () => {
        this.sessions.splice(this.sessions.indexOf(session), 1);
        this.tell();
      });
      this.tell();
    });
    this.server = server;
    await new Promise<void>((resolve, reject) => server.once('error', reject).listen(this.port, this.host, resolve));
    this.port = (server.address() as AddressInfo).port;
    return this;
  }

  /** Goes away. With `silence` connections stay and new ones are accepted by nobody who answers, until `resume`. */
  async stop(how: FakeStop = 'fin'): Promise<void> {
    this.silent = how === 'silence';
    for (const session of [...this.sessions]) {
      if (how === 'silence') session.silence();
      else if (how === 'rst') session.reset();
      else session.socket.end();
    }
    const server = this.server;
    if (how === 'silence' || !server) return;
    this.server = undefined;
    await new Promise<void>((resolve) => {
      server.close(() => resolve());
      // A client that does not close its side after our FIN must not hold the test.
      for (const session of [...this.sessions]) session.socket.destroySoon();
    });
  }

  /** Lets sessions log in and does not say that it has booted, until `booted`. */
  boot(): void {
    this.booting = true;
  }

  booted(): void {
    this.booting = false;
    this.broadcast(this.welcome());
  }

  /** Ends a silence. */
  resume(): void {
    this.silent = false;
    for (const session of this.sessions) session.resume();
  }

  /** A new process in the place of the old one: its calls are gone and its uptime begins anew. */
  async restart(how: Exclude<FakeStop, 'silence'> = 'fin'): Promise<void> {
    await this.stop(how);
    this.model.reboot(this.now());
    await this.start();
  }

  /** A channel joins a conference; its own leg if no channel is named. */
  join(conference: string, how: FakeJoin | string = {}): FakeMember {
    const { member, first } = this.model.join(conference, typeof how === 'string' ? { channel: how } : how);
    const channel = this.model.find(member.channel);
    if (first) this.broadcast(confbridgeStart(this.model.systemName, conference));
    if (channel) this.broadcast(confbridgeJoin(this.model.systemName, member, channel, this.members(conference).length));
    return member;
  }

  /** A member, by channel name or uniqueid, leaves; its channel stays up until it is hung up. */
  leave(conference: string, which: string): void {
    const left = this.model.leave(conference, which);
    const channel = left && this.model.find(left.member.channel);
    if (!left || !channel) return;
    this.broadcast(confbridgeLeave(this.model.systemName, left.member, channel, this.members(conference).length));
    if (left.last) this.broadcast(confbridgeEnd(this.model.systemName, conference));
    this.tell();
  }

  /** A channel ends, by name or uniqueid, and leaves the conferences it was in. `cause` is that of Q.850. */
  hangup(which: string, cause = 16): void {
    const channel = this.model.find(which);
    if (!channel) return;
    for (const conference of this.model.conferencesOf(channel.uniqueid)) this.leave(conference, channel.uniqueid);
    this.model.channels.delete(channel.channel);
    this.farEnd.ends(channel, cause);
    this.tell();
  }

  members(conference: string): FakeMember[] {
    return [...(this.model.conferences.get(conference)?.values() ?? [])];
  }

  /** Sends an event to every session that listens. */
  broadcast(event: Shape): void {
    for (const session of this.sessions) session.event(event);
  }

  /** Replaces or adds the answer to an action; call what comes back to have the one before again. */
  answer(action: string, how: FakeAnswer): () => void {
    const name = action.toLowerCase();
    const before = this.answers[name];
    this.answers[name] = how;
    return () => {
      if (before) this.answers[name] = before;
      else delete this.answers[name];
    };
  }

  /** Resolves when the fact holds; asked anew whenever a session, an action or a conference changed. */
  async until(fact: () => boolean): Promise<void> {
    while (!fact()) await new Promise<void>((resolve) => this.changed.push(resolve));
  }

  private dispatch(action: FakeAction): void {
    const answer = this.answers[action.name];
    if (answer) answer(action);
    else action.error('Invalid/unknown command');
    this.tell();
  }

  /** A number behind the proxy is dialled and waits for the test; `Local/<conference>@client` brings a client leg, as the dialplan of a media server does. */
  private originate(action: FakeAction): void {
    if (this.farEnd.dial(action.message)) return void this.dialled.push(action.message);
    const conference = /^Local\/([^@/]+)@client/.exec(action.message.get('Channel') ?? '')?.[1];
    if (conference !== undefined) this.join(conference, `Local/${conference}@client-${this.model.hex()};2`);
    const reason = conference === undefined ? ['Response', 'Failure'] : ['Response', 'Success'];
    this.broadcast([['Event', 'OriginateResponse'], ['Privilege', 'call,all'], ['SystemName', this.model.systemName], ['ActionID', action.message.ActionID ?? ''], reason as [string, string], ['Channel', action.message.get('Channel') ?? '']]);
  }

  private welcome(): Shape {
    const { uptimeSeconds } = this.model;
    return [['Event', 'FullyBooted'], ['Privilege', 'system,all'], ['Uptime', uptimeSeconds], ['LastReload', uptimeSeconds], ['Status', 'Fully Booted']];
  }

  private tell(): void {
    for (const resolve of this.changed.splice(0)) resolve();
  }
}
