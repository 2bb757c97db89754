import type { Candidate, PolicyName } from '@nailup/domain';
import { rows, type Tx } from '../database/database.js';
import { type Parking, placementColumns, type PlacementRecord } from './placement.record.js';

export interface PoolRow {
  readonly policy: PolicyName;
  readonly parking: Parking;
}

/** A media server as a selection needs it: what the rules weigh, and what the answer tells of it. */
export interface ServerRow extends Candidate {
  readonly name: string;
  readonly host: string;
  readonly webSocketUrl: string;
  readonly sipUri: string;
  readonly deleted: boolean;
}

/** Who asks: the agent, the seat they hold, and the servers that failed for them. */
export interface AskerRow {
  readonly agentId: string;
  readonly enabled: boolean;
  readonly region: string | null;
  readonly failed: readonly string[];
  readonly seat: PlacementRecord | null;
}

/** Locks the pool row: selections of all managers happen one after the other, and each sees what the one before it promised. */
export async function lockPool(tx: Tx): Promise<PoolRow> {
  const [pool] = await rows<PoolRow>(tx, 'SELECT policy, parking FROM pool WHERE id = 1 FOR UPDATE');
  if (!pool) throw new Error('The pool row is missing: the database was not migrated.');
  return pool;
}

interface ServerSql extends Omit<ServerRow, 'deleted'> {
  readonly deleted: number;
}

/**
 * Every media server, with the counts its policy asks for: counting 25,000 rows for nothing would cost each batch 11 ms.
 * @param held locks their rows, so that no placement of any of them moves until the commit
 */
export async function readServers(tx: Tx, policy: PolicyName, held = false): Promise<ServerRow[]> {
  const reserved = policy === 'load-average' ? countOf("p.state = 'reserved'") : '0';
  const talking = policy === 'talking' ? countOf("p.state IN ('connected', 'lost') AND p.client_legs > 0") : '0';
  const found = await rows<ServerSql>(
    tx,
    `SELECT s.id AS mediaServerId, s.mode, s.health, s.capacity, s.weight, s.region, s.seats, ${reserved} AS reserved, ${talking} AS talking,
       s.load_average AS loadAverage, s.name, s.host, s.web_socket_url AS webSocketUrl, s.sip_uri AS sipUri, s.deleted_at IS NOT NULL AS deleted
     FROM media_servers s WHERE s.deleted_at IS NULL OR s.seats > 0 ORDER BY s.id ${held ? 'FOR UPDATE OF s' : ''}`,
  );
  return found.map((row) => ({ ...row, deleted: row.deleted !== 0 }));
}

function countOf(condition: string): string {
  return `(SELECT COUNT(*) FROM placements p WHERE p.media_server_id = s.id AND ${condition})`;
}

type AskerSql = { [K in keyof PlacementRecord]: PlacementRecord[K] | null } & {
  readonly askerId: string;
  readonly enabled: number;
  readonly agentRegion: string | null;
  readonly failed: readonly string[] | null;
  readonly now: Date;
};

/** The agents who ask, by id, and what MySQL's clock says. Who is unknown or deleted is absent. */
export async function readAskers(tx: Tx, agentIds: readonly string[]): Promise<{ askers: Map<string, AskerRow>; now: Date }> {
  const found = await rows<AskerSql>(
    tx,
    `SELECT clock.now, a.id AS askerId, a.enabled, a.region AS agentRegion,
       (SELECT JSON_ARRAYAGG(f.media_server_id) FROM placement_failures f WHERE f.agent_id = a.id AND f.until_at > clock.now) AS failed,
       ${placementColumns}
     FROM (SELECT NOW(3) AS now) AS clock
     LEFT JOIN agents a ON a.id IN (?) AND a.deleted_at IS NULL
     LEFT JOIN placements p ON p.live_agent_id = a.id
     LEFT JOIN media_servers s ON s.id = p.media_server_id`,
    [agentIds],
  );
  const askers = new Map<string, AskerRow>();
  for (const { askerId, enabled, agentRegion, failed, now: _, ...seat } of found) {
    // The clock is read even when nobody is found: then its row stands alone.
    if (askerId === null) continue;
    askers.set(askerId, {
      agentId: askerId,
      enabled: enabled !== 0,
      region: agentRegion,
      failed: failed ?? [],
      seat: seat.id === null ? null : (seat as PlacementRecord),
    });
  }
  const now = found[0]?.now;
  if (!now) throw new Error('MySQL told no time.');
  return { askers, now };
}
