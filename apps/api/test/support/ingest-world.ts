import type { PlacementView } from '../../src/selection/placement.view.js';
import { call } from './api.js';
import { type FreshDatabase, freshDatabase } from './database.js';
import { addFakeMediaServer, type FakeMediaServer, serverRow } from './fake-media-servers.js';
import { type RunningManager, startManager } from './manager.js';
import { addAgent, addApiKey } from './pool.js';
import { until } from './until.js';

/** Managers and media servers of one test, and the words it speaks with. */
export class IngestWorld {
  readonly servers: FakeMediaServer[] = [];
  private readonly managers: RunningManager[] = [];

  private constructor(
    readonly database: FreshDatabase,
    private readonly key: string,
  ) {}

  static async create(): Promise<IngestWorld> {
    const database = await freshDatabase();
    return new IngestWorld(database, await addApiKey(database, ['placements:write']));
  }

  async manager(env: Readonly<Record<string, string>> = {}): Promise<RunningManager> {
    const manager = await startManager({ databaseUrl: this.database.url, env: { RECONCILE_SECONDS: '60', ...env } });
    this.managers.push(manager);
    return manager;
  }

  async mediaServer(name: string, withSip = false): Promise<FakeMediaServer> {
    const server = await addFakeMediaServer(this.database, name, withSip);
    this.servers.push(server);
    return server;
  }

  /** A seat for a new agent. */
  async place(manager: RunningManager): Promise<PlacementView> {
    const agentId = await addAgent(this.database);
    const answer = await call<PlacementView>(manager, 'POST', '/api/v1/placements', { token: this.key, body: { agentId } });
    if (answer.status !== 201) throw new Error(`No seat: ${JSON.stringify(answer.body)}`);
    return answer.body;
  }

  /** A seat whose agent has joined, and is counted. */
  async seat(manager: RunningManager): Promise<PlacementView> {
    const placement = await this.place(manager);
    this.at(placement).asterisk.join(placement.conference);
    await this.stateOf(placement, 'connected');
    return placement;
  }

  async giveUp(manager: RunningManager, placement: PlacementView): Promise<void> {
    await call(manager, 'DELETE', `/api/v1/placements/${placement.id}`, { token: this.key });
  }

  async heartbeat(manager: RunningManager, placement: PlacementView): Promise<void> {
    await call(manager, 'POST', `/api/v1/placements/${placement.id}/heartbeat`, { token: this.key });
  }

  /** The media server a seat is on. */
  at({ mediaServer }: PlacementView): FakeMediaServer {
    const server = this.servers.find(({ id }) => id === mediaServer.id);
    if (!server) throw new Error(`Nobody plays ${mediaServer.name}`);
    return server;
  }

  async read(placement: PlacementView): Promise<{ state: string; reason: string | null; clientLegs: number }> {
    const [row] = await this.database.query<{ state: string; reason: string | null; clientLegs: number }>(
      'SELECT state, release_reason AS reason, client_legs AS clientLegs FROM placements WHERE id = ?',
      [placement.id],
    );
    if (!row) throw new Error('The placement is gone');
    return row;
  }

  stateOf(placement: PlacementView, state: string, patienceMs = 5_000): Promise<void> {
    return until(`the placement is ${state}`, async () => (await this.read(placement)).state === state, patienceMs);
  }

  /** Patient by default: a busy machine starts a manager slowly. Where the time is what is promised, the test says so. */
  health(server: FakeMediaServer, health: string, patienceMs = 20_000): Promise<void> {
    return until(`${server.name} is ${health}`, async () => (await serverRow(this.database, server.id)).health === health, patienceMs);
  }

  /** Names of the actions a media server has been asked for, over all sessions there are. */
  asked({ asterisk }: FakeMediaServer): string[] {
    return asterisk.sessions.flatMap(({ received }) => received.map((action) => action.get('Action') ?? ''));
  }

  async stop(): Promise<void> {
    for (const { asterisk } of this.servers) asterisk.resume();
    await Promise.all(this.managers.map((manager) => manager.stop()));
    await Promise.all(this.servers.map(({ asterisk, sip }) => Promise.all([asterisk.stop(), sip?.stop()])));
    await this.database.drop();
  }
}
