import { Injectable } from '@nestjs/common';
import { Database, rows, type Tx } from '../database/database.js';
import { isDuplicate } from '../database/database-error.js';
import { MediaServerEntity } from '../database/entities/media-server.entity.js';
import { problem } from '../problem/problem.js';
import type { Mode } from './media-server.dto.js';

/** A media server as the room knows it. */
export type MediaServerRecord = Readonly<MediaServerEntity>;

/** What an operator, or the server itself, may write. */
export type MediaServerChange = Partial<
  Pick<MediaServerEntity, 'name' | 'host' | 'webSocketUrl' | 'sipUri' | 'amiHost' | 'amiPort' | 'amiTls' | 'amiCaCertificate' | 'amiUsername' | 'amiSecretEncrypted' | 'capacity' | 'weight' | 'region' | 'cores'>
>;

export type NewMediaServer = Required<Omit<MediaServerChange, 'cores'>> & Pick<MediaServerChange, 'cores'> & Pick<MediaServerEntity, 'id' | 'mode' | 'serverTokenHash' | 'realtimeTokenHash'>;

/** How a server is to be emptied. */
export interface DrainOrder {
  /** From now; null for none. */
  readonly deadlineSeconds: number | null;
  readonly movesPerMinute: number;
  readonly thenDisable: boolean;
}

export const plainDrain: DrainOrder = { deadlineSeconds: null, movesPerMinute: 10, thenDisable: false };

/** Seats of one server, counted from the placements themselves. */
export interface SeatCounts {
  readonly agentsInCall: number;
  readonly reserved: number;
  readonly talking: number;
}

const live = "('reserved', 'connected', 'lost')";

/** The media_servers table, but for health and lease, which belong to ami-ingest, and seats, which belong to selection. */
@Injectable()
export class MediaServerRepository {
  constructor(private readonly database: Database) {}

  /** Servers in the order they were made. */
  async list(after: string | undefined, limit: number): Promise<MediaServerRecord[]> {
    const query = this.database.dataSource.manager.createQueryBuilder(MediaServerEntity, 'server').where('server.deletedAt IS NULL').orderBy('server.id').limit(limit);
    return (after === undefined ? query : query.andWhere('server.id > :after', { after })).getMany();
  }

  async find(id: string): Promise<MediaServerRecord | null> {
    return present(await this.database.dataSource.manager.findOneBy(MediaServerEntity, { id }));
  }

  /** The server, locked until the transaction ends; `deleted` when it was there once. */
  async lock(tx: Tx, id: string): Promise<MediaServerRecord | 'deleted' | null> {
    const found = await tx.findOne(MediaServerEntity, { where: { id }, lock: { mode: 'pessimistic_write' } });
    return found !== null && found.deletedAt !== null ? 'deleted' : found;
  }

  /** Keeps every selection out until the transaction ends: before a server is locked whose mode changes. */
  async lockPool(tx: Tx): Promise<void> {
    await rows(tx, 'SELECT id FROM pool WHERE id = 1 FOR UPDATE');
  }

  async nameTaken(tx: Tx, name: string): Promise<boolean> {
    return (await rows(tx, 'SELECT id FROM media_servers WHERE live_name = ?', [name])).length > 0;
  }

  /** @throws Problem MEDIA_SERVER.NAME_TAKEN */
  async add(tx: Tx, server: NewMediaServer): Promise<MediaServerRecord> {
    await this.#write(() => tx.insert(MediaServerEntity, server));
    return this.#read(tx, server.id);
  }

  /** @throws Problem MEDIA_SERVER.NAME_TAKEN */
  async change(tx: Tx, id: string, changed: MediaServerChange): Promise<MediaServerRecord> {
    await this.#write(() => tx.update(MediaServerEntity, id, { ...changed, updatedAt: () => 'NOW(3)' }));
    return this.#read(tx, id);
  }

  /** @param drain how, when `mode` is draining; a server that drains already goes on with it from when it began */
  async setMode(tx: Tx, id: string, mode: Mode, drain: DrainOrder = plainDrain): Promise<MediaServerRecord> {
    await tx.query(
      `UPDATE media_servers SET drain_started_at = IF(? = 'draining', IF(mode = 'draining', drain_started_at, NOW(3)), NULL), mode = ?,
         drain_deadline_at = NOW(3) + INTERVAL ? SECOND, drain_moves_per_minute = ?, drain_then_disable = ?, updated_at = NOW(3) WHERE id = ?`,
      [mode, mode, drain.deadlineSeconds, drain.movesPerMinute, drain.thenDisable, id],
    );
    return this.#read(tx, id);
  }

  /** Its tokens die with it; its name is free again. */
  async markDeleted(tx: Tx, id: string): Promise<void> {
    await tx.query("UPDATE media_servers SET deleted_at = NOW(3), mode = 'disabled', server_token_hash = NULL, realtime_token_hash = NULL, updated_at = NOW(3) WHERE id = ?", [id]);
  }

  async livePlacements(tx: Tx, id: string): Promise<number> {
    return (await rows(tx, `SELECT id FROM placements WHERE media_server_id = ? AND state IN ${live}`, [id])).length;
  }

  /** Seats by server; a server without any is absent. */
  async counts(ids: readonly string[]): Promise<Map<string, SeatCounts>> {
    if (ids.length === 0) return new Map();
    const found = await this.database.rows<{ id: string; agentsInCall: string; reserved: string; talking: string }>(
      `SELECT media_server_id AS id, SUM(state <> 'reserved') AS agentsInCall, SUM(state = 'reserved') AS reserved, SUM(client_legs > 0) AS talking
       FROM placements WHERE media_server_id IN (?) AND state IN ${live} GROUP BY media_server_id`,
      [ids],
    );
    return new Map(found.map((row) => [row.id, { agentsInCall: Number(row.agentsInCall), reserved: Number(row.reserved), talking: Number(row.talking) }]));
  }

  async #read(tx: Tx, id: string): Promise<MediaServerRecord> {
    const found = present(await tx.findOneBy(MediaServerEntity, { id }));
    if (found === null) throw new Error('The media server vanished inside the transaction.');
    return found;
  }

  async #write(write: () => Promise<unknown>): Promise<void> {
    try {
      await write();
    } catch (error) {
      if (isDuplicate(error, 'media_servers_live_name')) throw problem('MEDIA_SERVER.NAME_TAKEN');
      throw error;
    }
  }
}

function present(found: MediaServerEntity | null): MediaServerRecord | null {
  return found === null || found.deletedAt !== null ? null : found;
}
