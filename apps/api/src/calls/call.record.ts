import type { CallPurpose, CallQuality, CallState, EndReason } from '@nailup/domain';

export type CallDirection = 'inbound' | 'outbound';

/** A call as it is written. Its client leg may be two: the near one meets the agent, the far one faces the caller (null: the same). */
export interface CallRecord {
  readonly id: string;
  readonly direction: CallDirection;
  readonly state: CallState;
  readonly agentId: string | null;
  readonly placementId: string | null;
  /** Of the agent who has the call; null while nobody has. */
  readonly conference: string | null;
  readonly mediaServerId: string | null;
  /** Uniqueid of the near leg; null before it was seen. */
  readonly legUniqueid: string | null;
  readonly farMediaServerId: string | null;
  readonly farUniqueid: string | null;
  readonly queueId: string | null;
  /** The caller waits for this agent and no other. */
  readonly wantedAgentId: string | null;
  /** The call this one came of, and what it is there for; `transferredBy` is the agent who handed the caller on. */
  readonly originCallId: string | null;
  readonly purpose: CallPurpose | null;
  readonly transferredBy: string | null;
  /** Why the number did not take the caller who was handed on to it. */
  readonly onwardCause: number | null;
  readonly from: string;
  readonly to: string;
  readonly startedAt: Date;
  readonly offeredAt: Date | null;
  readonly ringingAt: Date | null;
  readonly answeredAt: Date | null;
  readonly endedAt: Date | null;
  /** By when the leg must have been seen where it was sent. */
  readonly dueAt: Date | null;
  readonly wantedEnd: 'agent' | 'system' | null;
  readonly endReason: EndReason | null;
  readonly hangupCause: number | null;
  readonly quality: CallQuality | null;
  readonly disposition: string | null;
  readonly note: string | null;
}

/** The columns of a `CallRecord`, from `calls c`. */
export const callColumns = `c.id, c.direction, c.state, c.agent_id AS agentId, c.placement_id AS placementId, c.conference, c.media_server_id AS mediaServerId,
  c.leg_uniqueid AS legUniqueid, c.far_media_server_id AS farMediaServerId, c.far_uniqueid AS farUniqueid, c.queue_id AS queueId, c.wanted_agent_id AS wantedAgentId,
  c.origin_call_id AS originCallId, c.purpose, c.transferred_by AS transferredBy, c.onward_cause AS onwardCause,
  c.from_number AS \`from\`, c.to_number AS \`to\`, c.started_at AS startedAt, c.offered_at AS offeredAt, c.ringing_at AS ringingAt, c.answered_at AS answeredAt,
  c.ended_at AS endedAt, c.due_at AS dueAt, c.wanted_end AS wantedEnd, c.end_reason AS endReason, c.hangup_cause AS hangupCause, c.quality,
  c.disposition, c.disposition_note AS note`;
