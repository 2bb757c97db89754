import type { FakeChannel, FakeMember } from './asterisk-model.js';

/** Channel states by their number (main/channel.c). */
const states = ['Down', 'Rsrvd', 'OffHook', 'Dialing', 'Ring', 'Ringing', 'Up'];

/** Headers of a message in the order of the wire. */
export type Shape = readonly (readonly [name: string, value: string | number])[];

/** As Asterisk 22 writes it; held against recordings in `recordings.spec.ts`. */
export function confbridgeJoin(systemName: string, member: FakeMember, channel: FakeChannel, members: number): Shape {
  return [['Event', 'ConfbridgeJoin'], ...envelope(systemName), ...bridge(member.conference, members), ...channelHeaders(channel), ['Admin', 'No'], ['Muted', 'No']];
}

export function confbridgeLeave(systemName: string, member: FakeMember, channel: FakeChannel, members: number): Shape {
  return [['Event', 'ConfbridgeLeave'], ...envelope(systemName), ...bridge(member.conference, members), ...channelHeaders(channel), ['Admin', 'No']];
}

export function confbridgeStart(systemName: string, conference: string): Shape {
  return [['Event', 'ConfbridgeStart'], ...envelope(systemName), ...bridge(conference, 1)];
}

export function confbridgeEnd(systemName: string, conference: string): Shape {
  return [['Event', 'ConfbridgeEnd'], ...envelope(systemName), ...bridge(conference, 0)];
}

export function hangup(systemName: string, channel: FakeChannel, cause = 16): Shape {
  return [['Event', 'Hangup'], ...envelope(systemName), ...channelHeaders(channel), ['Cause', cause], ['Cause-txt', cause === 16 ? 'Normal Clearing' : `Cause ${cause}`]];
}

export function newstate(systemName: string, channel: FakeChannel): Shape {
  return [['Event', 'Newstate'], ...envelope(systemName), ...channelHeaders(channel)];
}

export function userEvent(systemName: string, channel: FakeChannel, name: string, headers: Shape): Shape {
  return [['Event', 'UserEvent'], ['Privilege', 'user,all'], ['SystemName', systemName], ...channelHeaders(channel), ['UserEvent', name], ...headers];
}

export function dtmfEnd(systemName: string, channel: FakeChannel, digit: string, direction: 'Received' | 'Sent'): Shape {
  return [['Event', 'DTMFEnd'], ['Privilege', 'dtmf,all'], ['SystemName', systemName], ...channelHeaders(channel), ['Digit', digit], ['DurationMs', 120], ['Direction', direction]];
}

/** @param reason as of main/manager_doc.xml: 4 answered, 5 busy, 3 rang in vain, 0 failed */
export function originateResponse(systemName: string, channel: FakeChannel, response: 'Success' | 'Failure', reason: number): Shape {
  const { actionId = '', channel: name, context, exten, uniqueid } = channel;
  return [
    ['Event', 'OriginateResponse'], ...envelope(systemName), ['ActionID', actionId], ['Response', response], ['Channel', name], ['Context', context], ['Exten', exten],
    ['Reason', reason], ['Uniqueid', uniqueid],
  ];
}

export function confbridgeListRooms(actionId: string, conference: string, members: readonly FakeMember[]): Shape {
  const marked = members.filter((one) => one.marked).length;
  return [['Event', 'ConfbridgeListRooms'], ['ActionID', actionId], ['Conference', conference], ['Parties', members.length], ['Marked', marked], ['Locked', 'No'], ['Muted', 'No']];
}

export function confbridgeList(actionId: string, member: FakeMember, channel: FakeChannel, now: number): Shape {
  return [
    ['Event', 'ConfbridgeList'],
    ['ActionID', actionId],
    ['Conference', member.conference],
    ['Admin', 'No'],
    ['MarkedUser', member.marked ? 'Yes' : 'No'],
    ['WaitMarked', 'No'],
    ['EndMarked', 'No'],
    ['EndMarkedAny', 'No'],
    ['Waiting', 'No'],
    ['Muted', 'No'],
    ['Talking', 'No'],
    ['AnsweredTime', Math.floor((now - channel.startedAt) / 1000)],
    ...channelHeaders(channel),
  ];
}

export function coreShowChannel(actionId: string, channel: FakeChannel, conference: string | undefined, now: number): Shape {
  return [
    ['Event', 'CoreShowChannel'],
    ['ActionID', actionId],
    ...channelHeaders(channel),
    ['Application', conference === undefined ? 'Playback' : 'ConfBridge'],
    ['ApplicationData', conference ?? ''],
    ['Duration', new Date(now - channel.startedAt).toISOString().slice(11, 19)],
    ['BridgeId', conference === undefined ? '' : bridgeId(conference)],
  ];
}

export function listComplete(event: string, actionId: string, items: number): Shape {
  return [['Event', event], ['ActionID', actionId], ['EventList', 'Complete'], ['ListItems', items]];
}

/** The bytes of a message. */
export function encodeShape(shape: Shape): string {
  return `${shape.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`;
}

function envelope(systemName: string): Shape {
  return [['Privilege', 'call,all'], ['SystemName', systemName]];
}

function bridge(conference: string, members: number): Shape {
  return [
    ['Conference', conference],
    ['BridgeUniqueid', bridgeId(conference)],
    ['BridgeType', 'base'],
    ['BridgeTechnology', 'softmix'],
    ['BridgeCreator', 'ConfBridge'],
    ['BridgeName', conference],
    ['BridgeNumChannels', members],
    ['BridgeVideoSourceMode', 'none'],
  ];
}

function bridgeId(conference: string): string {
  return `bridge-${conference}`;
}

function channelHeaders(channel: FakeChannel): Shape {
  return [
    ['Channel', channel.channel],
    ['ChannelState', states.indexOf(channel.state ?? 'Up')],
    ['ChannelStateDesc', channel.state ?? 'Up'],
    ['CallerIDNum', '<unknown>'],
    ['CallerIDName', '<unknown>'],
    ['ConnectedLineNum', '<unknown>'],
    ['ConnectedLineName', '<unknown>'],
    ['Language', 'en'],
    ['AccountCode', ''],
    ['Context', channel.context],
    ['Exten', channel.exten],
    ['Priority', 1],
    ['Uniqueid', channel.uniqueid],
    ['Linkedid', channel.uniqueid],
    ...(channel.variables ?? []).map((variable) => ['ChanVariable', variable] as const),
  ];
}
