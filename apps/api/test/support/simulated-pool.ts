import { compare, type Comparison, Crew, enrol, ManagerApi, Pool, type PoolOptions } from '@nailup/pool-simulator';
import { type FreshDatabase, freshDatabase } from './database.js';
import { runCli, type RunningManager, startManager } from './manager.js';
import { addAgents, addApiKey } from './pool.js';
import { until } from './until.js';

/** A pool of simulated media servers, a manager that knows them, and agents. */
export class SimulatedWorld {
  private constructor(
    readonly database: FreshDatabase,
    readonly pool: Pool,
    readonly manager: RunningManager,
    readonly api: ManagerApi,
    readonly crew: Crew,
  ) {}

  static async create({ agents, env = {}, ...pool }: PoolOptions & { agents: number; env?: Readonly<Record<string, string>> }): Promise<SimulatedWorld> {
    const database = await freshDatabase();
    const servers = await Pool.open(pool);
    const manager = await startManager({ databaseUrl: database.url, env });
    const { token } = await runCli<{ token: string }>({ databaseUrl: database.url }, 'enrolment-token', '--uses', String(pool.servers));
    const apiKey = await addApiKey(database, ['placements:write', 'media-servers:read', 'calls:write', 'routes:read', 'agents:write']);
    const api = new ManagerApi({ managers: [manager.url], apiKey });
    await enrol(servers, api, token);
    const world = new SimulatedWorld(
      database,
      servers,
      manager,
      api,
      new Crew({ pool: servers, manager: api, agents: await addAgents(database, agents), reconnectWithinMs: 100 }),
    );
    await world.until('all servers are healthy', ({ healthy }) => healthy === pool.servers, 30_000);
    return world;
  }

  compare(): Promise<Comparison> {
    return compare(this.pool, this.api);
  }

  /** Waits until what the manager counts is what the servers say themselves. */
  async untilCountsAgree(patienceMs = 10_000): Promise<void> {
    await this.until('the counts of the manager are those of the servers', ({ divergences }) => divergences.length === 0, patienceMs);
  }

  async until(what: string, fact: (now: Comparison) => boolean, patienceMs = 10_000): Promise<void> {
    let now: Comparison | undefined;
    await until(what, async () => fact((now = await this.compare())), patienceMs).catch((error: Error) => {
      throw new Error(`${error.message} ${JSON.stringify(now)}`);
    });
  }

  async stop(): Promise<void> {
    this.crew.stop();
    this.api.close();
    await this.manager.stop();
    await this.pool.close();
    await this.database.drop();
  }
}
