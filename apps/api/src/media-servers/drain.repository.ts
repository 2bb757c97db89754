import { Injectable } from '@nestjs/common';
import { drainSecondsLeft, movesDue } from '@nailup/domain';
import { Database, rows, type Tx } from '../database/database.js';
import type { MediaServerRecord } from './media-server.repository.js';
import type { DrainView } from './media-server.view.js';

const live = "('reserved', 'connected', 'lost')";

/** So long somebody who was let go is awaited elsewhere; her softphone comes within three. */
const onTheWaySeconds = 10;

/** How a drain stands, counted from placements and calls. */
interface Standing {
  readonly id: string;
  /** Who still sits or is awaited there. */
  readonly agentsLeft: number;
  /** Those of them who are on a call. */
  readonly busy: number;
  /** Whose seat has ended since the drain began. */
  readonly gone: number;
  readonly callsLeft: number;
  /** Since the drain moved somebody, or began. */
  readonly sinceLastSeconds: number;
  readonly deadlineSeconds: number | null;
}

export interface Draining extends Standing {
  readonly name: string;
  readonly movesPerMinute: number;
  readonly thenDisable: boolean;
}

/** Media servers that are being emptied. */
@Injectable()
export class DrainRepository {
  constructor(private readonly database: Database) {}

  /** Every one of them. */
  all(): Promise<Draining[]> {
    return this.#draining(this.database.dataSource.manager);
  }

  /** @param id that one alone, when it is draining; else all */
  async #draining(tx: Tx, id: string | null = null): Promise<Draining[]> {
    const servers = await rows<{ id: string; name: string; movesPerMinute: number; thenDisable: number }>(
      tx,
      `SELECT id, name, drain_moves_per_minute AS movesPerMinute, drain_then_disable AS thenDisable FROM media_servers
       WHERE mode = 'draining' AND deleted_at IS NULL ${id === null ? '' : 'AND id = ?'} ORDER BY id`,
      id === null ? [] : [id],
    );
    const standings = await this.#standings(tx, servers.map(({ id }) => id));
    return servers.flatMap((server) => {
      const standing = standings.get(server.id);
      return standing ? [{ ...server, thenDisable: Boolean(server.thenDisable), ...standing }] : [];
    });
  }

  /** How many of those on media server `id` who are not on a call may be let go now: by its rate, and by the room there is. */
  async movesNow(tx: Tx, id: string): Promise<number> {
    const [drain] = await this.#draining(tx, id);
    const due = drain === undefined ? 0 : movesDue(drain);
    return due === 0 ? 0 : Math.min(due, await this.#roomElsewhere(tx));
  }

  /** How many more agents the media servers that take agents can hold, besides those who were let go and are on their way. */
  async #roomElsewhere(tx: Tx): Promise<number> {
    const [row] = await rows<{ room: string | null; coming: number }>(
      tx,
      `SELECT SUM(GREATEST(CAST(capacity AS SIGNED) - seats, 0)) AS room,
         (SELECT COUNT(*) FROM media_servers d JOIN placements p ON p.media_server_id = d.id
          WHERE d.mode = 'draining' AND d.deleted_at IS NULL AND p.state = 'released' AND p.release_reason = 'media_server_drained' AND p.released_at > NOW(3) - INTERVAL ${onTheWaySeconds} SECOND
            AND NOT EXISTS (SELECT 1 FROM placements n WHERE n.live_agent_id = p.agent_id)) AS coming
       FROM media_servers WHERE mode = 'active' AND health = 'healthy' AND weight > 0 AND deleted_at IS NULL`,
    );
    return Math.max(0, Number(row?.room ?? 0) - Number(row?.coming ?? 0));
  }

  /** Whether nobody is left on it, judged in the transaction that retires it. */
  async empty(tx: Tx, id: string): Promise<boolean> {
    const found = await rows(
      tx,
      `SELECT 1 FROM placements WHERE media_server_id = ? AND state IN ${live}
       UNION ALL SELECT 1 FROM calls WHERE (media_server_id = ? OR far_media_server_id = ?) AND state <> 'ended' LIMIT 1`,
      [id, id, id],
    );
    return found.length === 0;
  }

  /** How the drains of those of `servers` that drain go on. */
  async views(servers: readonly MediaServerRecord[]): Promise<Map<string, DrainView>> {
    const draining = servers.filter(({ mode }) => mode === 'draining');
    if (draining.length === 0) return new Map();
    const tx = this.database.dataSource.manager;
    const [standings, room] = await Promise.all([this.#standings(tx, draining.map(({ id }) => id)), this.#roomElsewhere(tx)]);
    return new Map(draining.flatMap((server) => {
      const standing = standings.get(server.id);
      return standing ? [[server.id, viewOf(server, standing, room)] as const] : [];
    }));
  }

  async #standings(tx: Tx, ids: readonly string[]): Promise<Map<string, Standing>> {
    if (ids.length === 0) return new Map();
    type Row = { readonly [column in keyof Standing]: string | null };
    const found = await rows<Row>(
      tx,
      `SELECT s.id, COALESCE(SUM(p.state IN ${live}), 0) AS agentsLeft,
         COALESCE(SUM(p.state IN ${live} AND (p.client_legs > 0 OR EXISTS (SELECT 1 FROM calls c WHERE c.live_agent_id = p.agent_id))), 0) AS busy,
         COALESCE(SUM(p.state NOT IN ${live}), 0) AS gone,
         (SELECT COUNT(*) FROM calls c WHERE (c.media_server_id = s.id OR c.far_media_server_id = s.id) AND c.state <> 'ended') AS callsLeft,
         TIMESTAMPDIFF(MICROSECOND, COALESCE(MAX(IF(p.release_reason = 'media_server_drained', p.released_at, NULL)), s.drain_started_at), NOW(3)) / 1000000 AS sinceLastSeconds,
         TIMESTAMPDIFF(MICROSECOND, NOW(3), s.drain_deadline_at) / 1000000 AS deadlineSeconds
       FROM media_servers s LEFT JOIN placements p ON p.media_server_id = s.id
         AND (p.state IN ${live} OR (p.state = 'released' AND p.released_at >= s.drain_started_at) OR (p.state = 'expired' AND p.expires_at >= s.drain_started_at))
       WHERE s.id IN (?) GROUP BY s.id`,
      [ids],
    );
    return new Map(found.map((row) => [row.id!, {
      id: row.id!, agentsLeft: Number(row.agentsLeft), busy: Number(row.busy), gone: Number(row.gone), callsLeft: Number(row.callsLeft),
      sinceLastSeconds: Number(row.sinceLastSeconds), deadlineSeconds: row.deadlineSeconds === null ? null : Number(row.deadlineSeconds),
    }]));
  }
}

function viewOf(server: MediaServerRecord, { agentsLeft, busy, gone, callsLeft, deadlineSeconds }: Standing, room: number): DrainView {
  const { drainStartedAt, drainDeadlineAt, drainMovesPerMinute: movesPerMinute, drainThenDisable: thenDisable, updatedAt } = server;
  const idle = agentsLeft - busy;
  const stuck = idle > 0 && room === 0;
  return {
    startedAt: drainStartedAt ?? updatedAt, deadlineAt: drainDeadlineAt, movesPerMinute, thenDisable, agentsAtStart: agentsLeft + gone, agentsLeft, busy, callsLeft,
    secondsLeft: drainSecondsLeft({ idle, busy, movesPerMinute: stuck ? 0 : movesPerMinute, deadlineSeconds }),
    heldUpBy: heldUpBy(idle, busy, callsLeft, movesPerMinute, stuck),
  };
}

function heldUpBy(idle: number, busy: number, callsLeft: number, movesPerMinute: number, stuck: boolean): string | null {
  if (stuck) return 'No other media server has room for the agents on it: add one, or resume one.';
  if (idle > 0 && movesPerMinute === 0) return 'Its agents stay until they leave: nobody is to be moved.';
  if (idle > 0) return null;
  if (busy > 0) return busy === 1 ? 'One agent is on a call.' : `${busy} agents are on a call.`;
  if (callsLeft > 0) return callsLeft === 1 ? 'One caller still waits on it.' : `${callsLeft} callers still wait on it.`;
  return null;
}
