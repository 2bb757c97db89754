import { endReasonText } from '../../shared/calls.js';
import type { Call, CallStep, EndReason } from '../../shared/contract.js';

export const directionNames = { inbound: 'Inbound', outbound: 'Outbound' } as const;

/** Q.850 causes that only say once more what the reason says: "Busy: the line is busy". */
const plainCause: Readonly<Partial<Record<EndReason, number>>> = { busy: 17, 'no-answer': 19, rejected: 21 };

/** How a call ended: the manager's reason in words, and what the network said where that adds something. */
export function endText({ endReason, hangupCause, hangupText }: Call): { how: string; network: string | null } | null {
  if (endReason === null) return null;
  const adds = hangupText !== null && hangupText !== 'Hung up' && plainCause[endReason] !== hangupCause;
  return { how: endReasonText(endReason), network: adds ? hangupText : null };
}

/** Milliseconds client and agent had each other, null when they never met. */
export function talkMs({ answeredAt, endedAt }: Call, now: number): number | null {
  return answeredAt === null ? null : (endedAt === null ? now : Date.parse(endedAt)) - Date.parse(answeredAt);
}

const steps: Readonly<Record<string, string>> = {
  'call.queued': 'Waits in line for an agent',
  'call.dialing': 'The number is being dialled',
  'call.ringing': 'It rings',
  'call.answered': 'Client and agent are together',
  'call.held': 'The client hears music',
  'call.resumed': 'Client and agent are together again',
  'call.transferred': 'Handed on',
  'call.ended': 'The call is over',
  'call.disposition': 'The agent said how it ended',
  'recording.started': 'The recording began',
  'recording.paused': 'The recording was paused',
  'recording.resumed': 'The recording goes on',
  'recording.stopped': 'The recording ended',
  'recording.stored': 'The recording is stored',
  'recording.failed': 'The recording failed',
  'leg.ordered': 'The media server was told to dial',
  'leg.originated': 'The media server was told to dial',
  'leg.refused': 'The media server could not dial',
  'leg.ringing': 'The far end rings',
  'leg.progress': 'The far end plays something before it answers',
  'leg.up': 'The far end answered',
  'leg.answered': 'The far end answered',
  'leg.queue': 'Music and the place in line are heard',
  'leg.hold': 'Music on hold is heard',
  'leg.across': 'On the way to the media server of the agent',
  'leg.joined': 'In the conference of the agent',
  'leg.left': 'Left the conference of the agent',
  'leg.parted': 'Left the conference of the agent',
  'leg.dtmf': 'A key was pressed',
  'leg.redirect': 'Sent elsewhere on the media server',
  'leg.redirected': 'Sent elsewhere on the media server',
  'leg.offered': 'An agent was reserved for the caller',
  'leg.not-taken': 'The reserved agent was not reached in time',
  'leg.hangup': 'The line was cut',
  'leg.gone': 'The line was cut',
  'leg.missing': 'The media server does not know it any more',
};

const sentence = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** What a step of a call means. One without words of its own is read out as the manager names it. */
export function stepText(type: string): string {
  const [area, ...rest] = type.split('.');
  return steps[type] ?? sentence(`${area === 'leg' ? 'client leg: ' : ''}${rest.join(' ').replaceAll(/[-_]/g, ' ') || type}`);
}

/** Names by id, of what the data of a step may point to. */
export type NameOf = (id: string) => string | null;

const told = (data: CallStep['data'], ...names: string[]): string | null => {
  for (const name of names) {
    const value = data[name];
    if (typeof value === 'string' && value !== '') return value;
    if (typeof value === 'number') return String(value);
  }
  return null;
};

/** What the data of a step adds for a person: who, where, why. Empty when it adds nothing. */
export function stepFacts({ type, data }: CallStep, nameOf: NameOf): string[] {
  const named = (lead: string, ...fields: string[]): string | null => {
    const id = told(data, ...fields);
    const name = id && nameOf(id);
    return name ? `${lead} ${name}` : null;
  };
  const reason = told(data, 'endReason', 'reason');
  const network = told(data, 'hangupText', 'causeText', 'text');
  const digit = told(data, 'digit', 'digits');
  const position = told(data, 'position');
  return [
    named('agent', 'agentId'),
    named('queue', 'queueId'),
    named('on', 'mediaServerId'),
    named('came in on', 'farMediaServerId'),
    position && `place ${position} in line`,
    digit && `key ${digit}`,
    reason && (type === 'call.ended' ? endReasonText(reason).toLowerCase() : reason.replaceAll(/[-_]/g, ' ')),
    network && network !== 'Hung up' ? network : null,
    told(data, 'hangupCause', 'cause') && `cause ${told(data, 'hangupCause', 'cause')} of Q.850`,
  ].filter((fact): fact is string => Boolean(fact));
}

/** A moment of a call, counted from its first step: `0 ms`, `+850 ms`, `+1 204 ms`. */
export const offsetText = (ms: number): string => (ms <= 0 ? '0 ms' : `+${Math.round(ms).toLocaleString('en').replaceAll(',', '\u2009')} ms`);
