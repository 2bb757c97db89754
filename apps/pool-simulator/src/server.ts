import { type Arrival, Asterisk, type Standing } from './asterisk/asterisk.js';
import { type Parking } from './asterisk/channel.js';
import type { FarEnd } from './asterisk/outbound.js';
import type { Chance } from './chance.js';
import { Flood, type FloodOptions } from './flood.js';
import type { Time } from './time.js';
import { Listener } from './wire/listener.js';
import { honest, Mangler, type Mischief } from './wire/mischief.js';

export interface ServerOptions {
  readonly name: string;
  /** Address of its own, in 127.0.0.0/8. */
  readonly host: string;
  /** Of AMI; 0 for any that is free. */
  readonly port: number;
  readonly secret: string;
  readonly capacity: number;
  readonly region: string | null;
  readonly time: Time;
  readonly chance: Chance;
  readonly farEnd: FarEnd;
}

/** Uptime a server has when it is opened: a manager that looks later must not take it for one that has just been restarted. */
const upForMs = 3_600_000;

/**
 * One media server of the pool: an Asterisk behind a real AMI port. What agents and callers do there are plain calls and happen at once; what a
 * manager sees of it are bytes.
 */
export class SimulatedServer {
  readonly asterisk: Asterisk;
  readonly username = 'nailup';
  /** Its id in the pool, and what it asks a manager with; known once it is enrolled. */
  enrolled: { readonly id: string; readonly serverToken: string; readonly realtime: { readonly url: string; readonly token: string } } | null = null;
  private readonly listener: Listener;
  private readonly mangler: Mangler;
  private flooding: Flood | undefined;
  private state: 'up' | 'hung' | 'half-open' | 'dead' = 'dead';
  private readonly watchers = new Set<(uniqueid: string) => void>();

  constructor(private readonly options: ServerOptions) {
    const { name, time, chance, farEnd, host, port, secret } = options;
    this.mangler = new Mangler(chance.of('mischief'), time, (event) => this.listener.event(event));
    this.asterisk = new Asterisk({
      name,
      time,
      chance: chance.of('asterisk'),
      farEnd,
      say: (event) => this.mangler.take(event),
      ended: (uniqueid) => this.tell(uniqueid),
    });
    this.listener = new Listener(this.asterisk, { username: this.username, secret }, chance.of('challenges'), host, port);
  }

  get name(): string {
    return this.options.name;
  }

  get host(): string {
    return this.options.host;
  }

  /** Of AMI. */
  get port(): number {
    return this.listener.port;
  }

  get secret(): string {
    return this.options.secret;
  }

  get capacity(): number {
    return this.options.capacity;
  }

  get region(): string | null {
    return this.options.region;
  }

  /** Host and port where the SIP proxy would find it. */
  get sipAddress(): string {
    return `${this.host}:5060`;
  }

  /** `up` also when its events are mangled or its clock is wrong. */
  get health(): 'up' | 'hung' | 'half-open' | 'dead' {
    return this.state;
  }

  /** Events told so far, and what became of the others. */
  get events(): Readonly<Mangler['count']> {
    return this.mangler.count;
  }

  /** Connections to its AMI port at this moment. */
  get sessions(): number {
    return this.listener.sessions.size;
  }

  async open(): Promise<this> {
    this.asterisk.reboot(upForMs);
    await this.listener.open();
    this.state = 'up';
    return this;
  }

  // What agents and callers do.

  /** An agent takes the seat of that conference; an older leg of hers goes. @returns uniqueid of her leg */
  sit(conference: string, how: { parking?: Parking } = {}): string {
    return this.asterisk.sit(conference, how);
  }

  /** A client leg comes in. @returns its uniqueid */
  arrive(arrival: Arrival): string {
    return this.asterisk.arrive(arrival);
  }

  /** A leg ends, by uniqueid or name. @param cause of Q.850 @returns false when it was gone already */
  hangUp(which: string, cause?: number): boolean {
    return this.asterisk.hangUp(which, cause);
  }

  press(which: string, digit: string): void {
    this.asterisk.press(which, digit);
  }

  // What is true there, to hold a manager's belief against.

  standing(): Standing[] {
    return this.asterisk.standing();
  }

  /** Names of the conferences whose agent is there. */
  seats(): string[] {
    return this.standing().flatMap(({ conference, agentLegs }) => (agentLegs.length > 0 ? [conference] : []));
  }

  /** Whether this channel still is. */
  has(uniqueid: string): boolean {
    return this.asterisk.board.channels.has(uniqueid);
  }

  // Faults. Each can be ended, and another one begun, at any time.

  /** As kill -9: nobody listens any more, connections end, every channel is gone. */
  async die(how: 'fin' | 'rst' = 'rst'): Promise<void> {
    this.state = 'dead';
    this.stopFlood();
    const legs = [...this.asterisk.board.channels.keys()];
    this.asterisk.reboot();
    await this.listener.close(how);
    for (const uniqueid of legs) this.tell(uniqueid);
  }

  /** A new process at the same address: nothing of the old one, its uptime begins anew. */
  async start(): Promise<void> {
    if (this.listener.isOpen) return;
    this.asterisk.reboot();
    await this.listener.open();
    this.state = 'up';
  }

  async restart(how: 'fin' | 'rst' = 'rst'): Promise<void> {
    await this.die(how);
    await this.start();
  }

  /** As SIGSTOP: connections are taken and never answered. What happens there meanwhile is told by `heal`. */
  hang(): void {
    this.state = 'hung';
    this.listener.stop();
  }

  /** The way to it swallows everything, in both directions; the server itself goes on. */
  halfOpen(): void {
    this.state = 'half-open';
    this.listener.cut();
  }

  /** Ends `hang` and `halfOpen`. Sessions that were cut stay lost; a new one is served. */
  heal(): void {
    if (this.state === 'dead') return;
    this.state = 'up';
    this.listener.goOn();
  }

  /** Drops, doubles and swaps events from now on, by probabilities from 0 to 1; without, all come as they should. */
  mischief(what: Partial<Mischief> = {}): void {
    this.mangler.mischief = { ...honest, ...what };
    this.mangler.flush();
  }

  /** A stream of events until `stopFlood` or the end of the server. */
  flood(options: FloodOptions): Flood {
    this.stopFlood();
    this.flooding = new Flood(this, options);
    return this.flooding;
  }

  stopFlood(): void {
    this.flooding?.stop();
    this.flooding = undefined;
  }

  /** Its clock is this much ahead from now on (behind when negative), in milliseconds. Its uptime moves along, as Asterisk reckons it by that clock. */
  skew(ms: number): void {
    this.asterisk.skewMs = ms;
  }

  /** Called with the uniqueid of each channel that has ended, whoever ended it, and of all of them when the process dies. The answer ends that. */
  onEnd(watcher: (uniqueid: string) => void): () => void {
    this.watchers.add(watcher);
    return () => this.watchers.delete(watcher);
  }

  async close(): Promise<void> {
    this.watchers.clear();
    await this.die('fin');
  }

  private tell(uniqueid: string): void {
    for (const watcher of [...this.watchers]) watcher(uniqueid);
  }
}
