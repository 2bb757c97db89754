import type { AsteriskModel, FakeChannel } from './asterisk-model.js';
import type { FakeAction, FakeAnswer } from './fake-session.js';
import { confbridgeList, confbridgeListRooms, coreShowChannel, listComplete, type Shape } from './shapes.js';

/** What the answers need of the server besides its model. */
export interface FakeSettings {
  version: string;
  loadAverage: () => number;
  now: () => number;
  hangup: (which: string) => void;
  /** A call ordered by Originate, after its response. */
  originate: (action: FakeAction) => void;
  /** A channel goes on at another place of the dialplan. */
  walk: (channel: FakeChannel, context: string, exten: string) => void;
  broadcast: (event: Shape) => void;
  /** Key presses played to a channel, by uniqueid. */
  played: Map<string, string>;
}

/** The actions the fake knows, by name in lower case. Others are refused as Asterisk refuses them. */
export function answers(model: AsteriskModel, settings: FakeSettings): Record<string, FakeAnswer> {
  return {
    ping: (action) => action.success(['Ping', 'Pong'], ['Timestamp', (settings.now() / 1000).toFixed(6)]),
    logoff(action) {
      action.session.send([['Response', 'Goodbye'], ...idOf(action), ['Message', 'Thanks for all the fish.']]);
      action.session.socket.end();
    },
    events(action) {
      action.session.eventsOn = action.message.get('EventMask')?.toLowerCase() !== 'off';
      action.success(['Events', action.session.eventsOn ? 'On' : 'Off']);
    },
    coresettings: (action) => action.success(['AMIversion', '11.0.0'], ['AsteriskVersion', settings.version], ['SystemName', model.systemName]),
    corestatus(action) {
      const [date = '', time = ''] = model.startedAt.toISOString().slice(0, 19).split('T');
      action.success(['CoreStartupDate', date], ['CoreStartupTime', time], ['CoreReloadDate', date], ['CoreReloadTime', time], ['CoreCurrentCalls', model.channels.size]);
    },
    getvar(action) {
      const variable = action.message.get('Variable') ?? '';
      const value = variable === 'SYSINFO(loadavg)' ? settings.loadAverage().toFixed(6) : '';
      action.success(['Variable', variable], ['Value', value]);
    },
    coreshowchannels(action) {
      const items = [...model.channels.values()].map((channel) => coreShowChannel(action.message.ActionID ?? '', channel, model.conferencesOf(channel.uniqueid)[0], settings.now()));
      list(action, 'Channels will follow', items, 'CoreShowChannelsComplete');
    },
    confbridgelistrooms(action) {
      if (model.conferences.size === 0) return action.error('No active conferences.');
      const items = [...model.conferences].map(([name, members]) => confbridgeListRooms(action.message.ActionID ?? '', name, [...members.values()]));
      list(action, 'Confbridge conferences will follow', items, 'ConfbridgeListRoomsComplete');
    },
    confbridgelist(action) {
      const conference = action.message.get('Conference');
      const members = conference === undefined ? undefined : model.conferences.get(conference);
      if (model.conferences.size === 0) return action.error('No active conferences.');
      if (!members) return action.error('No Conference by that name found.');
      const items = [...members.values()].map((member) => confbridgeList(action.message.ActionID ?? '', member, model.find(member.channel) as FakeChannel, settings.now()));
      list(action, 'Confbridge user list will follow', items, 'ConfbridgeListComplete');
    },
    hangup(action) {
      const which = action.message.get('Channel') ?? '';
      if (!model.find(which)) return action.error('No such channel');
      action.success(['Message', 'Channel Hungup']);
      settings.hangup(which);
    },
    redirect(action) {
      const channel = model.find(action.message.get('Channel') ?? '');
      if (!channel) return action.error('Channel does not exist');
      action.success(['Message', 'Redirect successful']);
      settings.walk(channel, action.message.get('Context') ?? '', action.message.get('Exten') ?? '');
    },
    setvar(action) {
      const channel = model.find(action.message.get('Channel') ?? '');
      if (!channel) return action.error('No such channel');
      const value = action.message.get('Value') ?? '';
      if (action.message.get('Variable') === 'NAILUP_RECORDING') channel.wantsRecording = value;
      if (action.message.get('Variable') === 'NAILUP_MONITOR' && value === '') channel.recording = undefined;
      action.success(['Message', 'Variable Set']);
      const name = (action.message.get('Variable') ?? '').replace(/^_+/, '');
      // Only what events carry.
      if (name === 'NAILUP_CALL') channel.variables = [...(channel.variables ?? []).filter((line) => !line.startsWith(`${name}=`)), `${name}=${action.message.get('Value') ?? ''}`];
    },
    mixmonitormute(action) {
      if (model.find(action.message.get('Channel') ?? '')?.recording === undefined) return action.error('Cannot set mute flag');
      action.success();
    },
    stopmixmonitor(action) {
      if (model.find(action.message.get('Channel') ?? '')?.recording === undefined) return action.error('Could not stop monitoring channel');
      action.success();
    },
    playdtmf(action) {
      const channel = model.find(action.message.get('Channel') ?? '');
      if (!channel) return action.error('Channel not found');
      settings.played.set(channel.uniqueid, `${settings.played.get(channel.uniqueid) ?? ''}${action.message.get('Digit')}`);
      action.success(['Message', 'DTMF successfully queued']);
    },
    userevent(action) {
      const { message } = action;
      action.success(['Message', 'Event Sent']);
      settings.broadcast([
        ['Event', 'UserEvent'], ['Privilege', 'user,all'], ['SystemName', model.systemName], ['UserEvent', message.get('UserEvent') ?? ''], ...idOf(action),
      ]);
    },
    originate(action) {
      action.success(['Message', 'Originate successfully queued']);
      settings.originate(action);
    },
  };
}

function list(action: FakeAction, message: string, items: readonly Shape[], complete: string): void {
  action.success(['EventList', 'start'], ['Message', message]);
  for (const item of items) action.session.send(item.map(([name, value]) => [name, name === 'ActionID' ? cut(String(value)) : value]));
  action.session.send(listComplete(complete, action.message.ActionID ?? '', items.length));
}

/** Asterisk's buffer for the ActionID of an item holds 67 bytes of it (app_confbridge.c). */
function cut(actionId: string): string {
  return actionId.slice(0, 67);
}

function idOf(action: FakeAction): Shape {
  return action.message.ActionID === undefined ? [] : [['ActionID', action.message.ActionID]];
}
