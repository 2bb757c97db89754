import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AmiFraming, AmiMessage } from '@nailup/ami';
import { Asterisk } from './asterisk/asterisk.js';
import { Chance } from './chance.js';
import { machineTime } from './time.js';

const recorded: AmiMessage[] = [];
new AmiFraming((message) => recorded.push(message)).push(readFileSync(join(__dirname, '../test/recordings/asterisk-22-seats-and-client-legs.ami')));

/** Names of the headers in their order, repeated ones as often as they come. */
const headersOf = (message: AmiMessage): string[] => message.text.split('\r\n').map((line) => line.slice(0, line.indexOf(':')));

/** Everything a simulated server says while an agent sits down, a client comes and goes, and it is asked what stands there. */
function said(): AmiMessage[] {
  const messages: AmiMessage[] = [];
  const take = (text: string): void => void messages.push(...text.split('\r\n\r\n').slice(0, -1).map((one) => new AmiMessage(one)));
  const asterisk = new Asterisk({ name: 'ms1', time: machineTime, chance: new Chance(1), say: take });
  take(asterisk.welcome());
  asterisk.sit('seat000001');
  const client = asterisk.arrive({ place: { conference: 'seat000001' } });
  for (const action of ['CoreShowChannels', 'ConfbridgeListRooms', 'ConfbridgeList', 'CoreStatus', 'Ping']) {
    asterisk.answer(new AmiMessage(`Action: ${action}\r\nActionID: 1\r\nConference: seat000001`), take);
  }
  asterisk.press(client, '5');
  asterisk.hangUp(client);
  return messages;
}

describe('what a simulated server says', () => {
  const simulated = said();
  const named = (message: AmiMessage): string => message.Event ?? '';
  const events = [...new Set(simulated.map(named))].filter((event) => event !== '' && recorded.some((message) => message.Event === event));

  it('is what the recorded Asterisk says of joins, leaves, lists and ends', () => {
    expect(events).toEqual(expect.arrayContaining(['ConfbridgeJoin', 'ConfbridgeLeave', 'ConfbridgeList', 'ConfbridgeListRooms', 'ConfbridgeListComplete', 'CoreShowChannel', 'CoreShowChannelsComplete', 'Hangup']));
  });

  it.each(events)('%s has the headers of the recorded one, in the same order', (event) => {
    const real = recorded.find((message) => message.Event === event);
    for (const ours of simulated.filter((message) => message.Event === event)) expect(headersOf(ours)).toEqual(headersOf(real as AmiMessage));
  });

  it('puts a privilege on events and none on the items of lists, as the recorded one does', () => {
    for (const event of events) {
      const privilege = (messages: readonly AmiMessage[]): string | undefined => messages.find((message) => message.Event === event)?.get('Privilege');
      expect([event, privilege(simulated)]).toEqual([event, privilege(recorded)]);
    }
  });
});
