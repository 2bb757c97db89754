/** Channel states by their number (main/channel.c), as far as a media server of ours shows them. */
export const channelStates = ['Down', 'Rsrvd', 'OffHook', 'Dialing', 'Ring', 'Ringing', 'Up'] as const;
export type ChannelState = 0 | 3 | 5 | 6;
export const down: ChannelState = 0;
export const ringing: ChannelState = 5;
export const up: ChannelState = 6;

export const unknown = '<unknown>';

/** How a seat waits between its client legs (NAILUP_PARKING of its endpoint). */
export type Parking = 'conference' | 'holding';

/** A conference exists from its first member to its last. */
export interface Conference {
  readonly name: string;
  readonly bridgeId: string;
  readonly members: Set<Channel>;
}

/** One channel of an Asterisk: what events and lists say of it, and where it stands. */
export interface Channel {
  readonly name: string;
  readonly uniqueid: string;
  readonly linkedid: string;
  state: ChannelState;
  callerNumber: string;
  connectedNumber: string;
  context: string;
  exten: string;
  priority: number;
  application: string;
  applicationData: string;
  /** NAILUP_CALL and NAILUP_ROLE, told with every event (manager.conf: channelvars); empty when not set. */
  callId: string;
  role: string;
  readonly startedAt: number;
  answeredAt: number;
  conference: Conference | null;
  /** Of a seat's own channel. */
  readonly parking: Parking | null;
  /** Rests in the holding bridge. */
  parked: boolean;
  /** NAILUP_RECORDING and NAILUP_MONITOR: the recording that is to begin, and the one that runs; empty for none. */
  wantsRecording: string;
  recording: string;
  /** Other variables that were set, by name. */
  variables: Map<string, string> | null;
  /** Of the Originate that made it, until it is answered. */
  dialling: Dialling | null;
}

/** An Originate under way. */
export interface Dialling {
  readonly actionId: string;
  /** What was dialled, as the action named it. */
  readonly target: string;
  readonly context: string;
  readonly exten: string;
  /** Ends the watch over its time-out. */
  cancel: () => void;
}

/** Whose leg it is in a conference. */
export type MemberKind = 'agent' | 'client' | 'other';

const pjsip = /^PJSIP\/(.+)-[0-9a-f]+$/;

/** The endpoint a channel belongs to, or null. */
export function endpointOf(name: string): string | null {
  return pjsip.exec(name)?.[1] ?? null;
}

/** The seat's own channel, a client's, or somebody who counts as nobody there: the ringing, a supervisor, who is consulted. */
export function kindOf(channel: Channel): MemberKind {
  if (channel.parking !== null) return 'agent';
  return channel.role === '' || channel.role === 'client' ? 'client' : 'other';
}
