import type { Candidate, PolicyName } from '@nailup/domain';
import { inOneTrip, rows, type Tx } from '../database/database.js';
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

/** What a batch of selections is decided from, and what MySQL's clock says. */
export interface SelectionFacts {
  readonly pool: PoolRow;
  readonly servers: readonly ServerRow[];
  /** By agent id. Who is unknown or deleted is absent. */
  readonly askers: ReadonlyMap<string, AskerRow>;
  readonly now: Date;
}

interface ServerSql extends Omit<ServerRow, 'deleted'> {
  readonly deleted: number;
}

type AgentSql = Pick<AskerRow, 'agentId' | 'region'> & { readonly enabled: number };
type FailureSql = { readonly agentId: string; readonly mediaServerId: string };

/** What is true whoever asks: the rules of the pool, and its servers as the selection before this one left them. */
export type PoolFacts = Pick<SelectionFacts, 'pool' | 'servers'>;

/**
 * Locks the pool row and reads the media servers, in one trip to MySQL: selections of all managers happen one after the other, and each sees what the
 * one before it promised (READ COMMITTED: every statement looks anew, and the ones behind the lock look when it is held).
 * @param held locks the media servers as well, so that no placement of any of them moves until the commit
 */
export async function lockPool(tx: Tx, held: boolean): Promise<PoolFacts> {
  const [pools, servers] = (await inOneTrip(tx, [{ sql: 'SELECT policy, parking FROM pool WHERE id = 1 FOR UPDATE' }, { sql: serversSql(held) }])) as [PoolRow[], ServerSql[]];
  if (!pools[0]) throw new Error('The pool row is missing: the database was not migrated.');
  return { pool: pools[0], servers: servers.map(toServer) };
}

/** Reads who asks, in one trip to MySQL, when the pool is locked. */
export async function readAskers(tx: Tx, agentIds: readonly string[]): Promise<Pick<SelectionFacts, 'askers' | 'now'>> {
  const [agents, failures, seats, clock] = (await inOneTrip(tx, [
    { sql: 'SELECT id AS agentId, enabled, region FROM agents WHERE id IN (?) AND deleted_at IS NULL', parameters: [agentIds] },
    { sql: 'SELECT agent_id AS agentId, media_server_id AS mediaServerId FROM placement_failures WHERE agent_id IN (?) AND until_at > NOW(3)', parameters: [agentIds] },
    { sql: `SELECT ${placementColumns} FROM placements p JOIN media_servers s ON s.id = p.media_server_id WHERE p.live_agent_id IN (?)`, parameters: [agentIds] },
    { sql: 'SELECT NOW(3) AS now' },
  ])) as [AgentSql[], FailureSql[], PlacementRecord[], { now: Date }[]];
  return { askers: toAskers(agents, failures, seats), now: clock[0]!.now };
}

/** Every media server, with the counts the policy of the pool asks for. */
export async function readServers(tx: Tx): Promise<ServerRow[]> {
  return (await rows<ServerSql>(tx, serversSql(false))).map(toServer);
}

/** The counts are taken only under the policy that weighs them: over 25,000 rows they would cost each batch 11 ms. */
function serversSql(held: boolean): string {
  return `SELECT s.id AS mediaServerId, s.mode, s.health, s.capacity, s.weight, s.region, s.seats, ${countUnder('load-average', "p.state = 'reserved'")} AS reserved,
      ${countUnder('talking', "p.state IN ('connected', 'lost') AND p.client_legs > 0")} AS talking,
      s.load_average AS loadAverage, s.name, s.host, s.web_socket_url AS webSocketUrl, s.sip_uri AS sipUri, s.deleted_at IS NOT NULL AS deleted
    FROM media_servers s WHERE s.deleted_at IS NULL OR s.seats > 0 ORDER BY s.id ${held ? 'FOR UPDATE OF s' : ''}`;
}

function countUnder(policy: PolicyName, condition: string): string {
  return `IF((SELECT policy FROM pool WHERE id = 1) = '${policy}', (SELECT COUNT(*) FROM placements p WHERE p.media_server_id = s.id AND ${condition}), 0)`;
}

function toServer(row: ServerSql): ServerRow {
  return { ...row, deleted: row.deleted !== 0 };
}

function toAskers(agents: readonly AgentSql[], failures: readonly FailureSql[], seats: readonly PlacementRecord[]): Map<string, AskerRow> {
  const seatOf = new Map(seats.map((seat) => [seat.agentId, seat]));
  const failedFor = new Map<string, string[]>();
  for (const { agentId, mediaServerId } of failures) failedFor.set(agentId, [...(failedFor.get(agentId) ?? []), mediaServerId]);
  return new Map(
    agents.map(({ agentId, enabled, region }) => [
      agentId,
      { agentId, enabled: enabled !== 0, region, failed: failedFor.get(agentId) ?? [], seat: seatOf.get(agentId) ?? null },
    ]),
  );
}
