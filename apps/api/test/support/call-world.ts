import { randomUUID } from 'node:crypto';
import type { FakeAmiServer } from '@nailup/ami/testing';
import type { CallView } from '../../src/calls/call.view.js';
import type { PlacementView } from '../../src/selection/placement.view.js';
import { type Answer, call } from './api.js';
import type { FreshDatabase } from './database.js';
import type { FakeMediaServer } from './fake-media-servers.js';
import { IngestWorld } from './ingest-world.js';
import type { RunningManager } from './manager.js';
import { addAgent, addApiKey, tokenFor } from './pool.js';
import type { Refusal } from './selection-world.js';
import { until } from './until.js';

export const proxySecret = 'a-secret-that-the-proxy-has-as-well';

/** An agent who sits with audio, and may call. */
export interface SeatedAgent {
  readonly id: string;
  readonly token: string;
  readonly seat: PlacementView;
  readonly server: FakeMediaServer;
  readonly asterisk: FakeAmiServer;
}

export interface CallRow {
  readonly state: string;
  readonly end_reason: string | null;
  readonly hangup_cause: number | null;
  readonly agent_id: string | null;
  readonly media_server_id: string | null;
  readonly leg_uniqueid: string | null;
  readonly far_uniqueid: string | null;
  readonly answered_at: Date | null;
  readonly ended_at: Date | null;
}

/** Managers, media servers and agents of a test about calls. */
export class CallWorld {
  private constructor(
    readonly ingest: IngestWorld,
    readonly manager: RunningManager,
    readonly key: string,
  ) {}

  static readonly env = { PROXY_SECRET: proxySecret };

  /** One manager and one media server, healthy; the demo numbers may be called. */
  static async create(env: Readonly<Record<string, string>> = {}): Promise<CallWorld> {
    const ingest = await IngestWorld.create();
    const server = await ingest.mediaServer('ms1');
    const key = await addApiKey(ingest.database, ['calls:write', 'calls:read', 'placements:write']);
    const manager = await ingest.manager({ ...CallWorld.env, ...env });
    await ingest.health(server, 'healthy');
    const world = new CallWorld(ingest, manager, key);
    await world.settings({ dialling: { enabled: true, countries: ['US'], alsoAllowed: ['+155501'], emergency: false, callsPerMinute: 1_000, callerId: '+15550199' }, wrapUpSeconds: 0 });
    return world;
  }

  get database(): FreshDatabase {
    return this.ingest.database;
  }

  /** Writes settings of the pool past the API. */
  async settings(changed: Readonly<Record<string, unknown>>): Promise<void> {
    await this.database.query('UPDATE pool SET settings = JSON_MERGE_PATCH(settings, ?)', [JSON.stringify(changed)]);
  }

  async seatedAgent(manager = this.manager): Promise<SeatedAgent> {
    const id = await addAgent(this.database);
    const answer = await call<PlacementView>(manager, 'POST', '/api/v1/placements', { token: this.key, body: { agentId: id } });
    if (answer.status !== 201) throw new Error(`No seat: ${JSON.stringify(answer.body)}`);
    const seat = answer.body;
    const server = this.ingest.at(seat);
    server.asterisk.join(seat.conference);
    await this.ingest.stateOf(seat, 'connected');
    return { id, token: tokenFor(id), seat, server, asterisk: server.asterisk };
  }

  post<T = CallView & Refusal>(token: string, path = '', body: unknown = undefined, manager = this.manager): Promise<Answer<T>> {
    return call<T>(manager, 'POST', `/api/v1/calls${path}`, { token, ...(body === undefined ? {} : { body }) });
  }

  get<T = CallView & Refusal>(token: string, path: string): Promise<Answer<T>> {
    return call<T>(this.manager, 'GET', `/api/v1/calls${path}`, { token });
  }

  /** A call whose channel stands on the media server and waits for the test to play the far end. */
  async dialled({ token, asterisk }: SeatedAgent, to = '+15550101', manager = this.manager): Promise<CallView> {
    const answer = await this.post(token, '', { to }, manager);
    if (answer.status !== 202) throw new Error(`Not placed: ${JSON.stringify(answer.body)}`);
    await asterisk.until(() => asterisk.model.find(answer.body.id) !== undefined);
    return answer.body;
  }

  /** A call both sides are in. */
  async talking(agent: SeatedAgent): Promise<CallView> {
    const placed = await this.dialled(agent);
    agent.asterisk.farEnd.answer(placed.id);
    await this.is(placed.id, 'answered');
    return placed;
  }

  /** An inbound call as routing would write it, with its leg waiting in the queue. */
  async waiting(id: string, { server, asterisk }: Pick<SeatedAgent, 'server' | 'asterisk'>, queueId: string): Promise<void> {
    await this.#queue(queueId);
    await this.database.query(
      `INSERT INTO calls (id, direction, state, media_server_id, queue_id, from_number, to_number, started_at, due_at)
       VALUES (?, 'inbound', 'queued', ?, ?, '+15550142', '+15550200', NOW(3), NOW(3) + INTERVAL 10 SECOND)`,
      [id, server.id, queueId],
    );
    asterisk.farEnd.arrive({ callId: id, place: 'queue' });
    await until('the waiting leg is seen', async () => (await this.row(id)).leg_uniqueid !== null);
  }

  /** A caller who was offered to an agent, as routing would write it; the leg is on its way to her conference. */
  async offered(id: string, { id: agentId, seat, server }: SeatedAgent, queueId: string | null): Promise<void> {
    if (queueId !== null) await this.#queue(queueId);
    await this.database.query("UPDATE agents SET resume_state = state, state = 'on-call', state_since = NOW(3) WHERE id = ?", [agentId]);
    await this.database.query(
      `INSERT INTO calls (id, direction, state, agent_id, placement_id, conference, media_server_id, queue_id, from_number, to_number, started_at, offered_at, ringing_at, due_at)
       VALUES (?, 'inbound', 'ringing', ?, ?, ?, ?, ?, '+15550142', '+15550200', NOW(3), NOW(3), NOW(3), NOW(3) + INTERVAL 10 SECOND)`,
      [id, agentId, seat.id, seat.conference, server.id, queueId],
    );
  }

  /** A caller of a queue who talks with an agent. Answers the uniqueid of the leg. */
  async talkingCaller(id: string, agent: SeatedAgent, queueId: string | null = randomUUID()): Promise<string> {
    await this.offered(id, agent, queueId);
    const uniqueid = agent.asterisk.farEnd.arrive({ callId: id, place: { conference: agent.seat.conference } });
    await this.is(id, 'answered');
    return uniqueid;
  }

  /** A queue nobody here has the skill for: its callers wait until the test moves them, and no dispatcher does. */
  async #queue(id: string): Promise<void> {
    await this.database.query('INSERT IGNORE INTO queues (id, name, skills) VALUES (?, ?, \'["unheard-of"]\')', [id, id]);
  }

  /** What was to be done by now runs out. */
  async runsOut(id: string): Promise<void> {
    await this.database.query('UPDATE calls SET due_at = NOW(3) - INTERVAL 1 SECOND WHERE id = ?', [id]);
  }

  /** The agent of a seat does not come back: her leg ends, and so does the grace. */
  async vanishes({ seat, asterisk }: SeatedAgent): Promise<void> {
    asterisk.hangup(asterisk.members(seat.conference).find(({ channel }) => channel.includes(seat.conference))?.uniqueid ?? '');
    await this.ingest.stateOf(seat, 'lost');
    await this.database.query('UPDATE placements SET lost_until = NOW(3) WHERE id = ?', [seat.id]);
    await this.ingest.stateOf(seat, 'released');
  }

  async row(id: string): Promise<CallRow> {
    const [row] = await this.database.query<CallRow>('SELECT * FROM calls WHERE id = ?', [id]);
    if (!row) throw new Error(`There is no call ${id}`);
    return row;
  }

  is(id: string, state: string, patienceMs = 5_000): Promise<void> {
    return until(`the call is ${state}`, async () => (await this.row(id)).state === state, patienceMs);
  }

  async agentState(id: string): Promise<{ state: string; reason: string | null; wrapUpUntil: Date | null }> {
    const [row] = await this.database.query<{ state: string; reason: string | null; wrapUpUntil: Date | null }>('SELECT state, state_reason AS reason, wrap_up_until AS wrapUpUntil FROM agents WHERE id = ?', [id]);
    if (!row) throw new Error('The agent is gone');
    return row;
  }

  agentIs(id: string, state: string, patienceMs = 5_000): Promise<void> {
    return until(`the agent is ${state}`, async () => (await this.agentState(id)).state === state, patienceMs);
  }

  /** The events of a call in the log, in their order. */
  async told(id: string): Promise<{ type: string; agentId: string | null; data: Record<string, unknown> }[]> {
    return this.database.query('SELECT type, agent_id AS agentId, data FROM event_log WHERE subject = ? ORDER BY seq', [id]);
  }

  async types(id: string): Promise<string[]> {
    return (await this.told(id)).map(({ type }) => type);
  }

  stop(): Promise<void> {
    return this.ingest.stop();
  }
}

/** The Originates of client legs a media server was asked for, whoever asked; also of sessions that ended. */
export function dials(asterisk: FakeAmiServer): string[] {
  return asterisk.dialled.map((message) => message.get('ChannelId') ?? '');
}
