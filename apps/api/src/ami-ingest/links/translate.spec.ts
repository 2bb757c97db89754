import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AmiFraming, AmiMessage } from '@nailup/ami';
import { Fleet } from '@nailup/domain';
import { roleOf, translate } from './translate.js';

const recording = readFileSync(join(__dirname, '../../../../../libs/ami/test/recordings/asterisk-22-conference-calls.ami'));

function event(text: string): AmiMessage {
  return new AmiMessage(text.trim().replace(/\n/g, '\r\n'));
}

describe('what an AMI event says of the legs of a media server', () => {
  it('a join of the channel the conference is named for is the agent, any other is a client', () => {
    const join = 'Event: ConfbridgeJoin\nConference: k3x9\nChannel: PJSIP/k3x9-0000001a\nUniqueid: ms1-1.5';
    expect(translate('s1', event(join))).toEqual({ kind: 'leg-joined', mediaServerId: 's1', uniqueid: 'ms1-1.5', conference: 'k3x9', role: 'agent' });
    expect(translate('s1', event(join.replace('PJSIP/k3x9-', 'PJSIP/other-')))).toMatchObject({ role: 'client' });
    expect(translate('s1', event(join.replace('PJSIP/k3x9-0000001a', 'Local/k3x9@client-00000001;2')))).toMatchObject({ role: 'client' });
  });

  it('an endpoint whose name only begins like the conference is no agent of it', () => {
    expect(roleOf('PJSIP/k3x9-evil-0000001a', 'k3x9')).toBe('client');
    expect(roleOf('PJSIP/k3x9-0000001a', 'k3x9-evil')).toBe('client');
    expect(roleOf('PJSIP/a-b-0000001a', 'a-b')).toBe('agent');
    expect(roleOf('PJSIP/k3x9', 'k3x9')).toBe('client');
  });

  it('a leave names the conference, a hang-up ends the leg wherever it stood', () => {
    expect(translate('s1', event('Event: ConfbridgeLeave\nConference: k3x9\nUniqueid: 1.5'))).toEqual({ kind: 'leg-left', mediaServerId: 's1', uniqueid: '1.5', conference: 'k3x9' });
    expect(translate('s1', event('Event: Hangup\nUniqueid: 1.5'))).toEqual({ kind: 'leg-left', mediaServerId: 's1', uniqueid: '1.5' });
    expect(translate('s1', event('Event: ConfbridgeEnd\nConference: k3x9'))).toEqual({ kind: 'conference-ended', mediaServerId: 's1', conference: 'k3x9' });
  });

  it('events that lack what names the leg, and all other events, say nothing', () => {
    for (const text of ['Event: ConfbridgeJoin\nConference: k3x9', 'Event: Hangup\nChannel: x', 'Event: ConfbridgeTalking\nConference: a\nUniqueid: 1', 'Event: Newchannel\nUniqueid: 1', 'Response: Success']) {
      expect(translate('s1', event(text))).toBeNull();
    }
  });

  it('a recording of 40 calls that came and went leaves nobody in any conference', () => {
    const fleet = new Fleet();
    let most = 0;
    new AmiFraming((message) => {
      const fact = translate('s1', message);
      if (fact) fleet.apply(fact);
      most = Math.max(most, fleet.conferences('s1').reduce((sum, { clientLegs }) => sum + clientLegs, 0));
    }).push(recording);
    expect(most).toBe(40);
    expect(fleet.conferences('s1')).toEqual([]);
  });
});
