import { Injectable } from '@nestjs/common';
import type { MediaServerHealth } from '@nailup/domain';
import { change, Database, rows } from '../../database/database.js';

/** A media server as the lease keeper sees it. */
export interface LeasedServer {
  readonly id: string;
  readonly name: string;
  readonly health: MediaServerHealth;
  readonly owner: string | null;
  readonly epoch: number;
  /** Whether its lease still runs, by MySQL's clock. */
  readonly leased: boolean;
  /** Whether its owner has not heard of it for so long that it seems gone, by MySQL's clock. */
  readonly overdue: boolean;
  /** Changes when the way to its AMI does. */
  readonly door: string;
}

interface ServerSql extends Omit<LeasedServer, 'leased' | 'overdue'> {
  readonly leased: number;
  readonly overdue: number;
}

/** Who an operator took out or is deleted is nobody's. */
const watched = "deleted_at IS NULL AND mode <> 'disabled'";

/** Leases on media servers and the roll of managers. Every comparison of times is MySQL's. */
@Injectable()
export class LeaseRepository {
  constructor(private readonly database: Database) {}

  /** Says that `manager` lives. @returns the names of all that do */
  async enrol(manager: string, leaseMs: number): Promise<string[]> {
    await this.database.change('INSERT INTO managers (name, alive_until) VALUES (?, NOW(3) + INTERVAL ? MICROSECOND) ON DUPLICATE KEY UPDATE alive_until = VALUES(alive_until)', [
      manager, leaseMs * 1_000,
    ]);
    const alive = await this.database.rows<{ name: string }>('SELECT name FROM managers WHERE alive_until > NOW(3)');
    return alive.map(({ name }) => name);
  }

  /** Takes `manager` off the roll, and whoever has been gone for a day. */
  async leave(manager: string): Promise<void> {
    await this.database.change('DELETE FROM managers WHERE name = ? OR alive_until < NOW(3) - INTERVAL 1 DAY', [manager]);
  }

  /** Every media server that somebody should watch. @param overdueAfterMs without a word for this long it seems gone */
  async servers(overdueAfterMs: number): Promise<LeasedServer[]> {
    const found = await this.database.rows<ServerSql>(
      `SELECT id, name, health, ami_owner AS owner, ami_epoch AS epoch, COALESCE(ami_lease_until > NOW(3), 0) AS leased,
         COALESCE(last_seen_at < NOW(3) - INTERVAL ? MICROSECOND, 0) AS overdue,
         SHA2(CONCAT_WS('|', ami_host, ami_port, ami_tls, COALESCE(ami_ca_certificate, ''), ami_username, HEX(ami_secret_encrypted), web_socket_url), 256) AS door
       FROM media_servers WHERE ${watched} ORDER BY id`,
      [overdueAfterMs * 1_000],
    );
    return found.map((row) => ({ ...row, leased: row.leased !== 0, overdue: row.overdue !== 0 }));
  }

  /** Makes the leases of `held` last longer, those that are still `manager`'s. `seen` of them have answered since the last time. */
  async renew(manager: string, held: readonly { readonly id: string; readonly epoch: number }[], seen: readonly string[], leaseMs: number): Promise<void> {
    if (held.length === 0) return;
    await this.database.change(
      `UPDATE media_servers SET ami_lease_until = NOW(3) + INTERVAL ? MICROSECOND, last_seen_at = IF(id IN (?), NOW(3), last_seen_at)
       WHERE id IN (?) AND ami_owner = ? AND ami_epoch = CASE id ${held.map(() => 'WHEN ? THEN ?').join(' ')} END AND ${watched}`,
      [leaseMs * 1_000, seen.length > 0 ? seen : [''], held.map(({ id }) => id), manager, ...held.flatMap(({ id, epoch }) => [id, epoch])],
    );
  }

  /** Takes those of `ids` that nobody holds; none of them may be `manager`'s already. @returns the ones that are now, with their new epoch */
  async claim(manager: string, ids: readonly string[], leaseMs: number): Promise<{ id: string; epoch: number }[]> {
    if (ids.length === 0) return [];
    const free = '(ami_owner IS NULL OR ami_lease_until IS NULL OR ami_lease_until <= NOW(3))';
    return this.database.inTransaction(async (tx) => {
      // The rows that are free when they are locked, not when they were looked at.
      const locked = await rows<{ id: string; epoch: number }>(tx, `SELECT id, ami_epoch AS epoch FROM media_servers WHERE id IN (?) AND ${free} AND ${watched} ORDER BY id FOR UPDATE`, [ids]);
      if (locked.length === 0) return [];
      await change(tx, 'UPDATE media_servers SET ami_owner = ?, ami_epoch = ami_epoch + 1, ami_lease_until = NOW(3) + INTERVAL ? MICROSECOND WHERE id IN (?)', [
        manager, leaseMs * 1_000, locked.map(({ id }) => id),
      ]);
      return locked.map(({ id, epoch }) => ({ id, epoch: epoch + 1 }));
    });
  }

  /** Gives leases back, so that another manager need not wait for their end. */
  async release(manager: string, held: readonly { readonly id: string; readonly epoch: number }[]): Promise<void> {
    if (held.length === 0) return;
    await this.database.change(
      `UPDATE media_servers SET ami_owner = NULL, ami_lease_until = NULL
       WHERE id IN (?) AND ami_owner = ? AND ami_epoch = CASE id ${held.map(() => 'WHEN ? THEN ?').join(' ')} END`,
      [held.map(({ id }) => id), manager, ...held.flatMap(({ id, epoch }) => [id, epoch])],
    );
  }
}
