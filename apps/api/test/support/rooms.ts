import { Registry } from 'prom-client';
import type { DataSource, EntityManager } from 'typeorm';
import { CallBook } from '../../src/calls/call-book.js';
import type { Config } from '../../src/config/config.js';
import { createDataSource } from '../../src/database/data-source.js';
import { Database } from '../../src/database/database.js';
import { IdempotencyStore } from '../../src/idempotency/idempotency.store.js';
import { EventTail } from '../../src/live/event-tail.js';
import { DerivedKeys } from '../../src/secrets/keys.js';
import { SecretBox } from '../../src/secrets/secret-box.js';
import { LiveSeats } from '../../src/selection/live-seats.js';
import { PlacementLedger } from '../../src/selection/placement-ledger.js';
import { SeatEnder } from '../../src/selection/placement-moves.js';
import { SeatCount } from '../../src/selection/seat-count.js';
import type { Seat } from '../../src/selection/seat-request.js';
import { SeatSelection } from '../../src/selection/seat-selection.js';
import { Sweeper } from '../../src/selection/sweeper.js';
import { SettingsService } from '../../src/settings/settings.service.js';
import type { Metrics } from '../../src/health/metrics.js';
import { SystemChance, SystemClock } from '../../src/time/clock.js';
import type { FreshDatabase } from './database.js';
import { testSecretKey } from './manager.js';
import { addAgent } from './pool.js';

/** The rooms of selection without HTTP around them and without their timers: a test says when the sweeper sweeps. */
export interface Rooms {
  readonly database: FreshDatabase;
  readonly selection: SeatSelection;
  /** Follows the event log when a test begins it. */
  readonly tail: EventTail;
  readonly liveSeats: LiveSeats;
  readonly ledger: PlacementLedger;
  readonly sweeper: Sweeper;
  readonly seatCount: SeatCount;
  /** A seat for a new agent. */
  seat(): Promise<Seat['placement']>;
  /** How a placement stands now. */
  stands(id: string): Promise<PlacementRow>;
  /** The events of a placement, in order. */
  told(id: string): Promise<{ type: string; data: Record<string, unknown> }[]>;
  /** How often MySQL ended a transaction of these rooms because it waited in a circle. */
  deadlocks(): number;
  close(): Promise<void>;
}

export interface PlacementRow {
  readonly state: string;
  readonly leg_uniqueid: string | null;
  readonly client_legs: number;
  readonly release_reason: string | null;
  readonly heartbeat_at: Date | null;
  readonly connected_at: Date | null;
  readonly lost_until: Date | null;
  readonly expires_at: Date | null;
}

export async function openRooms(database: FreshDatabase): Promise<Rooms> {
  const dataSource: DataSource = await createDataSource(database.url, 4).initialize();
  let deadlocks = 0;
  const transaction = dataSource.transaction.bind(dataSource) as <T>(work: (tx: EntityManager) => Promise<T>) => Promise<T>;
  jest.spyOn(dataSource, 'transaction').mockImplementation(((work: (tx: EntityManager) => Promise<unknown>) =>
    transaction(work).catch((error: { errno?: number }) => {
      if (error.errno === 1213) deadlocks += 1;
      throw error;
    })) as typeof dataSource.transaction);
  const chance = new SystemChance();
  const door = new Database(dataSource, chance);
  const config = { reservationSeconds: 30, lostGraceSeconds: 20, heartbeatSilenceSeconds: 15 } as Config;
  const answers = new IdempotencyStore(door, new SecretBox(new DerivedKeys(Buffer.from(testSecretKey, 'base64'))));
  const seats = new SeatEnder(answers);
  const tail = new EventTail(door);
  const liveSeats = new LiveSeats(door, tail, new SystemClock(), { registry: new Registry() } as Metrics);
  const selection = new SeatSelection(door, chance, tail, liveSeats, config);
  const seatCount = new SeatCount(door);
  return {
    database,
    selection,
    tail,
    liveSeats,
    ledger: new PlacementLedger(door, seats, new CallBook(new SettingsService(door)), config),
    sweeper: new Sweeper(door, seats, seatCount, config),
    seatCount,
    seat: async () => (await selection.seat({ agentId: await addAgent(database), region: null, exclude: [] })).placement,
    stands: async (id) => (await database.query<PlacementRow>('SELECT * FROM placements WHERE id = ?', [id]))[0]!,
    told: (id) => database.query('SELECT type, data FROM event_log WHERE subject = ? ORDER BY seq', [id]),
    deadlocks: () => deadlocks,
    close: () => dataSource.destroy(),
  };
}
