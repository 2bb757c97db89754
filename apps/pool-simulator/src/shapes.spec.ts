import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AmiFraming, AmiMessage } from '@nailup/ami';
import { Asterisk } from './asterisk/asterisk.js';
import type { FarLeg } from './asterisk/outbound.js';
import { Chance } from './chance.js';
import { TurnedTime } from './time.js';

const recorded: AmiMessage[] = [];
new AmiFraming((message) => recorded.push(message)).push(readFileSync(join(__dirname, '../test/recordings/asterisk-22-seats-and-client-legs.ami')));

const seat = 'seat1x106';
const rests = 'seat2x106';
const from = '+15557777';

/** What differs between two servers, calls or moments, by header. */
const ofTheMoment = new RegExp(
  `^(${[
    'ActionID',
    'Timestamp',
    'Uptime',
    'LastReload',
    'CoreStartupDate',
    'CoreStartupTime',
    'CoreReloadDate',
    'CoreReloadTime',
    'CoreCurrentCalls',
    'CoreProcessedCalls',
    'AsteriskVersion',
    'Duration',
    'AnsweredTime',
    'Recording',
  ].join('|')}): .*`,
);

/** A message without what is of its server, call or moment alone. */
function plain(text: string): string {
  return (
    text
      .split('\r\n')
      .map((line) =>
        line
          .replace(ofTheMoment, '$1: *')
          .replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, 'UUID')
          .replace(/media-1-\d+\.\d+/g, 'UNIQUEID'),
      )
      .map((line) => line.replace(/-[0-9a-f]{8}(;[12])?(?=[):]|$)/, '-CHANNEL$1').replace(/^Value: \d+\.\d+$/, 'Value: *'))
      // Of what was counted of the sound, the names and their order.
      .map((line) => (line.startsWith('Rtcp: ') ? line.replace(/\d+/g, '*') : line))
      // A leg that was dialled has the id of its call.
      .map((line) => line.replace(/^(Uniqueid|Linkedid): UUID$/, '$1: UNIQUEID'))
      .join('\n')
  );
}

/** The day that was recorded, once more. Answers everything that is said. */
function live(): AmiMessage[] {
  const messages: AmiMessage[] = [];
  const take = (text: string): void =>
    void messages.push(
      ...text
        .split('\r\n\r\n')
        .slice(0, -1)
        .map((one) => new AmiMessage(one)),
    );
  const time = new TurnedTime();
  const chance = new Chance(1);
  let far: FarLeg | undefined;
  const asterisk = new Asterisk({ name: 'media-1', time, chance, say: take, farEnd: (leg) => (far = leg) });
  const ask = (action: string, fields: Readonly<Record<string, string>> = {}): void =>
    asterisk.answer(
      new AmiMessage([`Action: ${action}`, 'ActionID: 1', ...Object.entries(fields).map(([name, value]) => `${name}: ${value}`)].join('\r\n')),
      take,
    );
  const dial = ({ record = '', tone = false } = {}): FarLeg => {
    const id = chance.uuid();
    const variables = `__NAILUP_CALL=${id}\r\nVariable: NAILUP_ROLE=client${record === '' ? '' : `\r\nVariable: NAILUP_RECORDING=${record}`}`;
    ask('Originate', {
      ChannelId: id,
      Channel: 'PJSIP/+15550101@proxy',
      Timeout: '600',
      Context: 'clients',
      Exten: seat,
      CallerID: '+15559999',
      Variable: variables,
    });
    if (tone)
      ask('Originate', { Channel: `Local/${id}@ringback/n`, Context: 'tone', Exten: seat, Variable: `NAILUP_CALL=${id}\r\nVariable: NAILUP_ROLE=tone` });
    return far as FarLeg;
  };

  take(asterisk.welcome());
  for (const action of [
    'Ping',
    'CoreSettings',
    'CoreStatus',
    'CoreShowChannels',
    'ConfbridgeListRooms',
    'ConfbridgeList',
    'Command',
    'Nonsense',
    'Filter',
    'BridgeList',
  ])
    ask(action);
  ask('Getvar', { Variable: 'SYSINFO(loadavg)' });
  for (const action of ['Hangup', 'Redirect', 'Setvar', 'PlayDTMF']) ask(action, { Channel: 'nope' });
  ask('UserEvent', { UserEvent: 'X' });

  asterisk.sit(seat);
  const answering = dial({ tone: true });
  answering.ring();
  answering.answer();
  time.pass(1_000);
  ask('CoreShowChannels');
  ask('ConfbridgeListRooms');
  ask('ConfbridgeList', { Conference: seat });
  ask('ConfbridgeList', { Conference: 'nobody1x1' });
  ask('Redirect', { Channel: answering.uniqueid, Context: 'hold', Exten: 'hold' });
  ask('CoreShowChannels');
  ask('Redirect', { Channel: answering.uniqueid, Context: 'clients', Exten: seat });
  ask('PlayDTMF', { Channel: answering.uniqueid, Digit: '5' });
  ask('Setvar', { Channel: answering.uniqueid, Variable: 'NAILUP_X', Value: 'y' });
  ask('Getvar', { Channel: answering.uniqueid, Variable: 'NAILUP_X' });
  ask('Hangup', { Channel: answering.uniqueid, Cause: '16' });

  const caller = asterisk.arrive({ callId: chance.uuid(), from, place: { conference: seat } });
  asterisk.press(caller, '7');
  asterisk.hangUp(caller);
  const waiting = asterisk.arrive({ callId: chance.uuid(), from, place: 'queue' });
  ask('CoreShowChannels');
  asterisk.hangUp(waiting);
  dial().refuse(17, 486);
  dial().ring();
  time.pass(700);
  const cancelled = dial();
  cancelled.ring();
  ask('Hangup', { Channel: cancelled.uniqueid, Cause: '16' });
  const heard = dial({ record: chance.uuid() });
  heard.answer();
  heard.hangUp();
  asterisk.hangUp(asterisk.sit(seat));

  const resting = asterisk.sit(rests, { parking: 'holding' });
  ask('CoreShowChannels');
  const fetching = asterisk.arrive({ callId: chance.uuid(), from, place: { conference: rests } });
  ask('CoreShowChannels');
  asterisk.hangUp(fetching);
  asterisk.hangUp(resting);
  return messages;
}

describe('a day on a simulated media server', () => {
  const simulated = live().map(({ text }) => plain(text));
  const real = recorded.map(({ text }) => plain(text));
  /** Said by the session of a client, which is not part of this. */
  const notLived = /^Response: Goodbye|Message: Authentication accepted|Permission denied|ActionID: \*\nEvents: /;
  /** Somebody else's session was answered so. */
  const notRecorded = /Message: Originate successfully queued/;

  it('says nothing that the recorded Asterisk has not said, word for word', () => {
    expect(simulated.filter((message) => !real.includes(message) && !notRecorded.test(message))).toEqual([]);
  });

  it('says everything that the recorded Asterisk has said', () => {
    expect(real.filter((message) => !simulated.includes(message) && !notLived.test(message))).toEqual([]);
  });
});
