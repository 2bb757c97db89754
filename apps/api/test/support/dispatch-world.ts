import { CallBook } from '../../src/calls/call-book.js';
import type { CallRecord } from '../../src/calls/call.record.js';
import { CallOrders, type DialOrder, type LegPlace, type OrderOutcome } from '../../src/calls/call-orders.js';
import { createDataSource } from '../../src/database/data-source.js';
import { Database, type Tx } from '../../src/database/database.js';
import { appendEvents, type NewEvent } from '../../src/live/event-log.js';
import { EventTail } from '../../src/live/event-tail.js';
import { DispatchRound } from '../../src/routing/dispatch-round.js';
import { Dispatcher } from '../../src/routing/dispatcher.js';
import type { RouteView } from '../../src/routing/route.dto.js';
import { RouteRound } from '../../src/routing/route-round.js';
import { RoutesService } from '../../src/routing/routes.service.js';
import { DerivedKeys } from '../../src/secrets/keys.js';
import { SettingsService } from '../../src/settings/settings.service.js';
import { SystemChance } from '../../src/time/clock.js';
import { callRow } from './caller-world.js';
import type { FreshDatabase } from './database.js';
import { testSecretKey } from './manager.js';

/** An order that a media server was given. */
export interface Ordered {
  readonly mediaServerId: string;
  readonly uniqueid: string;
  /** Null for a hang-up. */
  readonly place: LegPlace | null;
}

/** Media servers that write down what they are told, and answer as the test wishes. */
export class RecordedOrders extends CallOrders {
  readonly orders: Ordered[] = [];
  outcome: (order: Ordered) => OrderOutcome = () => 'done';

  send(mediaServerId: string, uniqueid: string, place: LegPlace): Promise<OrderOutcome> {
    return this.#take({ mediaServerId, uniqueid, place });
  }

  hangUp(mediaServerId: string, uniqueid: string): Promise<OrderOutcome> {
    return this.#take({ mediaServerId, uniqueid, place: null });
  }

  dial(_order: DialOrder): Promise<OrderOutcome> {
    throw new Error('The dispatcher dials nobody.');
  }

  relabel(): Promise<OrderOutcome> {
    throw new Error('The dispatcher gives no leg to another call.');
  }

  dtmf(): Promise<OrderOutcome> {
    throw new Error('The dispatcher presses no key.');
  }

  async #take(order: Ordered): Promise<OrderOutcome> {
    this.orders.push(order);
    return this.outcome(order);
  }
}

/** The routing of one manager without HTTP around it, on media servers that write their orders down. */
export interface DispatchWorld {
  readonly orders: RecordedOrders;
  /** A route, as the proxy asks for it. */
  route(to: string, callId: string): Promise<RouteView>;
  /** The leg of a caller has come to its media server. */
  legSeen(callId: string, uniqueid?: string): Promise<void>;
  /** What the facts of a media server do to a call: its leg joined the agent, or is gone. */
  joined(callId: string, uniqueid?: string): Promise<void>;
  over(callId: string): Promise<void>;
  /** One look at everybody who waits, with its orders. */
  look(): Promise<void>;
  /** Starts following the events, as a manager does. */
  follow(): Promise<void>;
  stop(): Promise<void>;
}

export async function dispatchWorld(database: FreshDatabase): Promise<DispatchWorld> {
  const dataSource = await createDataSource(database.url, 4).initialize();
  const chance = new SystemChance();
  const door = new Database(dataSource, chance);
  const book = new CallBook(new SettingsService(door));
  const orders = new RecordedOrders();
  const tail = new EventTail(door);
  const dispatcher = new Dispatcher(door, new DispatchRound(book), tail, orders);
  const routes = new RoutesService(door, new RouteRound(book, new DerivedKeys(Buffer.from(testSecretKey, 'base64')), chance), book);
  const onCall = (callId: string, work: (tx: Tx, call: CallRecord) => Promise<NewEvent[]>): Promise<void> =>
    door.inTransaction(async (tx) => {
      const call = await book.lock(tx, callId);
      if (!call) throw new Error(`There is no call ${callId}`);
      await appendEvents(tx, await work(tx, call));
    });
  return {
    orders,
    route: (to, callId) => routes.route({ to, from: '+15550142', callId }),
    legSeen: async (callId, uniqueid = `leg-${callId}`) => void (await database.query('UPDATE calls SET leg_uniqueid = ?, due_at = NULL WHERE id = ?', [uniqueid, callId])),
    joined: async (callId, uniqueid) => {
      const { leg } = await callRow(database, callId);
      await onCall(callId, (tx, call) => book.move(tx, call, 'joined', { legUniqueid: leg ?? uniqueid ?? `leg-${callId}` }));
    },
    over: (callId) => onCall(callId, (tx, call) => book.end(tx, call, { reason: 'caller-hung-up', cause: 16 })),
    look: () => dispatcher.look(),
    follow: async () => {
      await tail.onApplicationBootstrap();
      dispatcher.onApplicationBootstrap();
    },
    stop: async () => {
      await dispatcher.onModuleDestroy();
      tail.onApplicationShutdown();
      await dataSource.destroy();
    },
  };
}
