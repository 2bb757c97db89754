import { Column, Entity } from 'typeorm';
import type { Role } from '../../identity/roles.js';
import { IdColumn, MomentColumn } from '../columns.js';

export type AgentState = 'offline' | 'ready' | 'paused' | 'wrap-up' | 'on-call';
export type StateSetter = 'self' | 'supervisor' | 'integrator' | 'system';

/** A person who signs in. The user name is unique while the agent is not deleted (generated column live_username). */
@Entity('agents')
export class AgentEntity {
  @IdColumn() id!: string;
  @Column({ type: 'varchar', length: 64 }) username!: string;
  @Column({ type: 'varchar', length: 128, name: 'display_name' }) displayName!: string;
  @Column({ type: 'varchar', length: 16 }) role!: Role;
  @Column({ type: 'varchar', length: 64, nullable: true }) region!: string | null;
  @Column({ type: 'json' }) skills!: string[];
  @Column({ type: 'boolean' }) enabled!: boolean;
  @Column({ type: 'varchar', length: 16 }) state!: AgentState;
  @Column({ type: 'varchar', length: 128, name: 'state_reason', nullable: true }) stateReason!: string | null;
  @MomentColumn('state_since') stateSince!: Date;
  @Column({ type: 'varchar', length: 16, name: 'state_set_by' }) stateSetBy!: StateSetter;
  @MomentColumn('wrap_up_until', { nullable: true }) wrapUpUntil!: Date | null;
  @Column({ type: 'varchar', length: 255, name: 'password_hash' }) passwordHash!: string;
  @MomentColumn('deleted_at', { nullable: true }) deletedAt!: Date | null;
  @MomentColumn('created_at') createdAt!: Date;
  @MomentColumn('updated_at') updatedAt!: Date;
}
