/** The content type Asterisk really sends (confbridge_manager.c); its documentation names another. */
export const conferenceEventType = 'application/x-asterisk-confbridge-event+json';

/** The content type in which the media server says where the seat itself is (asterisk/config/extensions.conf). */
export const seatPlaceType = 'application/x-nailup-seat+json';

const isOfType = (contentType: string, wanted: string): boolean => contentType.split(';', 1)[0]?.trim().toLowerCase() === wanted;

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return null;
  }
}

/** Does this message say that she waits outside of her room, in a holding bridge? */
export function readsParked(contentType: string, body: string): boolean {
  if (!isOfType(contentType, seatPlaceType)) return false;
  const json = parsed(body);
  return isRecord(json) && json['place'] === 'parked';
}

/** Somebody in the room. */
export interface Participant {
  /** Asterisk's uniqueid of the channel. */
  readonly id: string;
  readonly name: string;
  readonly number: string;
  readonly muted: boolean;
  readonly talking: boolean;
}

interface Member extends Participant {
  readonly channel: string;
}

/** One event of the room, in our words. */
export type ConferenceEvent =
  | { readonly kind: 'welcome'; readonly members: readonly Member[] }
  | { readonly kind: 'join' | 'leave' | 'mute' | 'unmute' | 'talking'; readonly members: readonly Member[] };

const kinds: ReadonlyMap<string, ConferenceEvent['kind']> = new Map([
  ['ConfbridgeWelcome', 'welcome'],
  ['ConfbridgeJoin', 'join'],
  ['ConfbridgeLeave', 'leave'],
  ['ConfbridgeMute', 'mute'],
  ['ConfbridgeUnmute', 'unmute'],
  ['ConfbridgeTalking', 'talking'],
]);

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
const text = (value: unknown): string => (typeof value === 'string' ? value : '');

function member(value: unknown): Member | null {
  if (!isRecord(value) || typeof value['id'] !== 'string' || typeof value['name'] !== 'string') return null;
  const caller = isRecord(value['caller']) ? value['caller'] : {};
  return {
    id: value['id'],
    channel: value['name'],
    name: text(caller['name']),
    number: text(caller['number']),
    muted: value['muted'] === true,
    talking: value['talking_status'] === 'on',
  };
}

/**
 * Reads one in-dialog message of ConfBridge (`enable_events`, `send_events`).
 * @returns null for anything that is not such a message: a stranger's text must never hurt the line
 */
export function readConferenceEvent(contentType: string, body: string): ConferenceEvent | null {
  if (!isOfType(contentType, conferenceEventType)) return null;
  const json = parsed(body);
  if (!isRecord(json)) return null;
  const kind = kinds.get(text(json['type']));
  const channels = json['channels'];
  if (!kind || !Array.isArray(channels)) return null;
  return { kind, members: channels.map(member).filter((one) => one !== null) };
}

/**
 * The ringing she hears while a telephone rings is a leg of the media server's own, and nobody; nor is a supervisor who barges in a caller: of her the
 * manager tells, when the policy says so.
 */
const isNobody = (channel: string): boolean => /^(Local\/[^@]*@(tone|ringback)|PJSIP\/supervisor)-/.test(channel);

/**
 * Who else is in the room after `event`.
 * @param own the agent's own SIP user name: her channels are `PJSIP/<own>-…` and are not "others"
 */
export function othersAfter(others: readonly Participant[], event: ConferenceEvent, own: string): readonly Participant[] {
  const strangers = event.members
    .filter(({ channel }) => !channel.startsWith(`PJSIP/${own}-`) && !isNobody(channel))
    .map(({ channel: _channel, ...participant }) => participant);
  const ids = new Set(strangers.map(({ id }) => id));
  switch (event.kind) {
    case 'welcome':
      return strangers;
    case 'join':
      return [...others.filter(({ id }) => !ids.has(id)), ...strangers];
    case 'leave':
      return others.filter(({ id }) => !ids.has(id));
    case 'mute':
    case 'unmute':
      return others.map((other) => (ids.has(other.id) ? { ...other, muted: event.kind === 'mute' } : other));
    case 'talking':
      return others.map((other) => ({ ...other, talking: strangers.find(({ id }) => id === other.id)?.talking ?? other.talking }));
  }
}
