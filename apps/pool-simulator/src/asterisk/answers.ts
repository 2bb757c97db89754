import type { AmiMessage } from '@nailup/ami';
import type { Asterisk } from './asterisk.js';
import { bridgeListItem, confbridgeList, confbridgeListRooms, coreShowChannel, listComplete } from './shapes.js';

/** Sends a piece of an answer, as it stands on the wire. */
export type Reply = (text: string) => void;

/** Actions that Asterisk knows and that the account of a manager may not use (manager.conf: write). */
const refused = [
  'command',
  'filter',
  'mixmonitor',
  'confbridgestartrecord',
  'getconfig',
  'updateconfig',
  'dialplanextensionadd',
  'reload',
  'modulereload',
  'agi',
];

/** What an action is answered with, by its name in lower case (main/manager.c, apps/app_confbridge.c, main/bridge.c). */
const answers: Readonly<Record<string, (asterisk: Asterisk, action: AmiMessage, id: string, reply: Reply) => void>> = {
  ping: ({ board }, _, id, reply) => reply(success(id, `Ping: Pong\r\nTimestamp: ${(board.now() / 1_000).toFixed(6)}\r\n`)),

  coresettings: ({ board, version }, _, id, reply) =>
    reply(
      success(
        id,
        `AMIversion: 11.0.0\r\nAsteriskVersion: ${version}\r\nSystemName: ${board.name}\r\nCoreMaxCalls: 350\r\n` +
          `CoreMaxLoadAvg: 0.000000\r\nCoreRunUser: \r\nCoreRunGroup: \r\n` +
          'CoreMaxFilehandles: 0\r\nCoreRealTimeEnabled: Yes\r\nCoreCDRenabled: No\r\nCoreHTTPenabled: No\r\nSoundsSearchCustomDir: No\r\n',
      ),
    ),

  corestatus({ board }, _, id, reply) {
    const [date = '', time = ''] = new Date(board.bootedAt).toISOString().slice(0, 19).split('T');
    reply(
      success(
        id,
        `CoreStartupDate: ${date}\r\nCoreStartupTime: ${time}\r\nCoreReloadDate: ${date}\r\nCoreReloadTime: ${time}\r\n` +
          `CoreCurrentCalls: ${board.channels.size}\r\nCoreProcessedCalls: ${board.channels.size}\r\n`,
      ),
    );
  },

  getvar(asterisk, action, id, reply) {
    const variable = action.get('Variable') ?? '';
    const channel = action.get('Channel');
    if (channel !== undefined && asterisk.board.find(channel) === undefined) return reply(error(id, 'No such channel'));
    const value =
      variable === 'SYSINFO(loadavg)'
        ? asterisk.loadAverage().toFixed(6)
        : channel === undefined
          ? ''
          : (asterisk.board.find(channel)?.variables?.get(variable) ?? '');
    reply(success(id, `Variable: ${variable}\r\nValue: ${value}\r\n`));
  },

  coreshowchannels({ board }, _, id, reply) {
    reply(list(id, 'Channels will follow'));
    const now = board.now();
    for (const channel of board.channels.values()) reply(coreShowChannel(id, channel, board.holdingBridge, now));
    reply(listComplete('CoreShowChannelsComplete', id, board.channels.size));
  },

  confbridgelistrooms({ board }, _, id, reply) {
    if (board.conferences.size === 0) return reply(error(id, 'No active conferences.'));
    reply(list(id, 'Confbridge conferences will follow'));
    for (const conference of board.conferences.values()) reply(confbridgeListRooms(id, conference));
    reply(listComplete('ConfbridgeListRoomsComplete', id, board.conferences.size));
  },

  confbridgelist({ board }, action, id, reply) {
    const name = action.get('Conference');
    if (name === undefined) return reply(error(id, 'No Conference name provided.'));
    if (board.conferences.size === 0) return reply(error(id, 'No active conferences.'));
    const conference = board.conferences.get(name);
    if (conference === undefined) return reply(error(id, 'No Conference by that name found.'));
    reply(list(id, 'Confbridge user list will follow'));
    const now = board.now();
    for (const member of conference.members) reply(confbridgeList(id, conference, member, now));
    reply(listComplete('ConfbridgeListComplete', id, conference.members.size));
  },

  bridgelist({ board }, _, id, reply) {
    const resting = [...board.channels.values()].filter((channel) => channel.parked).length;
    reply(list(id, 'Bridge listing will follow'));
    for (const { name, bridgeId, members } of board.conferences.values())
      reply(bridgeListItem(id, bridgeId, 'base', 'softmix', 'ConfBridge', name, members.size + 1));
    if (resting > 0) reply(bridgeListItem(id, board.holdingBridge, 'base', 'holding_bridge', 'BridgeWait', 'nailup', resting));
    reply(listComplete('BridgeListComplete', id, board.conferences.size + (resting > 0 ? 1 : 0)));
  },

  hangup(asterisk, action, id, reply) {
    const channel = asterisk.board.find(action.get('Channel') ?? '');
    if (channel === undefined) return reply(error(id, 'No such channel'));
    reply(success(id, 'Message: Channel Hungup\r\n'));
    asterisk.hangUp(channel.uniqueid, Number(action.get('Cause') ?? 0));
  },

  redirect(asterisk, action, id, reply) {
    const which = action.get('Channel') ?? '';
    const channel = asterisk.board.find(which);
    if (channel === undefined) return reply(error(id, `Channel does not exist: ${which}`));
    reply(success(id, 'Message: Redirect successful\r\n'));
    asterisk.redirect(channel.uniqueid, action.get('Context') ?? '', action.get('Exten') ?? '');
  },

  setvar({ board }, action, id, reply) {
    const channel = board.find(action.get('Channel') ?? '');
    if (channel === undefined) return reply(error(id, 'No such channel'));
    const name = (action.get('Variable') ?? '').replace(/^_+/, '');
    const value = action.get('Value') ?? '';
    if (name === 'NAILUP_CALL') channel.callId = value;
    else if (name === 'NAILUP_ROLE') channel.role = value;
    else if (name === 'NAILUP_RECORDING') channel.wantsRecording = value;
    else if (name === 'NAILUP_MONITOR') channel.recording = value;
    else (channel.variables ??= new Map()).set(name, value);
    reply(success(id, 'Message: Variable Set\r\n'));
  },

  playdtmf(asterisk, action, id, reply) {
    const channel = asterisk.board.find(action.get('Channel') ?? '');
    if (channel === undefined) return reply(error(id, 'Channel not found'));
    reply(success(id, 'Message: DTMF successfully queued\r\n'));
    asterisk.played(channel.uniqueid, action.get('Digit') ?? '');
  },

  mixmonitormute: ({ board }, action, id, reply) =>
    reply(board.find(action.get('Channel') ?? '')?.recording ? success(id, '') : error(id, 'Cannot set mute flag')),
  stopmixmonitor: ({ board }, action, id, reply) =>
    reply(board.find(action.get('Channel') ?? '')?.recording ? success(id, '') : error(id, 'Could not stop monitoring channel')),

  userevent({ board }, action, id, reply) {
    reply(success(id, 'Message: Event Sent\r\n'));
    board.say(`Event: UserEvent\r\nPrivilege: user,all\r\nSystemName: ${board.name}\r\nUserEvent: ${action.get('UserEvent') ?? ''}\r\n${id}\r\n`);
  },

  originate(asterisk, action, id, reply) {
    reply(success(id, 'Message: Originate successfully queued\r\n'));
    asterisk.originate(action);
  },
};

/** Answers an action of somebody who is logged in. */
export function answer(asterisk: Asterisk, action: AmiMessage, reply: Reply): void {
  const name = action.get('Action') ?? '';
  const known = answers[name.toLowerCase()];
  const id = idOf(action);
  if (known !== undefined) known(asterisk, action, id, reply);
  else if (refused.includes(name.toLowerCase())) reply(error(id, 'Permission denied'));
  else reply(error(id, `Invalid/unknown command: ${name}. Use Action: ListCommands to show available commands.`));
}

/** The line that names the action, or nothing. */
export function idOf(action: AmiMessage): string {
  // Wherever it stands in the action; AmiMessage.ActionID looks for it where Asterisk puts it in an answer.
  const id = action.get('ActionID');
  return id === undefined ? '' : `ActionID: ${id}\r\n`;
}

export function success(id: string, headers: string): string {
  return `Response: Success\r\n${id}${headers}\r\n`;
}

export function error(id: string, message: string): string {
  return `Response: Error\r\n${id}Message: ${message}\r\n\r\n`;
}

function list(id: string, message: string): string {
  return `Response: Success\r\n${id}EventList: start\r\nMessage: ${message}\r\n\r\n`;
}
