import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import type { Config } from '../config/config.js';
import { TheConfig } from '../config/config.module.js';
import { Database, type Tx } from '../database/database.js';
import { GroupCommit, type Outcome, type Turn } from '../database/group-commit.js';
import { droppingAnswers } from '../idempotency/idempotency.store.js';
import { appended, appendingEvents, type LogEvent } from '../live/event-log.js';
import { EventTail } from '../live/event-tail.js';
import { Chance } from '../time/clock.js';
import { mintPassword, mintUsername, sipSeconds } from './credentials.js';
import { LiveSeats } from './live-seats.js';
import { placementEvent } from './placement-events.js';
import { PictureNames } from './picture-names.js';
import type { PlacementRecord } from './placement.record.js';
import { planSeats, type SeatPlan } from './seat-plan.js';
import { isSameRequest, type Seat, type SeatRequest } from './seat-request.js';
import { keepingPicture, later, leavingSeats, movingSeats, type NewSeat, refreshingSeats, type SeatDelta, type SeatTimes, StaleRead, takingSeats, writeAndCommit } from './seat-writer.js';
import { lockPool, readAskers } from './selection-facts.js';

const maxBatch = 256;
/** The first attempt reads without locks; the second holds every media server, so that nothing it read can change. */
const attempts = 2;

/** What a transaction did. */
interface Done {
  readonly outcomes: readonly Outcome<Seat>[];
  readonly events: readonly LogEvent[];
  readonly taken: readonly NewSeat[];
  readonly kept: readonly Pick<NewSeat, 'placement' | 'credentials'>[];
}

/**
 * Gives agents their seats. All requests that wait in this manager share one transaction, which locks the pool row and reads, decides in
 * pure code, and writes; three trips to MySQL from BEGIN to COMMIT: exact across managers, and a crowd costs as much locking as one agent.
 */
@Injectable()
export class SeatSelection {
  readonly #times: SeatTimes;
  readonly #names = new PictureNames();
  readonly #group = new GroupCommit<SeatRequest, Seat>({
    commit: (turn) => this.#commit(turn),
    keyOf: ({ agentId }) => agentId,
    isSame: isSameRequest,
    maxBatch,
    tooLate: (waitedMs) => this.database.refusalAfter(waitedMs),
  });

  constructor(
    private readonly database: Database,
    private readonly chance: Chance,
    private readonly tail: EventTail,
    private readonly liveSeats: LiveSeats,
    @TheConfig() config: Config,
  ) {
    this.#times = { reservationSeconds: config.reservationSeconds, lostGraceSeconds: config.lostGraceSeconds, sipSeconds };
  }

  /**
   * The agent's seat: the one they hold with a fresh password, or a new one on the least utilised media server.
   * @throws Problem AGENT.NOT_FOUND, AGENT.DISABLED, SELECTION.NO_ELIGIBLE_SERVER or SELECTION.POOL_FULL
   */
  seat(request: SeatRequest): Promise<Seat> {
    return this.#group.submit(request);
  }

  async #commit(turn: Turn<SeatRequest>): Promise<readonly Outcome<Seat>[]> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        const { outcomes, events, taken, kept } = await this.database.inTransaction((tx) => this.#decideAndWrite(tx, turn, attempt > 1));
        this.liveSeats.given(events, taken);
        this.liveSeats.renewed(kept);
        this.tail.written(events);
        return outcomes;
      } catch (error) {
        if (!(error instanceof StaleRead) || attempt >= attempts) throw error;
      }
    }
  }

  /** Who is served is settled when the lock is held: until then more may come along. */
  async #decideAndWrite(tx: Tx, turn: Turn<SeatRequest>, held: boolean): Promise<Done> {
    const { pool, servers } = await lockPool(tx, held);
    const batch = turn.take();
    if (batch.length === 0) return { outcomes: [], events: [], taken: [], kept: [] };
    const { askers, now } = await readAskers(tx, batch.map(({ agentId }) => agentId));
    const { plans, picks } = planSeats(batch, askers, servers, pool.policy, () => this.chance.next());

    const pictureId = uuidv7();
    const considered = servers.filter((server) => !server.deleted);
    const ids = considered.map(({ mediaServerId }) => mediaServerId);
    const as = this.#names.same(ids, now);
    const taken: { seat: Seat; plan: Extract<SeatPlan, { kind: 'take' }>; ha1: string }[] = [];
    const kept: { seat: Seat; ha1: string }[] = [];
    const outcomes = plans.map((plan, at): Outcome<Seat> => {
      if (plan.kind === 'refuse') return { refusal: plan.error };
      const known = plan.kind === 'keep' ? plan.seat : newPlacement(batch[at]!.agentId, plan, pool.parking, now, this.#times);
      const credentials = mintPassword(known.sipUsername);
      const placement = plan.kind === 'keep' && known.state === 'reserved' ? { ...known, expiresAt: later(now, this.#times.reservationSeconds) } : known;
      const seat = { placement, password: credentials.password, sipExpiresAt: later(now, sipSeconds), created: plan.kind === 'take' };
      if (plan.kind === 'take') taken.push({ seat, plan, ha1: credentials.ha1 });
      else kept.push({ seat, ha1: credentials.ha1 });
      return { answer: seat };
    });

    const left = taken.flatMap(({ plan }) => (plan.leaves ? [plan.leaves] : []));
    const credentialsOf = ({ seat, ha1 }: { seat: Seat; ha1: string }) => ({ username: seat.placement.sipUsername, password: seat.password, ha1 });
    const news = [
      ...left.map((seat) => placementEvent('released', { ...seat, legUniqueid: null }, 'moved')),
      ...taken.map(({ seat }) => placementEvent('reserved', { ...seat.placement, legUniqueid: null })),
    ];
    const given = taken.map((one) => ({ placement: one.seat.placement, credentials: credentialsOf(one), decision: { ...one.plan.decision, pictureId } }));
    const renewed = kept.map((one) => ({ placement: one.seat.placement, credentials: credentialsOf(one) }));
    // The next turn waits for the lock while this one is written and made durable.
    turn.passOn();
    const results = await writeAndCommit(tx, [
      ...movingSeats(seatDeltas(taken.map(({ seat }) => seat.placement), left)),
      ...leavingSeats(left, now),
      ...refreshingSeats(renewed, now, this.#times),
      ...(taken.length > 0 ? keepingPicture(pictureId, considered, picks, as) : []),
      ...takingSeats(given, now, this.#times),
      ...droppingAnswers(left.map(({ id }) => id)),
      ...appendingEvents(news, now),
    ]);
    if (as === null && taken.length > 0) this.#names.named(pictureId, ids, now);
    return { outcomes, events: appended(news, now, results), taken: given, kept: renewed };
  }
}

function newPlacement(
  agentId: string,
  plan: Extract<SeatPlan, { kind: 'take' }>,
  parking: PlacementRecord['parking'],
  now: Date,
  times: SeatTimes,
): PlacementRecord {
  const username = mintUsername();
  const { server, decision } = plan;
  return {
    id: uuidv7(),
    agentId,
    mediaServerId: server.mediaServerId,
    state: 'reserved',
    sipUsername: username,
    conference: username,
    parking,
    reservedAt: now,
    expiresAt: later(now, times.reservationSeconds),
    connectedAt: null,
    lostAt: null,
    releasedAt: null,
    releaseReason: null,
    policy: decision.policy,
    eligibleCount: decision.eligibleCount,
    serverName: server.name,
    serverHost: server.host,
    serverWebSocketUrl: server.webSocketUrl,
  };
}

function seatDeltas(taken: readonly PlacementRecord[], left: readonly PlacementRecord[]): Map<string, SeatDelta> {
  const deltas = new Map<string, SeatDelta>();
  const of = (id: string): SeatDelta => deltas.get(id) ?? deltas.set(id, { net: 0, gains: false }).get(id)!;
  for (const { mediaServerId } of taken) Object.assign(of(mediaServerId), { net: of(mediaServerId).net + 1, gains: true });
  for (const { mediaServerId } of left) of(mediaServerId).net -= 1;
  return deltas;
}
