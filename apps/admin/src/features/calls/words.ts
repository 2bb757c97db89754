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
  'call.transferred': 'The agent handed the client on',
  'call.consultation': 'Somebody is asked while the client hears music',
  'call.ended': 'The call is over',
  'call.disposition': 'The agent said how it ended',
  'call.supervision': 'A supervisor began, changed over or ended',
  'supervision.asked': 'A supervisor asked to hear the call',
  'recording.started': 'The recording began',
  'recording.paused': 'The recording was paused',
  'recording.resumed': 'The recording goes on',
  'recording.stopped': 'The recording ended',
  'recording.stored': 'The recording is stored',
  'recording.failed': 'The recording failed',
  'leg.originated': 'The media server was told to dial',
  'leg.arrived': 'The caller arrived at the media server',
  'leg.refused': 'The media server could not dial',
  'leg.ringing': 'The far end rings',
  'leg.up': 'The line is open',
  'leg.queue': 'Music and the place in line are heard',
  'leg.hold': 'Music on hold is heard',
  'leg.onward': 'On the way to another number',
  'leg.onward-coming': 'The number is being dialled for the client',
  'leg.onward-ringing': 'The number rings',
  'leg.onward-up': 'The number answered',
  'leg.onward-ended': 'The line to the number ended',
  'leg.across': 'On the way to the media server of the agent',
  'leg.joined': 'In the conference of the agent',
  'leg.left': 'Left the conference of the agent',
  'leg.dtmf': 'The client pressed a key',
  'leg.hangup': 'The line was cut',
};

const sentence = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** What a step of a call means. One without words of its own is read out as the manager names it. */
export function stepText({ type, data }: Pick<CallStep, 'type' | 'data'>): string {
  if (type === 'call.ringing' && data.direction === 'inbound') return 'An agent is reserved and the caller brought in';
  if (type === 'leg.dtmf' && data.direction === 'sent') return 'Tones were sent to the client';
  const [area, ...rest] = type.split('.');
  return steps[type] ?? sentence(`${area === 'leg' ? 'client leg: ' : ''}${rest.join(' ').replaceAll(/[-_]/g, ' ') || type}`);
}

/** Names by id (or by code), of what the data of a step may point to. */
export type NameOf = (id: string) => string | null;

const told = (data: CallStep['data'], ...names: string[]): string | null => {
  for (const name of names) {
    const value = data[name];
    if (typeof value === 'string' && value !== '') return value;
    if (typeof value === 'number') return String(value);
  }
  return null;
};

/** From whom, and to whom, where or which number. */
function handedFacts(data: CallStep['data'], nameOf: NameOf): (string | null)[] {
  const named = (lead: string, field: string): string | null => {
    const id = told(data, field);
    const name = id && nameOf(id);
    return name ? `${lead} ${name}` : null;
  };
  const number = told(data, 'toNumber');
  return [named('from', 'fromAgentId'), named('to', 'toAgentId'), named('to the queue', 'toQueueId'), number && `to ${number}`];
}

/** Who is asked, and how that stands. */
function consultationFacts(data: CallStep['data']): (string | null)[] {
  const asked = (data['consultation'] ?? {}) as CallStep['data'];
  const ended = told(asked, 'endReason');
  return [told(asked, 'to')?.replace(/^agent:/, '') ?? null, ended ? endReasonText(ended).toLowerCase() : told(asked, 'state')];
}

/** What stands behind every step, so that it is worth a word only where it becomes another one. */
const standing = [
  ['agent', 'agentId'],
  ['queue', 'queueId'],
  ['on', 'mediaServerId'],
] as const;

// The cause of every call that was simply hung up.
const normalClearing = '16';

/**
 * What the data of a step adds for a person: who, where, why. Empty when it adds nothing.
 * @param before what the steps before it told
 */
export function stepFacts({ type, data }: Pick<CallStep, 'type' | 'data'>, nameOf: NameOf, before: readonly Pick<CallStep, 'data'>[] = []): string[] {
  const named = standing.map(([lead, field]) => {
    const id = told(data, field);
    const last = before.findLast((step) => told(step.data, field) !== null);
    const name = id !== null && (last === undefined || told(last.data, field) !== id) ? nameOf(id) : null;
    return name && `${lead} ${name}`;
  });
  const supervisorId = told(data, 'supervisorId');
  const supervisor = supervisorId && nameOf(supervisorId);
  const over = type === 'call.ended' || type === 'leg.hangup' || type === 'leg.refused';
  const reason = told(data, 'endReason', 'reason');
  const network = over ? told(data, 'hangupText', 'text') : null;
  const cause = over ? told(data, 'hangupCause', 'cause') : null;
  const digit = told(data, 'digit', 'digits');
  const position = told(data, 'position');
  const disposition = told(data, 'disposition');
  return [
    ...(type === 'call.transferred' ? handedFacts(data, nameOf) : []),
    ...(type === 'call.consultation' ? consultationFacts(data) : []),
    ...named,
    supervisor && `supervisor ${supervisor}`,
    type === 'call.supervision' ? told(data, 'action') : null,
    type.includes('supervision') ? told(data, 'mode') : null,
    position && `place ${position} in line`,
    digit,
    disposition && (nameOf(disposition) ?? disposition),
    type === 'call.disposition' ? told(data, 'note') : null,
    reason && (type === 'call.ended' ? endReasonText(reason).toLowerCase() : reason.replaceAll(/[-_]/g, ' ')),
    network !== 'Hung up' ? network : null,
    cause !== null && cause !== normalClearing ? `cause ${cause} of Q.850` : null,
  ].filter((fact): fact is string => Boolean(fact));
}

/** A moment of a call, counted from its first step: `0 ms`, `+850 ms`, `+1 204 ms`. */
export const offsetText = (ms: number): string => (ms <= 0 ? '0 ms' : `+${Math.round(ms).toLocaleString('en').replaceAll(',', '\u2009')} ms`);
