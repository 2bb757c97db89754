import { type CallState, causeInWords } from '@nailup/domain';
import type { NewEvent } from '../live/event-log.js';
import type { CallRecord } from './call.record.js';

/** The types of the live stream; `resumed` is how a held call is answered again, `dtmf` a digit of the other side, the others are named as the state. */
export type CallEventType = `call.${CallState | 'resumed' | 'transferred' | 'consultation' | 'dtmf'}`;

/** What every event of a call tells. Moments are ISO-8601. */
function factsOf(call: CallRecord): Record<string, unknown> {
  const { id: callId, direction, state, from, to, agentId, placementId, mediaServerId, queueId, conference, endReason, hangupCause } = call;
  return {
    callId, direction, state, from, to, agentId, placementId, mediaServerId, queueId, conference, endReason, hangupCause,
    hangupText: hangupCause === null ? null : causeInWords(hangupCause),
    startedAt: call.startedAt.toISOString(), ringingAt: moment(call.ringingAt), answeredAt: moment(call.answeredAt), endedAt: moment(call.endedAt),
  };
}

/**
 * The event of a call as it stands now.
 * @param agentId who may see it besides supervisors: who has the call, or had it until now
 */
export function callEvent(type: CallEventType, call: CallRecord, agentId: string | null, more: Readonly<Record<string, unknown>> = {}): NewEvent {
  return { type, subject: call.id, agentId, data: { ...more, ...factsOf(call) } };
}

function moment(at: Date | null): string | null {
  return at?.toISOString() ?? null;
}
