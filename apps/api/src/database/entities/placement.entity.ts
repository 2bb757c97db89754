import { Column, Entity } from 'typeorm';
import { IdColumn, MomentColumn, ReferenceColumn } from '../columns.js';

export type PlacementState = 'reserved' | 'connected' | 'lost' | 'released' | 'expired';

/** The agent's seat on a media server. At most one live (reserved, connected, lost) row an agent, by the UNIQUE key on live_agent_id. */
@Entity('placements')
export class PlacementEntity {
  @IdColumn() id!: string;
  @ReferenceColumn('agent_id') agentId!: string;
  @ReferenceColumn('media_server_id') mediaServerId!: string;
  @Column({ type: 'varchar', length: 16 }) state!: PlacementState;
  @Column({ type: 'varchar', length: 64, name: 'sip_username', charset: 'ascii', collation: 'ascii_bin' }) sipUsername!: string;
  @Column({ type: 'char', length: 32, name: 'sip_ha1', charset: 'ascii', collation: 'ascii_bin' }) sipHa1!: string;
  @MomentColumn('sip_expires_at') sipExpiresAt!: Date;
  @Column({ type: 'varchar', length: 80, charset: 'ascii', collation: 'ascii_bin' }) conference!: string;
  @Column({ type: 'varchar', length: 16 }) parking!: 'conference' | 'holding';
  @MomentColumn('reserved_at') reservedAt!: Date;
  @MomentColumn('expires_at', { nullable: true }) expiresAt!: Date | null;
  @MomentColumn('connected_at', { nullable: true }) connectedAt!: Date | null;
  @MomentColumn('lost_at', { nullable: true }) lostAt!: Date | null;
  @MomentColumn('lost_until', { nullable: true }) lostUntil!: Date | null;
  @MomentColumn('released_at', { nullable: true }) releasedAt!: Date | null;
  @Column({ type: 'varchar', length: 64, name: 'release_reason', nullable: true }) releaseReason!: string | null;
  @MomentColumn('heartbeat_at', { nullable: true }) heartbeatAt!: Date | null;
  @Column({ type: 'varchar', length: 150, name: 'leg_uniqueid', nullable: true }) legUniqueid!: string | null;
  @Column({ type: 'int', unsigned: true, name: 'client_legs' }) clientLegs!: number;
  @Column({ type: 'json' }) decision!: unknown;
}
