import type { LiveEvent } from '@nailup/web';
import type { Call } from './manager-calls.js';

/** What the live stream is asked for about calls. */
export const callEvents = [
  'call.queued', 'call.dialing', 'call.ringing', 'call.answered', 'call.held', 'call.resumed', 'call.transferred', 'call.consultation', 'call.ended', 'call.supervision', 'call.dtmf',
  'recording.started', 'recording.paused', 'recording.resumed', 'recording.stopped', 'recording.stored', 'recording.failed',
] as const;

const states: Readonly<Record<string, Call['state']>> = {
  'call.dialing': 'dialing',
  'call.ringing': 'ringing',
  'call.answered': 'answered',
  'call.held': 'held',
  'call.resumed': 'answered',
  'call.ended': 'ended',
};

/** Does this event change what is to be read of a call? A digit stands on its ladder alone. */
export const isOfCalls = ({ type }: LiveEvent): boolean => type.startsWith('call.') && type !== 'call.dtmf';

/**
 * The call as an event leaves it, so that the screen changes with the event and not with the reading that follows it. Only what every such event
 * says by its type and moment is taken; the reading brings the rest.
 */
export function afterEvent(call: Call, { type, at }: LiveEvent): Call {
  const state = states[type];
  if (!state) return call;
  return {
    ...call,
    state,
    stateSince: call.state === state ? call.stateSince : at,
    ringingAt: call.ringingAt ?? (state === 'ringing' ? at : null),
    answeredAt: call.answeredAt ?? (state === 'answered' ? at : null),
    endedAt: call.endedAt ?? (state === 'ended' ? at : null),
  };
}

const recordings: Readonly<Record<string, 'recording' | 'paused'>> = { 'recording.started': 'recording', 'recording.resumed': 'recording', 'recording.paused': 'paused' };

/** The call as an event of its recording leaves it; null when the event is of another call, or of a recording that had ended before. */
export function afterRecording(call: Call, { type, subject, data }: LiveEvent): Call | null {
  if (!type.startsWith('recording.') || data['callId'] !== call.id) return null;
  const state = recordings[type];
  if (state) return { ...call, recording: { id: subject, state } };
  return call.recording?.id === subject ? { ...call, recording: null } : null;
}

/** Could this event be about a call of hers? A supervisor at a softphone hears of everybody's. */
export function mayBeOf(agentId: string, { data }: LiveEvent): boolean {
  return !('agentId' in data) || data['agentId'] === agentId;
}
