import { type Channel, channelStates, type Conference, kindOf } from './channel.js';

/*
 * What Asterisk 22 writes, header by header in its order. Held against recordings of the real one (`shapes.spec.ts`) and against a real one that is asked
 * the same (tools/pool-simulator.test.mjs). Written out as text: a resync of a whole pool is some 300,000 of these.
 */

/** Text of the causes of Q.850 that come up here (main/causes). */
const causes: Readonly<Record<number, string>> = {
  0: 'Unknown',
  1: 'Unallocated (unassigned) number',
  16: 'Normal Clearing',
  17: 'User busy',
  18: 'No user responding',
  19: 'User alerting, no answer',
  21: 'Call Rejected',
  34: 'Circuit/channel congestion',
  38: 'Network out of order',
};

export function fullyBooted(uptimeSeconds: number): string {
  return `Event: FullyBooted\r\nPrivilege: system,all\r\nUptime: ${uptimeSeconds}\r\nLastReload: ${uptimeSeconds}\r\nStatus: Fully Booted\r\n\r\n`;
}

export function newstate(system: string, channel: Channel): string {
  return `Event: Newstate\r\nPrivilege: call,all\r\nSystemName: ${system}\r\n${headersOf(channel)}\r\n`;
}

/** Told after the join: the announcer of the conference counts as one of its channels. */
export function confbridgeJoin(system: string, conference: Conference, channel: Channel): string {
  return `Event: ConfbridgeJoin\r\nPrivilege: call,all\r\nSystemName: ${system}\r\n${bridge(conference)}${headersOf(channel)}Admin: No\r\nMuted: No\r\n\r\n`;
}

/** Told before the leave, as far as the number of channels goes. */
export function confbridgeLeave(system: string, conference: Conference, channel: Channel): string {
  return `Event: ConfbridgeLeave\r\nPrivilege: call,all\r\nSystemName: ${system}\r\n${bridge(conference)}${headersOf(channel)}Admin: No\r\n\r\n`;
}

/** @param sipCode of the answer that ended a leg which was dialled and not answered */
export function hangup(system: string, channel: Channel, cause: number, sipCode: number | null): string {
  const technical = sipCode === null ? '' : `TechCause: ${sipCode}\r\n`;
  return (
    `Event: Hangup\r\nPrivilege: call,all\r\nSystemName: ${system}\r\n${headersOf(channel)}Cause: ${cause}\r\n` +
    `Cause-txt: ${causes[cause] ?? 'Unknown'}\r\n${technical}\r\n`
  );
}

/** @param headers lines of the event's own, each with its end */
export function userEvent(system: string, channel: Channel, name: string, headers: string): string {
  return `Event: UserEvent\r\nPrivilege: user,all\r\nSystemName: ${system}\r\n${headersOf(channel)}UserEvent: ${name}\r\n${headers}\r\n`;
}

export function dtmfEnd(system: string, channel: Channel, digit: string, direction: 'Received' | 'Sent'): string {
  return (
    `Event: DTMFEnd\r\nPrivilege: dtmf,all\r\nSystemName: ${system}\r\n${headersOf(channel)}Digit: ${digit}\r\n` +
    `DurationMs: 120\r\nDirection: ${direction}\r\n\r\n`
  );
}

/** What an Originate came to (main/manager.c: fast_originate). A failure names what was dialled and carries no variables. */
export function originateResponse(system: string, answer: OriginateAnswer): string {
  const { actionId, success, target, context, exten, reason, channel } = answer;
  const id = actionId === '' ? '' : `ActionID: ${actionId}\r\n`;
  const variables = success
    ? `ChanVariable(${channel.name}): NAILUP_CALL=${channel.callId}\r\nChanVariable(${channel.name}): NAILUP_ROLE=${channel.role}\r\n`
    : '';
  return (
    `Event: OriginateResponse\r\nPrivilege: call,all\r\nSystemName: ${system}\r\n` +
    `${id}Response: ${success ? 'Success' : 'Failure'}\r\nChannel: ${success ? channel.name : target}\r\n` +
    `Context: ${context}\r\nExten: ${exten}\r\nReason: ${reason}\r\nUniqueid: ${channel.uniqueid}\r\n` +
    `CallerIDNum: ${channel.callerNumber}\r\nCallerIDName: <unknown>\r\n${variables}\r\n`
  );
}

export interface OriginateAnswer {
  readonly actionId: string;
  readonly success: boolean;
  readonly target: string;
  readonly context: string;
  readonly exten: string;
  /** Of main/manager_doc.xml: 4 answered, 3 rang in vain, 0 failed. */
  readonly reason: number;
  readonly channel: Channel;
}

export function confbridgeListRooms(actionId: string, conference: Conference): string {
  const marked = [...conference.members].filter((member) => member.parking !== null).length;
  return (
    `Event: ConfbridgeListRooms\r\n${actionId}Conference: ${conference.name}\r\n` +
    `Parties: ${conference.members.size}\r\nMarked: ${marked}\r\nLocked: No\r\nMuted: No\r\n\r\n`
  );
}

export function confbridgeList(actionId: string, conference: Conference, channel: Channel, now: number): string {
  const kind = kindOf(channel);
  const waiting = kind === 'client' && ![...conference.members].some((member) => member.parking !== null);
  return (
    `Event: ConfbridgeList\r\n${actionId}Conference: ${conference.name}\r\nAdmin: No\r\n` +
    `MarkedUser: ${yes(kind === 'agent')}\r\nWaitMarked: ${yes(kind === 'client')}\r\nEndMarked: No\r\n` +
    `EndMarkedAny: No\r\nWaiting: ${yes(waiting)}\r\nMuted: No\r\nTalking: No\r\n` +
    `AnsweredTime: ${Math.max(0, Math.floor((now - channel.answeredAt) / 1_000))}\r\n${headersOf(channel)}\r\n`
  );
}

/** @param holdingBridge id of the bridge in which seats rest */
export function coreShowChannel(actionId: string, channel: Channel, holdingBridge: string, now: number): string {
  const bridgeId = channel.conference?.bridgeId ?? (channel.parked ? holdingBridge : '');
  return (
    `Event: CoreShowChannel\r\n${actionId}${headersOf(channel)}Application: ${channel.application}\r\nApplicationData: ${channel.applicationData}\r\n` +
    `Duration: ${duration(now - channel.startedAt)}\r\nBridgeId: ${bridgeId}\r\n\r\n`
  );
}

/** The members of a bridge are not asked for, so only how many there are is told. */
export function bridgeListItem(actionId: string, bridgeId: string, type: string, technology: string, creator: string, name: string, channels: number): string {
  return (
    `Event: BridgeListItem\r\n${actionId}BridgeUniqueid: ${bridgeId}\r\nBridgeType: ${type}\r\n` +
    `BridgeTechnology: ${technology}\r\nBridgeCreator: ${creator}\r\nBridgeName: ${name}\r\n` +
    `BridgeNumChannels: ${channels}\r\nBridgeVideoSourceMode: none\r\n\r\n`
  );
}

export function listComplete(event: string, actionId: string, items: number): string {
  return `Event: ${event}\r\n${actionId}EventList: Complete\r\nListItems: ${items}\r\n\r\n`;
}

function bridge({ name, bridgeId, members }: Conference): string {
  return (
    `Conference: ${name}\r\nBridgeUniqueid: ${bridgeId}\r\nBridgeType: base\r\nBridgeTechnology: softmix\r\n` +
    `BridgeCreator: ConfBridge\r\nBridgeName: ${name}\r\n` +
    `BridgeNumChannels: ${members.size + 1}\r\nBridgeVideoSourceMode: none\r\n`
  );
}

function headersOf(channel: Channel): string {
  return (
    `Channel: ${channel.name}\r\nChannelState: ${channel.state}\r\n` +
    `ChannelStateDesc: ${channelStates[channel.state]}\r\nCallerIDNum: ${channel.callerNumber}\r\n` +
    `CallerIDName: <unknown>\r\n` +
    `ConnectedLineNum: ${channel.connectedNumber}\r\nConnectedLineName: <unknown>\r\nLanguage: en\r\n` +
    `AccountCode: \r\nContext: ${channel.context}\r\nExten: ${channel.exten}\r\n` +
    `Priority: ${channel.priority}\r\nUniqueid: ${channel.uniqueid}\r\nLinkedid: ${channel.linkedid}\r\n` +
    `ChanVariable: NAILUP_CALL=${channel.callId}\r\nChanVariable: NAILUP_ROLE=${channel.role}\r\n`
  );
}

function duration(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1_000));
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${two(Math.floor(seconds / 3_600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
}

function yes(fact: boolean): string {
  return fact ? 'Yes' : 'No';
}
