import { Column, Entity } from 'typeorm';
import { HashColumn, IdColumn, MomentColumn } from '../columns.js';

export type MediaServerMode = 'active' | 'draining' | 'disabled';
export type MediaServerHealth = 'unknown' | 'healthy' | 'suspect' | 'down';

/** One Asterisk of the pool. Its name is unique while it is not deleted (generated column live_name). */
@Entity('media_servers')
export class MediaServerEntity {
  @IdColumn() id!: string;
  @Column({ type: 'varchar', length: 64 }) name!: string;
  @Column({ type: 'varchar', length: 255 }) host!: string;
  @Column({ type: 'varchar', length: 512, name: 'web_socket_url' }) webSocketUrl!: string;
  @Column({ type: 'varchar', length: 512, name: 'sip_uri' }) sipUri!: string;
  @Column({ type: 'varchar', length: 255, name: 'ami_host' }) amiHost!: string;
  @Column({ type: 'smallint', unsigned: true, name: 'ami_port' }) amiPort!: number;
  @Column({ type: 'boolean', name: 'ami_tls' }) amiTls!: boolean;
  @Column({ type: 'text', name: 'ami_ca_certificate', nullable: true }) amiCaCertificate!: string | null;
  @Column({ type: 'varchar', length: 64, name: 'ami_username' }) amiUsername!: string;
  @Column({ type: 'varbinary', length: 1024, name: 'ami_secret_encrypted' }) amiSecretEncrypted!: Buffer;
  /** Most placements it may hold. */
  @Column({ type: 'int', unsigned: true }) capacity!: number;
  @Column({ type: 'double' }) weight!: number;
  @Column({ type: 'varchar', length: 64, nullable: true }) region!: string | null;
  @Column({ type: 'varchar', length: 16 }) mode!: MediaServerMode;
  @Column({ type: 'varchar', length: 16 }) health!: MediaServerHealth;
  /** Why it is not healthy, as its watch found; null when healthy, or when nobody has looked yet. */
  @Column({ type: 'varchar', length: 512, name: 'health_reason', nullable: true }) healthReason!: string | null;
  @Column({ type: 'varchar', length: 128, nullable: true }) version!: string | null;
  /** Live placements; moves only in the transaction that moves a placement. */
  @Column({ type: 'int' }) seats!: number;
  @Column({ type: 'double', name: 'load_average', nullable: true }) loadAverage!: number | null;
  @MomentColumn('last_seen_at', { nullable: true }) lastSeenAt!: Date | null;
  @MomentColumn('boot_at', { nullable: true }) bootAt!: Date | null;
  @Column({ type: 'varchar', length: 64, name: 'ami_owner', nullable: true }) amiOwner!: string | null;
  @HashColumn('server_token_hash', { nullable: true }) serverTokenHash!: Buffer | null;
  @HashColumn('realtime_token_hash', { nullable: true }) realtimeTokenHash!: Buffer | null;
  @MomentColumn('drain_deadline_at', { nullable: true }) drainDeadlineAt!: Date | null;
  @MomentColumn('drain_started_at', { nullable: true }) drainStartedAt!: Date | null;
  /** Agents who are not on a call that the drain places elsewhere in a minute; 0 moves nobody. */
  @Column({ type: 'smallint', unsigned: true, name: 'drain_moves_per_minute' }) drainMovesPerMinute!: number;
  /** Whether it retires (mode disabled) once nobody is left. */
  @Column({ type: 'boolean', name: 'drain_then_disable' }) drainThenDisable!: boolean;
  /** Processors of its machine, as it told when it enrolled; null when it did not. */
  @Column({ type: 'smallint', unsigned: true, nullable: true }) cores!: number | null;
  @MomentColumn('deleted_at', { nullable: true }) deletedAt!: Date | null;
  @MomentColumn('created_at') createdAt!: Date;
  /** The last change of what an operator or the server itself said; not of seats, health or lease. */
  @MomentColumn('updated_at') updatedAt!: Date;
}
