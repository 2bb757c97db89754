import { Inject, Injectable, Logger } from '@nestjs/common';
import type { Config } from '../../config/config.js';
import { TheConfig } from '../../config/config.module.js';
import { Chance, Clock } from '../../time/clock.js';
import { INGEST_TIMINGS, type IngestTimings } from '../timings.js';
import { type LeasedServer, LeaseRepository } from './lease.repository.js';
import { planLeases } from './shares.js';

/** What follows from holding a lease. */
export interface LeaseHolder {
  /** A lease is ours from now on, or its server's door has changed. */
  held(server: LeasedServer): Promise<void>;
  /** A lease is not ours any more. */
  lost(mediaServerId: string): void;
  /** Which of the held servers have answered since the last beat. */
  seen(): readonly string[];
}

/**
 * Keeps this manager's fair share of the media servers: claims what nobody holds, renews, hands over what is too much, gives everything back at
 * the end. Whoever holds a lease may write what the server says; the epoch tells everybody else's writes from theirs.
 */
@Injectable()
export class LeaseKeeper {
  readonly #logger = new Logger('LeaseKeeper');
  readonly #held = new Map<string, number>();
  readonly #me: string;
  #holder: LeaseHolder | undefined;
  #timer: NodeJS.Timeout | undefined;
  #underWay: Promise<void> = Promise.resolve();
  #stopped = false;
  #failing = false;
  /** The pool as it was looked at last. */
  #servers: readonly LeasedServer[] = [];
  /** When the last turn began that was carried through. */
  #lastTurn: number | null = null;
  /** Before this moment nothing is claimed. */
  #claimFrom = -Infinity;

  constructor(
    private readonly leases: LeaseRepository,
    private readonly chance: Chance,
    private readonly clock: Clock,
    @TheConfig() config: Config,
    @Inject(INGEST_TIMINGS) private readonly timings: IngestTimings,
  ) {
    this.#me = config.managerName;
  }

  start(holder: LeaseHolder): void {
    this.#holder = holder;
    this.#schedule(0);
  }

  /** Looks now instead of at the next beat: the pool has changed. */
  hurry(): void {
    if (this.#stopped || this.#timer === undefined) return;
    clearTimeout(this.#timer);
    this.#schedule(0);
  }

  /** The media servers that other managers watch and that were well a moment ago. */
  others(): readonly LeasedServer[] {
    return this.#servers.filter(({ owner, leased, health }) => leased && owner !== this.#me && (health === 'healthy' || health === 'suspect'));
  }

  /** Gives every lease back. */
  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    await this.#underWay;
    for (const id of this.#held.keys()) this.#holder?.lost(id);
    await this.leases.release(this.#me, this.#list()).catch(() => undefined);
    await this.leases.leave(this.#me).catch(() => undefined);
    this.#held.clear();
  }

  #schedule(ms: number): void {
    if (this.#stopped) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#underWay = this.#beat().finally(() => this.#schedule(this.timings.leaseBeatMs));
    }, ms);
  }

  async #beat(): Promise<void> {
    try {
      await this.#turn();
      if (this.#failing) this.#logger.log('Leases are kept again');
      this.#failing = false;
    } catch (error) {
      // Links stay up meanwhile: if the lease was lost, the epoch keeps what they say out of the database.
      if (!this.#failing) this.#logger.warn(`Leases cannot be kept: ${error instanceof Error ? error.message : String(error)}`);
      this.#failing = true;
    }
  }

  async #turn(): Promise<void> {
    const holder = this.#holder;
    if (!holder) return;
    const now = this.clock.monotonic();
    const mayClaim = this.#mayClaim(now);
    // Renewed first: while MySQL is slow the rest of the turn takes longer than a lease.
    await this.leases.renew(this.#me, this.#list(), holder.seen(), this.timings.leaseMs);
    const managers = await this.leases.enrol(this.#me, this.timings.leaseMs);
    const servers = await this.leases.servers(this.timings.overdueAfterMs);
    this.#servers = servers;
    const plan = planLeases(this.#me, servers, this.#held, managers, () => this.chance.next());

    for (const id of plan.lost) this.#drop(holder, id);
    for (const { id } of plan.spare) holder.lost(id);
    await this.leases.release(this.#me, plan.spare);
    for (const { id } of plan.spare) this.#held.delete(id);

    const byId = new Map(servers.map((server) => [server.id, server]));
    const claimed = await this.leases.claim(this.#me, mayClaim ? plan.claim : [], this.timings.leaseMs);
    for (const { id, epoch } of claimed) this.#held.set(id, epoch);
    const taken = claimed.flatMap(({ id, epoch }) => (byId.has(id) ? [{ ...byId.get(id)!, owner: this.#me, epoch, leased: true }] : []));
    await Promise.all([...taken, ...plan.keep].map((server) => holder.held(server)));
    this.#lastTurn = now;
  }

  /**
   * Whoever could not renew in time must think that the others could not either, as MySQL was away or is slow: their leases have run out by no fault of
   * theirs, and they get the time of one lease to renew them.
   */
  #mayClaim(now: number): boolean {
    if (this.#lastTurn !== null && now - this.#lastTurn > this.timings.leaseMs) this.#claimFrom = now + this.timings.leaseMs;
    return now >= this.#claimFrom;
  }

  #drop(holder: LeaseHolder, id: string): void {
    this.#held.delete(id);
    holder.lost(id);
  }

  #list(): { id: string; epoch: number }[] {
    return [...this.#held].map(([id, epoch]) => ({ id, epoch }));
  }
}
