import type { Chance } from '../chance.js';
import type { Pool } from '../pool.js';
import type { Crew, Seat } from './crew.js';
import type { ManagerApi } from './manager-api.js';
import { Trunk } from './trunk.js';

/**
 * `local`: client legs of no call, which no manager is asked for. `dialled`: POST /calls, and the media server dials. `routed`: a number is called,
 * GET /routes.
 */
export const callKinds = ['local', 'dialled', 'routed'] as const;
export type CallKind = (typeof callKinds)[number];

export interface CallersOptions {
  readonly pool: Pool;
  readonly crew: Crew;
  readonly manager: ManagerApi;
  readonly kind: CallKind;
  /** Calls at the same time, at most. */
  readonly atOnce: number;
  /** How long they talk, on average, in milliseconds. */
  readonly talkMs: number;
  /** Between two calls of one caller, on average. */
  readonly pauseMs: number;
  readonly number?: string;
}

const longestCallMs = 120_000;

/** Callers who talk with agents, one call after the other, by chance. */
export class Callers {
  private readonly chance: Chance;
  private readonly trunk: Trunk;
  private readonly busy = new Set<string>();
  private stopped = false;
  private running: Promise<void>[] = [];
  private readonly pauses = new Map<NodeJS.Timeout, () => void>();

  constructor(private readonly options: CallersOptions) {
    this.chance = options.pool.chance.of('callers');
    this.trunk = new Trunk(options.pool, options.manager);
  }

  start(): this {
    this.running = Array.from({ length: this.options.atOnce }, () => this.call());
    return this;
  }

  /** Ends every call and resolves when all have ended. */
  async stop(): Promise<void> {
    this.stopped = true;
    for (const [timer, go] of this.pauses) {
      clearTimeout(timer);
      go();
    }
    this.pauses.clear();
    await Promise.all(this.running);
  }

  private async call(): Promise<void> {
    while (!this.stopped) {
      await this.pause(this.chance.wait(this.options.pauseMs));
      if (this.stopped) return;
      if (this.options.kind === 'routed') {
        await this.route().catch((error: Error) => this.options.crew.figures.refuse(error.message));
        continue;
      }
      const seat = this.free();
      if (seat === undefined || this.stopped) continue;
      this.busy.add(seat.agentId);
      try {
        if (this.options.kind === 'local') await this.talk(seat);
        else await this.dial(seat);
      } catch (error) {
        this.options.crew.figures.refuse(error instanceof Error ? error.message : String(error));
      }
      this.busy.delete(seat.agentId);
    }
  }

  /** Calls the number, and hangs up when she has had enough, wherever she stands then. */
  private async route(): Promise<void> {
    const { crew, talkMs, number = '+15550200' } = this.options;
    const came = await this.trunk.call(number, `+1555${String(this.chance.below(10_000_000)).padStart(7, '0')}`, this.chance.uuid());
    if (typeof came === 'string') return crew.figures.refuse(came);
    await this.pause(this.chance.wait(talkMs));
    came.server.hangUp(came.uniqueid);
    crew.figures.calls += 1;
  }

  private free(): Seat | undefined {
    const seats = this.options.crew.seated;
    const first = this.chance.below(Math.max(1, seats.length));
    for (let n = 0; n < seats.length; n += 1) {
      const seat = seats[(first + n) % seats.length];
      if (seat !== undefined && !this.busy.has(seat.agentId) && seat.server.health === 'up') return seat;
    }
    return undefined;
  }

  private async talk({ server, conference }: Seat): Promise<void> {
    const client = server.arrive({ place: { conference } });
    await this.pause(this.chance.wait(this.options.talkMs));
    server.hangUp(client);
    this.options.crew.figures.calls += 1;
  }

  private async dial({ server, agentId }: Seat): Promise<void> {
    const { manager, number = '+15550101' } = this.options;
    const answer = await manager.call<{ id: string; code?: string }>('POST', '/calls', { body: { agentId, to: number } });
    if (answer.status !== 202) return this.options.crew.figures.refuse(`${answer.status} ${answer.body.code ?? ''}`);
    const { id } = answer.body;
    await new Promise<void>((resolve) => {
      const end = server.onEnd((uniqueid) => uniqueid === id && done());
      const timer = setTimeout(() => done(), longestCallMs);
      const done = (): void => {
        clearTimeout(timer);
        end();
        resolve();
      };
      this.pauses.set(
        setTimeout(() => server.hangUp(id), this.chance.wait(this.options.talkMs)),
        () => {
          if (!server.hangUp(id)) done();
        },
      );
    });
    this.options.crew.figures.calls += 1;
    // Without wrap-up: she takes the next one.
    await manager.call('PUT', `/agents/${agentId}/state`, { body: { state: 'ready' } });
  }

  private pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        this.pauses.delete(timer);
        resolve();
      }, ms);
      this.pauses.set(timer, resolve);
    });
  }
}
