import { Injectable } from '@nestjs/common';
import { holdsSeat, simulate } from '@nailup/domain';
import type { Config } from '../config/config.js';
import { TheConfig } from '../config/config.module.js';
import { afterId, defaultLimit, toPage } from '../http/page.js';
import type { Caller } from '../identity/caller.js';
import { invalid, problem } from '../problem/problem.js';
import { Chance, Clock } from '../time/clock.js';
import { considered } from './decision-record.js';
import { Heartbeats } from './heartbeats.js';
import { type IceServer, iceServersFor } from './ice-servers.js';
import type { FailureReport, PlacementQuery, PlaceRequest, SimulateRequest } from './placement.dto.js';
import type { PlacementRecord } from './placement.record.js';
import { PlacementRepository } from './placement.repository.js';
import { type DecisionView, type HeartbeatView, type PlacementPageView, type PlacementView, type SimulationView, toPlacementView, toSeatView } from './placement.view.js';
import { SeatSelection } from './seat-selection.js';

/** What people, browsers and integrators may ask of placements. */
@Injectable()
export class PlacementsService {
  constructor(
    private readonly placements: PlacementRepository,
    private readonly selection: SeatSelection,
    private readonly heartbeats: Heartbeats,
    private readonly chance: Chance,
    private readonly clock: Clock,
    @TheConfig() private readonly config: Config,
  ) {}

  /** A seat for an agent. @throws Problem AGENT.NOT_FOUND, AGENT.DISABLED, SELECTION.*, AUTH.FORBIDDEN */
  async place(caller: Caller, request: PlaceRequest): Promise<{ created: boolean; view: PlacementView }> {
    const agentId = whoseSeat(caller, request.agentId);
    const exclude = [...new Set(request.exclude ?? [])].map((id) => id.toLowerCase()).sort();
    const seat = await this.selection.seat({ agentId, region: request.region ?? null, exclude });
    return { created: seat.created, view: toSeatView(seat, this.#iceServers(agentId)) };
  }

  async list(caller: Caller, query: PlacementQuery): Promise<PlacementPageView> {
    const after = afterId(query.cursor);
    const limit = query.limit ?? defaultLimit;
    if (caller.role === 'agent' && query.agentId !== undefined && query.agentId.toLowerCase() !== caller.agentId) return { items: [], nextCursor: null };
    const agentId = caller.role === 'agent' ? caller.agentId : query.agentId?.toLowerCase();
    const found = await this.placements.list({ state: query.state, agentId, mediaServerId: query.mediaServerId?.toLowerCase() }, limit, after);
    return toPage(found, limit, (record) => this.#view(record));
  }

  async get(caller: Caller, id: string): Promise<PlacementView> {
    return this.#view(await this.#seen(caller, id));
  }

  /** Which media servers were considered for it, and why the others were not taken. */
  async decision(caller: Caller, id: string): Promise<DecisionView> {
    await this.#seen(caller, id);
    const found = await this.placements.decision(id);
    if (!found) throw problem('PLACEMENT.NOT_FOUND');
    const { record, picture } = found;
    return { policy: record.policy, chosen: record.chosen, eligibleCount: record.eligibleCount, considered: picture ? considered(record, picture) : [] };
  }

  /** Gives the seat up; again and again is as good as once. */
  async release(caller: Caller, id: string): Promise<void> {
    await this.placements.end(await this.#owned(caller, id), 'given-up');
  }

  /** @throws Problem PLACEMENT.ENDED when there is no seat any more to be kept alive */
  async heartbeat(caller: Caller, id: string): Promise<HeartbeatView> {
    const owner = caller.role === 'agent' || caller.role === 'supervisor' ? caller.agentId : null;
    const state = await this.heartbeats.beat(id, owner);
    if (state === null) throw problem('PLACEMENT.NOT_FOUND');
    if (!holdsSeat(state)) throw problem('PLACEMENT.ENDED', { detail: `It is ${state}.` });
    return { id, state };
  }

  /** The browser got no audio there: the seat is given up, and the media server stays away from this agent for a minute. */
  async fail(caller: Caller, id: string, { stage, reason }: FailureReport): Promise<PlacementView> {
    const record = await this.#owned(caller, id);
    if (!holdsSeat(record.state) || !(await this.placements.failed(record, stage, reason))) {
      throw problem('PLACEMENT.ENDED', { detail: 'It had ended before the failure was reported.' });
    }
    return this.get(caller, id);
  }

  async simulate({ count, region }: SimulateRequest): Promise<SimulationView> {
    const { policy, servers } = await this.placements.pool();
    return simulate(servers, count, region ?? null, policy, () => this.chance.next());
  }

  /** Agents see their own placements; somebody else's do not exist for them. */
  async #seen(caller: Caller, id: string): Promise<PlacementRecord> {
    const record = await this.placements.find(id);
    if (!record || (caller.role === 'agent' && record.agentId !== caller.agentId)) throw problem('PLACEMENT.NOT_FOUND');
    return record;
  }

  /** A supervisor reads every placement and changes their own only. */
  async #owned(caller: Caller, id: string): Promise<PlacementRecord> {
    const record = await this.#seen(caller, id);
    if (caller.role === 'supervisor' && record.agentId !== caller.agentId) throw problem('AUTH.FORBIDDEN', { detail: 'Supervisors change no placement but their own.' });
    return record;
  }

  #view(record: PlacementRecord): PlacementView {
    return toPlacementView(record, this.#iceServers(record.agentId));
  }

  #iceServers(agentId: string): IceServer[] {
    return iceServersFor(agentId, this.clock.now(), this.config);
  }
}

function whoseSeat(caller: Caller, asked: string | undefined): string {
  const agentId = asked?.toLowerCase() ?? caller.agentId;
  if (agentId === null) throw invalid([{ pointer: '/agentId', message: 'is needed: an API key has no seat of its own' }]);
  if (agentId === caller.agentId || caller.role === 'admin' || caller.role === 'integrator') return agentId;
  if (caller.role === 'supervisor') throw problem('AUTH.FORBIDDEN', { detail: 'Supervisors ask for no seat but their own.' });
  throw problem('AGENT.NOT_FOUND');
}
