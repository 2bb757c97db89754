import { Injectable } from '@nestjs/common';
import { v7 as newId } from 'uuid';
import { Database, rows, type Tx } from '../database/database.js';
import { isDuplicate } from '../database/database-error.js';
import { AgentEntity } from '../database/entities/agent.entity.js';
import { problem } from '../problem/problem.js';
import type { AgentSeatView } from './agent.dto.js';
import type { AgentState, Role, StateSetter } from './agent.words.js';

/** An agent as the room knows them. The password hash goes in, never out. */
export type AgentRecord = Readonly<Omit<AgentEntity, 'passwordHash' | 'deletedAt' | 'createdAt' | 'updatedAt'>>;

/** What may be written. */
export interface AgentChange {
  readonly username?: string;
  readonly displayName?: string;
  readonly role?: Role;
  readonly region?: string | null;
  readonly skills?: string[];
  readonly enabled?: boolean;
  readonly passwordHash?: string;
}

interface SeatRow extends Omit<AgentSeatView, 'mediaServer'> {
  readonly agentId: string;
  readonly serverId: string;
  readonly serverName: string;
  readonly serverHost: string;
}

/** The agents table. */
@Injectable()
export class AgentRepository {
  constructor(private readonly database: Database) {}

  /** Agents in the order they were made. */
  async list(after: string | undefined, limit: number): Promise<AgentRecord[]> {
    const query = this.database.dataSource.manager.createQueryBuilder(AgentEntity, 'agent').where('agent.deletedAt IS NULL').orderBy('agent.id').limit(limit);
    return (after === undefined ? query : query.andWhere('agent.id > :after', { after })).getMany();
  }

  async find(id: string): Promise<AgentRecord | null> {
    return this.#find(this.database.dataSource.manager, id);
  }

  /** The agent, locked until the transaction ends; `deleted` when they were there once. */
  async lock(tx: Tx, id: string): Promise<AgentRecord | 'deleted' | null> {
    const found = await tx.findOne(AgentEntity, { where: { id }, lock: { mode: 'pessimistic_write' } });
    return found !== null && found.deletedAt !== null ? 'deleted' : found;
  }

  /** @throws Problem AGENT.USERNAME_TAKEN */
  async add(tx: Tx, agent: Required<AgentChange>): Promise<AgentRecord> {
    const id = newId();
    await this.#write(() => tx.insert(AgentEntity, { id, state: 'offline', ...agent }));
    return this.#present(tx, id);
  }

  /** @throws Problem AGENT.USERNAME_TAKEN */
  async change(tx: Tx, id: string, changed: AgentChange): Promise<AgentRecord> {
    await this.#write(() => tx.update(AgentEntity, id, { ...changed, updatedAt: () => 'NOW(3)' }));
    return this.#present(tx, id);
  }

  /** `stateSince` moves only when the state does. Leaving a wrap-up, nothing is gone back to by itself any more. */
  async setState(tx: Tx, id: string, state: AgentState, reason: string | null, setBy: StateSetter): Promise<AgentRecord> {
    const kept = state === 'wrap-up' ? '' : ', wrap_up_until = NULL, resume_state = NULL, resume_reason = NULL, resume_set_by = NULL';
    await tx.query(`UPDATE agents SET state_since = IF(state = ?, state_since, NOW(3)), state = ?, state_reason = ?, state_set_by = ?${kept} WHERE id = ?`, [state, state, reason, setBy, id]);
    return this.#present(tx, id);
  }

  async markDeleted(tx: Tx, id: string): Promise<void> {
    await tx.query("UPDATE agents SET deleted_at = NOW(3), enabled = FALSE, state = 'offline', state_since = NOW(3) WHERE id = ?", [id]);
  }

  /** How many enabled administrators there are besides this one; locks them, so that two cannot remove each other. */
  async otherAdmins(tx: Tx, id: string): Promise<number> {
    return (await rows(tx, "SELECT id FROM agents WHERE role = 'admin' AND enabled AND deleted_at IS NULL AND id <> ? FOR UPDATE", [id])).length;
  }

  /** Where these agents sit, by agent. */
  async seats(agentIds: readonly string[]): Promise<Map<string, AgentSeatView>> {
    if (agentIds.length === 0) return new Map();
    const found = await this.database.rows<SeatRow>(
      `SELECT p.id, p.agent_id AS agentId, p.state, p.reserved_at AS reservedAt, p.connected_at AS connectedAt, p.lost_at AS lostAt, p.conference,
         s.id AS serverId, s.name AS serverName, s.host AS serverHost
       FROM placements p JOIN media_servers s ON s.id = p.media_server_id WHERE p.live_agent_id IN (?)`,
      [agentIds],
    );
    return new Map(found.map(({ agentId, serverId, serverName, serverHost, ...seat }) => [agentId, { ...seat, mediaServer: { id: serverId, name: serverName, host: serverHost } }]));
  }

  async #find(tx: Tx, id: string): Promise<AgentRecord | null> {
    const found = await tx.findOneBy(AgentEntity, { id });
    return found === null || found.deletedAt !== null ? null : found;
  }

  async #present(tx: Tx, id: string): Promise<AgentRecord> {
    const found = await this.#find(tx, id);
    if (found === null) throw new Error('The agent vanished inside the transaction.');
    return found;
  }

  async #write(write: () => Promise<unknown>): Promise<void> {
    try {
      await write();
    } catch (error) {
      if (isDuplicate(error, 'agents_live_username')) throw problem('AGENT.USERNAME_TAKEN');
      throw error;
    }
  }
}
