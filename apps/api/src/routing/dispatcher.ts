import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { CallOrders } from '../calls/call-orders.js';
import { Database } from '../database/database.js';
import type { LogEvent } from '../live/event-log.js';
import { EventTail, type Subscription } from '../live/event-tail.js';
import { DispatchRound, type Errand } from './dispatch-round.js';
import { anybodyWaits } from './routing-facts.js';

/** What was not heard is found by the next beat. */
const beatMs = 1_000;
/**
 * A leg that is still on its way from the proxy to its media server is there in a moment; so is the room of an agent whose call has ended before the
 * last client was seen to leave it, of which no event tells.
 */
const soonMs = 100;

/** After these somebody may have come free, or has come. */
const telling: ReadonlySet<string> = new Set(['call.queued', 'call.ended', 'placement.connected', 'media-server.health', 'media-server.mode']);

function tells({ type, data }: LogEvent): boolean {
  return telling.has(type) || (type === 'agent.state' && data['state'] === 'ready');
}

/**
 * Brings waiting callers to agents who come free. Every manager does it, one at a time by the lock of the dispatch row; whichever hears first goes
 * first, and the others find nothing left to do.
 */
@Injectable()
export class Dispatcher implements OnApplicationBootstrap, OnModuleDestroy {
  readonly #logger = new Logger('Dispatcher');
  readonly #errands = new Set<Promise<void>>();
  #subscription: Subscription | undefined;
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> | null = null;
  #wanted = false;
  #told = false;
  #stopped = false;
  #failing = false;

  constructor(
    private readonly database: Database,
    private readonly round: DispatchRound,
    private readonly tail: EventTail,
    private readonly orders: CallOrders,
  ) {}

  onApplicationBootstrap(): void {
    this.#subscription = this.tail.subscribe('head', (events) => {
      if (!events.some(tells)) return;
      this.#told = true;
      this.wake();
    });
    this.#schedule(beatMs);
  }

  async onModuleDestroy(): Promise<void> {
    this.#stopped = true;
    this.#subscription?.close();
    clearTimeout(this.#timer);
    await this.#running;
    await Promise.all(this.#errands);
  }

  /** Looks over everybody who waits, now or as soon as the look under way is over. */
  wake(): void {
    this.#wanted = true;
    if (this.#running === null && !this.#stopped) {
      this.#running = this.#run().finally(() => {
        this.#running = null;
        // Woken after the last look and before this line.
        if (this.#wanted) this.wake();
      });
    }
  }

  /** One look, with the orders that follow from it. */
  async look(): Promise<void> {
    await this.#look();
    await Promise.all(this.#errands);
  }

  async #run(): Promise<void> {
    let soon = false;
    while (this.#wanted && !this.#stopped) {
      const told = this.#told;
      this.#wanted = false;
      this.#told = false;
      try {
        const { waiting, legsMissing } = await this.#look();
        soon = legsMissing || (told && waiting);
        if (this.#failing) this.#logger.log('Waiting callers are looked after again');
        this.#failing = false;
      } catch (error) {
        // The next beat tries again; one line an outage is enough.
        if (!this.#failing) this.#logger.warn(`Waiting callers cannot be looked after: ${error instanceof Error ? error.message : String(error)}`);
        this.#failing = true;
      }
    }
    this.#schedule(soon ? soonMs : beatMs);
  }

  async #look(): Promise<{ waiting: boolean; legsMissing: boolean }> {
    if (!(await anybodyWaits(this.database.dataSource.manager))) return { waiting: false, legsMissing: false };
    if (!(await this.round.hasWork(this.database.dataSource.manager))) return { waiting: true, legsMissing: false };
    const { errands, legsMissing } = await this.database.inTransaction((tx) => this.round.run(tx));
    for (const errand of errands) this.#send(errand);
    return { waiting: true, legsMissing };
  }

  /** Not waited for: a media server that answers slowly must not keep the callers of the others waiting. */
  #send(errand: Errand): void {
    const sent = this.#order(errand)
      .catch((error: unknown) => this.#logger.warn(`An order for call ${errand.callId} failed: ${error instanceof Error ? error.message : String(error)}`))
      .finally(() => this.#errands.delete(sent));
    this.#errands.add(sent);
  }

  async #order(errand: Errand): Promise<void> {
    const { leg, place } = errand;
    if (place === null) {
      await this.orders.hangUp(leg.mediaServerId, leg.uniqueid);
      return;
    }
    // What is unknown may have happened: events and lists of the media server tell, or the call is swept when its leg is due.
    if ((await this.orders.send(leg.mediaServerId, leg.uniqueid, place)) === 'refused') await this.database.inTransaction((tx) => this.round.takeBack(tx, errand));
  }

  #schedule(ms: number): void {
    clearTimeout(this.#timer);
    if (!this.#stopped) this.#timer = setTimeout(() => this.wake(), ms);
  }
}
