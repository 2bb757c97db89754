import type { Parking } from '../asterisk/channel.js';
import type { Chance } from '../chance.js';
import type { Pool } from '../pool.js';
import type { SimulatedServer } from '../server.js';
import { machineTime, type Time } from '../time.js';
import { inTurns } from './enrol.js';
import { Figures } from './figures.js';
import type { ManagerApi } from './manager-api.js';

export interface CrewOptions {
  readonly pool: Pool;
  readonly manager: ManagerApi;
  /** Ids of the agents in the pool of the managers. */
  readonly agents: readonly string[];
  /** Who loses her leg asks for a seat again within this long, as a browser does; never when null. */
  readonly reconnectWithinMs?: number | null;
  readonly time?: Time;
}

/** What of a placement matters here. */
interface Placement {
  readonly id: string;
  readonly conference: string;
  readonly parking: Parking;
  readonly mediaServer: { readonly id: string };
}

/** Where an agent sits. */
export interface Seat {
  readonly agentId: string;
  readonly placementId: string;
  readonly server: SimulatedServer;
  readonly conference: string;
  readonly leg: string;
}

const retryMs = 1_000;
/** How long a browser waits for a media server that does not answer. */
const connectMs = 1_000;

/** Agents who take seats and keep them: each asks a manager, and her leg joins where she is sent. */
export class Crew {
  readonly figures = new Figures();
  /** By agent. */
  private readonly seats = new Map<string, Seat>();
  /** Agent by the leg of hers: `<server>/<uniqueid>`. */
  private readonly legs = new Map<string, string>();
  private readonly asking = new Set<string>();
  private readonly chance: Chance;
  private readonly time: Time;
  private stopped = false;
  private readonly ends: (() => void)[];

  constructor(private readonly options: CrewOptions) {
    this.chance = options.pool.chance.of('crew');
    this.time = options.time ?? machineTime;
    this.ends = options.pool.servers.map((server) => server.onEnd((uniqueid) => this.ended(server, uniqueid)));
  }

  get seated(): readonly Seat[] {
    return [...this.seats.values()];
  }

  /**
   * Everybody takes a seat; resolves when all have one, or after `patienceMs`.
   * @param withinMs they come spread over this long, by chance
   * @param atOnce of them ask at the same time at most
   * @returns how many sit
   */
  async seatAll({ withinMs = 0, atOnce = 256, patienceMs = Infinity }: { withinMs?: number; atOnce?: number; patienceMs?: number } = {}): Promise<number> {
    const began = performance.now();
    const coming = this.options.agents.map((agentId) => ({ agentId, atMs: this.chance.between(0, withinMs) })).sort((one, other) => one.atMs - other.atMs);
    await inTurns(coming, atOnce, async ({ agentId, atMs }) => {
      await this.pause(began + atMs - performance.now());
      while (!this.stopped && !this.seats.has(agentId) && performance.now() - began < patienceMs) await this.ask(agentId);
    });
    return this.seats.size;
  }

  /** Her leg ends by her own hand, and her placement is given up. */
  async leave(agentId: string): Promise<void> {
    const seat = this.seats.get(agentId);
    if (seat === undefined) return;
    this.forget(seat);
    seat.server.hangUp(seat.leg);
    await this.options.manager.call('DELETE', `/placements/${seat.placementId}`);
  }

  /** A new leg of the same seat, as of a page that is loaded again. */
  async reload(agentId: string): Promise<void> {
    const seat = this.seats.get(agentId);
    if (seat !== undefined) this.forget(seat);
    await this.ask(agentId);
  }

  /** Nobody asks for a seat any more; who sits stays. */
  stop(): void {
    this.stopped = true;
    for (const end of this.ends.splice(0)) end();
  }

  /** Asks once. A refusal waits as long as it says. */
  private async ask(agentId: string, exclude: readonly string[] = []): Promise<void> {
    if (this.asking.has(agentId)) return this.pause(retryMs);
    this.asking.add(agentId);
    const began = performance.now();
    try {
      const answer = await this.options.manager.call<Placement & { code?: string }>('POST', '/placements', {
        body: exclude.length === 0 ? { agentId } : { agentId, exclude },
      });
      if (answer.status === 201 || answer.status === 200) return await this.take(agentId, answer.body, began);
      this.figures.refuse(`${answer.status} ${answer.body.code ?? ''}`);
      await this.pause((answer.retryAfter ?? 1) * retryMs * this.chance.between(0.5, 1.5));
    } catch (error) {
      this.figures.refuse(error instanceof Error ? error.message : String(error));
      await this.pause(retryMs * this.chance.between(0.5, 1.5));
    } finally {
      this.asking.delete(agentId);
    }
  }

  /** Her browser goes where the placement says. */
  private async take(agentId: string, { id, conference, parking, mediaServer }: Placement, began: number): Promise<void> {
    const server = this.options.pool.server(mediaServer.id);
    if (server.health === 'hung') await this.pause(connectMs);
    if (server.health === 'dead' || server.health === 'hung') return this.figures.refuse(`${server.health} media server`);
    const before = this.seats.get(agentId);
    if (before !== undefined) this.forget(before);
    const leg = server.sit(conference, { parking });
    this.seats.set(agentId, { agentId, placementId: id, server, conference, leg });
    this.legs.set(`${server.name}/${leg}`, agentId);
    this.figures.seated += 1;
    this.figures.toSeat.add(performance.now() - began);
  }

  /** A leg has ended that she had not given up. */
  private ended(server: SimulatedServer, uniqueid: string): void {
    const agentId = this.legs.get(`${server.name}/${uniqueid}`);
    const seat = agentId === undefined ? undefined : this.seats.get(agentId);
    if (agentId === undefined || seat?.leg !== uniqueid) return;
    this.forget(seat);
    this.figures.lost += 1;
    const { reconnectWithinMs = 2_000 } = this.options;
    if (reconnectWithinMs !== null) this.time.after(this.chance.between(0, reconnectWithinMs), () => void this.comeBack(agentId));
  }

  private async comeBack(agentId: string): Promise<void> {
    while (!this.stopped && !this.seats.has(agentId)) await this.ask(agentId);
  }

  private forget({ agentId, server, leg }: Seat): void {
    this.seats.delete(agentId);
    this.legs.delete(`${server.name}/${leg}`);
  }

  private pause(ms: number): Promise<void> {
    return ms <= 0 ? Promise.resolve() : new Promise((resolve) => void setTimeout(resolve, ms));
  }
}
