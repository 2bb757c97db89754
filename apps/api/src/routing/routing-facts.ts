import type { FreeAgent, WaitingCaller } from '@nailup/domain';
import { rows, type Tx } from '../database/database.js';

/** An agent who could take a caller now, and where. */
export interface SeatedAgent extends FreeAgent {
  readonly placementId: string;
  readonly conference: string;
  readonly mediaServerId: string;
  readonly sipUri: string;
}

/** Seated with audio, nobody in the conference with her, on a media server that can be relied on. A draining one still serves those who sit on it. */
const seated = `JOIN placements p ON p.live_agent_id = a.id AND p.state = 'connected' AND p.client_legs = 0
  JOIN media_servers s ON s.id = p.media_server_id AND s.health = 'healthy' AND s.mode <> 'disabled' AND s.deleted_at IS NULL`;
const willing = "a.state = 'ready' AND a.enabled AND a.deleted_at IS NULL";

/** Every agent who could take a caller, the longest idle first. */
export async function readFreeAgents(tx: Tx): Promise<SeatedAgent[]> {
  const found = await rows<Omit<SeatedAgent, 'idleSince'> & { idleSince: Date }>(
    tx,
    `SELECT a.id AS agentId, a.skills, a.state_since AS idleSince, p.id AS placementId, p.conference, p.media_server_id AS mediaServerId, s.sip_uri AS sipUri
     FROM agents a ${seated} LEFT JOIN calls c ON c.live_agent_id = a.id
     WHERE ${willing} AND c.id IS NULL ORDER BY a.state_since, a.id`,
  );
  return found.map((agent) => ({ ...agent, idleSince: agent.idleSince.getTime() }));
}

/**
 * Locks these agents until the commit and answers those who are still free: who paused, left or was taken between the reading and the lock is not
 * given a caller after that.
 */
export async function holdAgents(tx: Tx, agentIds: readonly string[]): Promise<Set<string>> {
  if (agentIds.length === 0) return new Set();
  const held = await rows<{ id: string }>(tx, `SELECT a.id FROM agents a ${seated} WHERE a.id IN (?) AND ${willing} ORDER BY a.id FOR UPDATE OF a`, [agentIds]);
  return new Set(held.map(({ id }) => id));
}

/** A caller who waits with music, and what the dispatcher must know of the leg. */
export interface QueuedCaller extends WaitingCaller {
  /** Where the caller waits. */
  readonly mediaServerId: string | null;
  /** The leg was seen: it can be sent somewhere. */
  readonly hasLeg: boolean;
  /** Takes part in the order of arrival now; see `placeHeldSeconds` and `longestRestSeconds`. Nobody can be brought from a media server that is down. */
  readonly inLine: boolean;
  /** Waited for as long as the queue allows, or for an agent who is not there. */
  readonly overdue: 'limit' | 'no-answer' | null;
}

/** Between route and media server a caller keeps the place in the line for so long; an INVITE that comes later finds the place passed over. */
const placeHeldSeconds = 3;
/**
 * A caller who has been offered to an agent and came back to the queue rests for half a second, and twice as long each further time: a media server that
 * refuses is not asked in a circle while others wait, and the order that brings the leg back is not overtaken by the next offer.
 */
const longestRestSeconds = 8;
const restSeconds = `(SELECT LEAST(POW(2, COUNT(*) - 2), ${longestRestSeconds}) FROM call_events e WHERE e.call_id = c.id AND e.type = 'call.queued')`;
/** How long callers wait for an agent who has gone offline. */
const offlineGraceSeconds = 60;

/** Whether the call came (back) to its queue within these seconds. */
function queuedWithin(seconds: string): string {
  return `EXISTS (SELECT 1 FROM call_events e WHERE e.call_id = c.id AND e.type = 'call.queued' AND e.at > NOW(3) - INTERVAL ${seconds} SECOND)`;
}

interface QueuedSql extends Omit<QueuedCaller, 'skills' | 'hasLeg' | 'inLine'> {
  readonly skills: string[] | null;
  readonly hasLeg: number;
  readonly inLine: number;
}

/**
 * Everybody who waits, in order of arrival over all managers and media servers. Since when a caller waits is since the call began, or, for one who has
 * talked and lost the agent, since then.
 */
export async function readQueuedCallers(tx: Tx): Promise<QueuedCaller[]> {
  const found = await rows<QueuedSql>(
    tx,
    `SELECT c.id AS callId, c.wanted_agent_id AS wantedAgentId, c.media_server_id AS mediaServerId, q.skills, c.leg_uniqueid IS NOT NULL AS hasLeg,
       ((c.ringing_at IS NULL AND c.answered_at IS NULL) OR NOT ${queuedWithin(restSeconds)})
         AND (c.leg_uniqueid IS NOT NULL OR c.started_at > NOW(3) - INTERVAL ${placeHeldSeconds} SECOND)
         AND NOT s.health <=> 'down' AS inLine,
       CASE
         WHEN q.max_wait_seconds IS NOT NULL AND c.started_at <= NOW(3) - INTERVAL q.max_wait_seconds SECOND
           AND (c.answered_at IS NULL OR NOT ${queuedWithin('q.max_wait_seconds')})
           THEN 'limit'
         WHEN c.wanted_agent_id IS NOT NULL AND (w.id IS NULL OR w.deleted_at IS NOT NULL OR NOT w.enabled
           OR (w.state = 'offline' AND w.state_since <= NOW(3) - INTERVAL ${offlineGraceSeconds} SECOND))
           THEN 'no-answer'
       END AS overdue
     FROM calls c LEFT JOIN queues q ON q.id = c.queue_id LEFT JOIN agents w ON w.id = c.wanted_agent_id LEFT JOIN media_servers s ON s.id = c.media_server_id
     WHERE c.state = 'queued' AND c.wanted_end IS NULL ORDER BY c.started_at, c.id`,
  );
  return found.map((row) => ({ ...row, skills: row.skills ?? [], hasLeg: row.hasLeg !== 0, inLine: row.inLine !== 0 }));
}

/** Whether anybody waits: asked without a lock, as the answer is mostly no. */
export async function anybodyWaits(tx: Tx): Promise<boolean> {
  return (await rows(tx, "SELECT id FROM calls WHERE state = 'queued' LIMIT 1")).length > 0;
}

/** How many callers wait on each media server. */
export function countHeld(callers: readonly QueuedCaller[]): Map<string, number> {
  const held = new Map<string, number>();
  for (const { mediaServerId } of callers) if (mediaServerId !== null) held.set(mediaServerId, (held.get(mediaServerId) ?? 0) + 1);
  return held;
}
