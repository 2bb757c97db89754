import { Injectable } from '@nestjs/common';
import { Database, type Tx } from '../database/database.js';
import { afterId, defaultLimit, type Page, type PageQuery, toPage } from '../http/page.js';
import { Authenticator } from '../identity/authenticator.js';
import { type Caller, isPrivileged } from '../identity/caller.js';
import { LoginThrottle } from '../identity/login-throttle.js';
import { PasswordHasher } from '../identity/password-hasher.js';
import { SessionRepository } from '../identity/session.repository.js';
import { appendEvents } from '../live/event-log.js';
import { problem } from '../problem/problem.js';
import { Seats } from '../seats/seats.module.js';
import { stateEvent } from './agent-events.js';
import type { AgentSeatView, AgentView, ChangeAgentBody, CreateAgentBody, SetStateBody } from './agent.dto.js';
import { type AgentRecord, AgentRepository } from './agent.repository.js';
import type { Role, StateSetter } from './agent.words.js';

/** Who works here, and what they say they are doing. */
@Injectable()
export class AgentsService {
  constructor(
    private readonly database: Database,
    private readonly agents: AgentRepository,
    private readonly hasher: PasswordHasher,
    private readonly sessions: SessionRepository,
    private readonly throttle: LoginThrottle,
    private readonly authenticator: Authenticator,
    private readonly seats: Seats,
  ) {}

  async list({ limit = defaultLimit, cursor }: PageQuery): Promise<Page<AgentView>> {
    const found = await this.agents.list(afterId(cursor), limit + 1);
    const seats = await this.agents.seats(found.map((agent) => agent.id));
    return toPage(found, limit, (agent) => toView(agent, seats.get(agent.id)));
  }

  /** @throws Problem AGENT.NOT_FOUND, also when an agent asks for a colleague */
  async get(caller: Caller, id: string): Promise<AgentView> {
    const agent = mayTouch(caller, id) ? await this.agents.find(id) : null;
    if (agent === null) throw problem('AGENT.NOT_FOUND');
    return this.#view(agent);
  }

  async create(caller: Caller, body: CreateAgentBody): Promise<AgentView> {
    const role = body.role ?? 'agent';
    keysManageAgentsOnly(caller, role);
    const passwordHash = await this.hasher.hash(body.password);
    const agent = await this.database.inTransaction(async (tx) => {
      const added = await this.agents.add(tx, {
        username: body.username, displayName: body.displayName, role, region: body.region ?? null, skills: body.skills ?? [], enabled: body.enabled ?? true, passwordHash,
      });
      await appendEvents(tx, [stateEvent(added)]);
      return added;
    });
    return this.#view(agent);
  }

  /** Disabling ends the seat and every session; a new password ends every session. */
  async change(caller: Caller, id: string, { password, ...body }: ChangeAgentBody): Promise<AgentView> {
    const passwordHash = password === undefined ? undefined : await this.hasher.hash(password);
    const agent = await this.database.inTransaction(async (tx) => {
      const before = await this.#locked(tx, id);
      keysManageAgentsOnly(caller, before.role, body.role ?? before.role);
      if (before.role === 'admin' && (body.enabled === false || (body.role !== undefined && body.role !== 'admin'))) await this.#keepAnAdmin(tx, id);
      let after = await this.agents.change(tx, id, { ...body, ...(passwordHash === undefined ? {} : { passwordHash }) });
      if (body.enabled === false && before.state !== 'offline') after = await this.agents.setState(tx, id, 'offline', null, setterOf(caller, id));
      await appendEvents(tx, [stateEvent(after)]);
      return after;
    });
    if (passwordHash !== undefined) await this.throttle.forgive(agent.username);
    if (passwordHash !== undefined || !agent.enabled) await this.sessions.endAll(id);
    if (!agent.enabled) await this.seats.endOfAgent(id, 'agent_disabled');
    this.authenticator.forgetAccount(id);
    return this.#view(agent);
  }

  /** @throws Problem AGENT.NOT_FOUND when there never was such an agent; one who was deleted may be deleted again */
  async remove(caller: Caller, id: string): Promise<void> {
    await this.database.inTransaction(async (tx) => {
      const agent = await this.agents.lock(tx, id);
      if (agent === null) throw problem('AGENT.NOT_FOUND');
      if (agent === 'deleted') return;
      keysManageAgentsOnly(caller, agent.role);
      if (agent.role === 'admin') await this.#keepAnAdmin(tx, id);
      await this.agents.markDeleted(tx, id);
      await appendEvents(tx, [stateEvent({ ...agent, state: 'offline', stateReason: null, stateSetBy: setterOf(caller, id), wrapUpUntil: null, enabled: false }, true)]);
    });
    await this.sessions.endAll(id);
    await this.seats.endOfAgent(id, 'agent_deleted');
    this.authenticator.forgetAccount(id);
  }

  async setState(caller: Caller, id: string, body: SetStateBody): Promise<AgentView> {
    if (!mayTouch(caller, id)) throw problem('AGENT.NOT_FOUND');
    const agent = await this.database.inTransaction(async (tx) => {
      const before = await this.#locked(tx, id);
      if (!before.enabled) throw problem('AGENT.DISABLED');
      if (before.state === 'on-call') throw problem('AGENT.ON_CALL', { detail: 'The call ends this state.' });
      const after = await this.agents.setState(tx, id, body.state, body.reason ?? null, setterOf(caller, id));
      if (after.state !== before.state || after.stateReason !== before.stateReason || after.stateSetBy !== before.stateSetBy) await appendEvents(tx, [stateEvent(after)]);
      return after;
    });
    return this.#view(agent);
  }

  async #locked(tx: Tx, id: string): Promise<AgentRecord> {
    const agent = await this.agents.lock(tx, id);
    if (agent === null || agent === 'deleted') throw problem('AGENT.NOT_FOUND');
    return agent;
  }

  async #keepAnAdmin(tx: Tx, id: string): Promise<void> {
    if ((await this.agents.otherAdmins(tx, id)) === 0) throw problem('AGENT.LAST_ADMIN');
  }

  async #view(agent: AgentRecord): Promise<AgentView> {
    return toView(agent, (await this.agents.seats([agent.id])).get(agent.id));
  }
}

function setterOf(caller: Caller, agentId: string): StateSetter {
  if (caller.kind === 'api-key') return 'integrator';
  return caller.agentId === agentId ? 'self' : 'supervisor';
}

/** Agents know of themselves only. */
function mayTouch(caller: Caller, agentId: string): boolean {
  return isPrivileged(caller) || caller.agentId === agentId;
}

/** An API key that may write agents must not be a way to become an administrator. */
function keysManageAgentsOnly(caller: Caller, ...rolesTouched: Role[]): void {
  if (caller.kind === 'api-key' && rolesTouched.some((role) => role !== 'agent')) throw problem('AUTH.FORBIDDEN', { detail: 'API keys manage agents, not supervisors and administrators.' });
}

function toView({ id, username, displayName, role, region, skills, enabled, state, stateReason, stateSince, stateSetBy, wrapUpUntil }: AgentRecord, placement: AgentSeatView | undefined): AgentView {
  return { id, username, displayName, role, region, skills, enabled, state, stateReason, stateSince, stateSetBy, wrapUpUntil, placement: placement ?? null };
}
