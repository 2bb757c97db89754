import { type BeforeApplicationShutdown, Inject, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { Fleet } from '@nailup/domain';
import { Database } from '../database/database.js';
import { appendEvents, type LogEvent } from '../live/event-log.js';
import { EventTail, type Subscription } from '../live/event-tail.js';
import { HealthService } from '../health/health.service.js';
import { AmiAccess } from '../media-servers/ami-access.js';
import { Clock } from '../time/clock.js';
import type { Config } from '../config/config.js';
import { TheConfig } from '../config/config.module.js';
import { endedSeat, movedServer } from './ended-seats.js';
import { Gate } from './gate.js';
import { IngestMetrics } from './ingest-metrics.js';
import { type LeaseHolder, LeaseKeeper } from './leases/lease-keeper.js';
import type { LeasedServer } from './leases/lease.repository.js';
import type { Links, LinkTarget, MakeLinks } from './links/link-report.js';
import { INGEST_TIMINGS, type IngestTimings } from './timings.js';
import { Announcer } from './utilisation/announcer.js';
import { UtilisationRepository } from './utilisation/utilisation.repository.js';
import { MediaServerStateRepository } from './watch/media-server-state.repository.js';
import type { CallsLedger } from './watch/call-watch.js';
import { Freeze } from './watch/freeze.js';
import { type Ledger, ServerWatch } from './watch/server-watch.js';

export const MAKE_LINKS = Symbol('make links');
export const LEDGER = Symbol('ledger');
export const CALLS_LEDGER = Symbol('calls ledger');

/** Of the connections a manager has to MySQL (12 when not said), so many at most compare and write whole media servers, and so many do what is short with it. */
const wholeServersAtOnce = 2;
const shortWorkAtOnce = 2;
/** While MySQL is slow, what is short is not, and waits for MySQL alone, which lets nobody wait for ever. */
const shortMs = 50;

interface Watched {
  readonly watch: ServerWatch;
  readonly linkId: number;
  readonly door: string;
}

/** Watches the media servers whose lease this manager holds. */
@Injectable()
export class AmiIngestService implements OnApplicationBootstrap, BeforeApplicationShutdown, LeaseHolder {
  readonly #logger = new Logger('AmiIngest');
  readonly #fleet = new Fleet();
  readonly #gate = new Gate(wholeServersAtOnce);
  readonly #shortGate = new Gate(shortWorkAtOnce, shortMs);
  readonly #loginGate = new Gate(shortWorkAtOnce, shortMs);
  readonly #watched = new Map<string, Watched>();
  readonly #byLink = new Map<number, ServerWatch>();
  readonly #announcer: Announcer;
  readonly #freeze = new Freeze({ said: (sentence) => this.#sayFrozen(sentence) });
  #links: Links | undefined;
  /** Doors that could not be read, so that it is said once. */
  readonly #locked = new Map<string, string>();
  #lastLink = 0;
  #timer: NodeJS.Timeout | undefined;
  #following: Subscription | undefined;
  #lastTidy = 0;

  constructor(
    private readonly access: AmiAccess,
    private readonly keeper: LeaseKeeper,
    private readonly state: MediaServerStateRepository,
    private readonly tail: EventTail,
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly metrics: IngestMetrics,
    health: HealthService,
    utilisation: UtilisationRepository,
    @TheConfig() private readonly config: Config,
    @Inject(LEDGER) private readonly ledger: Ledger,
    @Inject(CALLS_LEDGER) private readonly calls: CallsLedger,
    @Inject(MAKE_LINKS) private readonly makeLinks: MakeLinks,
    @Inject(INGEST_TIMINGS) private readonly timings: IngestTimings,
  ) {
    health.watch('mediaServers', () => (this.#freeze.now === null ? { status: 'up' } : { status: 'degraded', detail: this.#freeze.now }));
    this.#announcer = new Announcer(utilisation, timings.utilisationMs, () => clock.monotonic());
  }

  async onApplicationBootstrap(): Promise<void> {
    this.#links = this.makeLinks((linkId, report) => this.#byLink.get(linkId)?.take(report));
    // From here on; what ended before is found by the first snapshot of each server.
    const [head] = await this.database.rows<{ seq: number }>('SELECT seq FROM event_head WHERE id = 1');
    this.#following = this.tail.subscribe(head?.seq ?? 0, (events) => this.#follow(events));
    this.#timer = setInterval(() => this.#tick(), this.timings.tickMs);
    this.keeper.start(this);
  }

  async beforeApplicationShutdown(): Promise<void> {
    clearInterval(this.#timer);
    this.#following?.close();
    await this.keeper.stop();
    await this.#links?.stop();
  }

  async held(server: LeasedServer): Promise<void> {
    const present = this.#watched.get(server.id);
    if (present?.watch.epoch === server.epoch && present.door === server.door) return;
    const target = await this.#targetOf(server);
    if (present) this.#forget(server.id, present);
    if (target === null) return;
    const linkId = ++this.#lastLink;
    const watch = this.#watch(server, linkId);
    this.#watched.set(server.id, { watch, linkId, door: server.door });
    this.#byLink.set(linkId, watch);
    this.#links?.open(linkId, target);
  }

  lost(mediaServerId: string): void {
    const present = this.#watched.get(mediaServerId);
    if (!present) return;
    this.#forget(mediaServerId, present);
    this.#announcer.forget(mediaServerId);
  }

  seen(): readonly string[] {
    return [...this.#watched].filter(([, { watch }]) => watch.takeHeard()).map(([id]) => id);
  }

  async #targetOf({ id, name, door, epoch }: LeasedServer): Promise<LinkTarget | null> {
    try {
      // A gate of its own: the leases wait for it, and must not wait for what is written.
      const login = await this.#loginGate.through(() => this.access.loginOf(id));
      this.#locked.delete(id);
      if (login === null) return null;
      const { host, port, tls, caCertificate, username, secret, webSocketUrl } = login;
      return { mediaServerId: id, host, port, tls: tls ? { ...(caCertificate === null ? {} : { ca: caCertificate }) } : false, username, secret, webSocketUrl };
    } catch (error) {
      if (this.#locked.get(id) !== door) this.#logger.error(`${name} cannot be watched, how to log in there cannot be read: ${error instanceof Error ? error.message : String(error)}`);
      this.#locked.set(id, door);
      await this.state.move(id, epoch, 'link-lost', 'Its AMI secret cannot be read: was NAILUP_SECRET_KEY changed?').catch(() => undefined);
      return null;
    }
  }

  #watch(server: LeasedServer, linkId: number): ServerWatch {
    const { ledger, calls, state, clock, timings } = this;
    return new ServerWatch(server.id, server.name, server.epoch, server.health, {
      fleet: this.#fleet,
      ledger,
      calls,
      state,
      clock,
      timings,
      gate: this.#gate,
      shortGate: this.#shortGate,
      log: this.#logger,
      hangUp: (uniqueids) => {
        if (uniqueids.length > 0) this.#links?.hangUp(linkId, uniqueids);
      },
      readSnapshot: () => this.#links?.readSnapshot(linkId),
      moved: () => this.#announcer.moved(server.id),
      eventCame: (latencyMs) => this.metrics.eventCame(server.name, latencyMs),
      ourFault: () => this.#freeze.ourFault(),
    });
  }

  #forget(mediaServerId: string, { watch, linkId }: Watched): void {
    this.#watched.delete(mediaServerId);
    this.#byLink.delete(linkId);
    watch.stop();
    this.metrics.forget(watch.name);
    this.#links?.close(linkId);
  }

  /** Facts of the other rooms, of every manager. */
  #follow(events: readonly LogEvent[]): void {
    for (const event of events) {
      if (event.type === 'media-server.mode') this.keeper.hurry();
      const moved = movedServer(event);
      if (moved !== null && this.#watched.has(moved)) this.#announcer.moved(moved);
      const ended = endedSeat(event);
      const watch = ended ? this.#watched.get(ended.mediaServerId)?.watch : undefined;
      if (ended && watch) watch.hangUp(ended.legUniqueid === null ? watch.legsOf(ended.conference) : [ended.legUniqueid]);
    }
  }

  /** Of those that were well a moment ago: how many seem gone, here and in the whole pool. */
  #look(): void {
    const mine = [...this.#watched.values()].map(({ watch }) => watch).filter(({ counts }) => counts);
    const others = this.keeper.others();
    const overdue = mine.filter((watch) => watch.overdue).length;
    this.#freeze.look(
      { overdue, all: mine.length },
      { overdue: overdue + others.filter((server) => server.overdue).length, all: mine.length + others.length },
    );
  }

  #sayFrozen(sentence: string | null): void {
    if (sentence === null) this.#logger.log('The media servers answer again: they are judged as ever');
    else this.#logger.error(sentence);
    const { managerName: manager } = this.config;
    const event = { type: sentence === null ? 'pool.thawed' : 'pool.frozen', subject: 'pool', data: { manager, reason: sentence } };
    this.database.inTransaction((tx) => appendEvents(tx, [event])).catch((error: Error) => this.#logger.warn(`That the pool is ${sentence === null ? 'judged again' : 'frozen'} cannot be told: ${error.message}`));
  }

  #tick(): void {
    this.#look();
    for (const { watch } of this.#watched.values()) watch.tick();
    this.#announcer.tick().catch((error: Error) => this.#logger.debug(`Utilisation cannot be told: ${error.message}`));
    const now = this.clock.monotonic();
    if (now - this.#lastTidy < this.timings.leaseBeatMs) return;
    this.#lastTidy = now;
    this.metrics.tell([...this.#watched.values()].map(({ watch: { name, life } }) => ({ name, good: (signal) => life.good(signal) })), this.#freeze.now !== null, this.#links?.overflows ?? 0);
    this.state.forgetUnwatched().catch((error: Error) => this.#logger.debug(`Servers taken out cannot be forgotten: ${error.message}`));
  }
}
