import { AmiMessage } from '@nailup/ami';
import { listedCallLeg, translateCall } from './translate-calls.js';
import { roleOf, translate } from './translate.js';

const callId = '0192f0c1-7a3b-7cde-8f01-23456789abcd';
const own = `ChanVariable: NAILUP_CALL=${callId}\nChanVariable: NAILUP_ROLE=client`;
const event = (text: string): AmiMessage => new AmiMessage(text.trim().replace(/\n/g, '\r\n'));
const said = (name: string, more: string, variables = own): ReturnType<typeof translateCall> => translateCall(event(`Event: ${name}\nChannel: PJSIP/proxy-0000001a\nUniqueid: 1.5\n${more}\n${variables}`));

describe('what an AMI event says of the leg of a call', () => {
  it.each([
    ['it is dialled', 'Newstate', 'ChannelStateDesc: Dialing', { place: 'coming' }],
    ['it rings', 'Newstate', 'ChannelStateDesc: Ringing', { place: 'ringing' }],
    ['it answers', 'Newstate', 'ChannelStateDesc: Up', { place: 'up' }],
    ['it enters a conference', 'ConfbridgeJoin', 'Conference: k3x9', { place: 'conference', conference: 'k3x9' }],
    ['it waits', 'UserEvent', 'UserEvent: NailupLeg\nPlace: queue', { place: 'queue' }],
    ['it hears music', 'UserEvent', 'UserEvent: NailupLeg\nPlace: hold', { place: 'hold' }],
    ['it goes across', 'UserEvent', 'UserEvent: NailupLeg\nPlace: across', { place: 'across' }],
  ])('%s', (_, name, more, expected) => {
    expect(said(name, more)).toEqual({ kind: 'call-leg', callId, uniqueid: '1.5', role: 'client', conference: null, ...expected });
  });

  it('leaves its conference, presses a key, and ends with a cause', () => {
    expect(said('ConfbridgeLeave', 'Conference: k3x9')).toEqual({ kind: 'call-leg-left', callId, uniqueid: '1.5', conference: 'k3x9' });
    expect(said('DTMFEnd', 'Digit: #\nDirection: Received')).toEqual({ kind: 'call-digit', callId, uniqueid: '1.5', digit: '#' });
    expect(said('Hangup', 'Cause: 17\nCause-txt: User busy')).toEqual({ kind: 'call-leg-ended', callId, uniqueid: '1.5', role: 'client', cause: 17 });
    expect(said('Hangup', 'Cause: ')).toMatchObject({ cause: null });
  });

  it('is recorded from now on, under an id of ours and no other text', () => {
    const recordingId = '0192f0c1-7a3b-7cde-8f01-0123456789ab';
    expect(said('UserEvent', `UserEvent: NailupRecording\nState: started\nRecording: ${recordingId}`)).toEqual({ kind: 'call-recording', callId, uniqueid: '1.5', recordingId });
    expect(said('UserEvent', 'UserEvent: NailupRecording\nState: started\nRecording: ../../x')).toBeNull();
    expect(said('UserEvent', `UserEvent: NailupRecording\nState: started\nRecording: ${recordingId}`, `ChanVariable: NAILUP_CALL=${callId}\nChanVariable: NAILUP_ROLE=across`)).toBeNull();
  });

  it('has sounded as its media server counted, told of client legs alone', () => {
    const rtcp = 'ssrc=1655728160;themssrc=45203;lp=4;rxjitter=0.002000;rxcount=396;txjitter=0.004750;txcount=400;rlp=20;rtt=0.040000;rxmes=85.3;txmes=86.1';
    expect(said('UserEvent', `UserEvent: NailupQuality\nRtcp: ${rtcp}`)).toEqual({ kind: 'call-quality', callId, uniqueid: '1.5', quality: { mos: expect.any(Number) as number, jitterMs: 4.8, lossPercent: 4.76, rttMs: 40 } });
    expect(said('UserEvent', `UserEvent: NailupQuality\nRtcp: ${rtcp.replace('rtt=0.040000', 'rtt=0.000000').replace('rlp=20', 'rlp=0').replace('rxjitter=0.002000', 'rxjitter=0.000000')}`)).toMatchObject({ quality: { lossPercent: 1, rttMs: null } });
    for (const odd of ['', 'lp=4', rtcp.replace('rxcount=396', 'rxcount=many')]) expect(said('UserEvent', `UserEvent: NailupQuality\nRtcp: ${odd}`)).toBeNull();
    expect(said('UserEvent', `UserEvent: NailupQuality\nRtcp: ${rtcp}`, `ChanVariable: NAILUP_CALL=${callId}\nChanVariable: NAILUP_ROLE=consult`)).toBeNull();
  });

  it('is back from a way across that failed', () => {
    expect(said('UserEvent', 'UserEvent: NailupAcross\nState: failed')).toEqual({ kind: 'call-across-failed', callId, uniqueid: '1.5' });
  });

  it('what we play, what is no place of ours, and channels of no call say nothing', () => {
    expect(said('DTMFEnd', 'Digit: 1\nDirection: Sent')).toBeNull();
    expect(said('UserEvent', 'UserEvent: NailupLeg\nPlace: moon')).toBeNull();
    expect(said('UserEvent', 'UserEvent: Other\nPlace: queue')).toBeNull();
    expect(said('Hangup', 'Cause: 16', '')).toBeNull();
    expect(said('Hangup', 'Cause: 16', 'ChanVariable: NAILUP_CALL=\nChanVariable: NAILUP_ROLE=')).toBeNull();
    expect(said('Hangup', 'Cause: 16', 'ChanVariable: NAILUP_CALL=not-an-id\nChanVariable: NAILUP_ROLE=client')).toBeNull();
  });

  it('a leg that could not be dialled is named by the action that ordered it', () => {
    const failed = (more: string): AmiMessage => event(`Event: OriginateResponse\n${more}`);
    expect(translateCall(failed(`ActionID: dial-${callId}\nResponse: Failure\nReason: 5`))).toEqual({ kind: 'call-dial-failed', callId, cause: 17 });
    expect(translateCall(failed(`ActionID: dial-${callId}\nResponse: Failure\nReason: 0`))).toMatchObject({ cause: null });
    expect(translateCall(failed(`ActionID: dial-${callId}\nResponse: Success\nReason: 4`))).toBeNull();
    expect(translateCall(failed('ActionID: x1\nResponse: Failure\nReason: 0'))).toBeNull();
  });

  it('a snapshot shows where each leg stands', () => {
    const item = (more: string): AmiMessage => event(`Event: CoreShowChannel\nUniqueid: 1.5\n${more}\n${own}`);
    expect(listedCallLeg(item('Context: clients\nChannelStateDesc: Up'), new Map([['1.5', 'k3x9']]))).toMatchObject({ place: 'conference', conference: 'k3x9' });
    expect(listedCallLeg(item('Context: queue\nChannelStateDesc: Up'), new Map())).toMatchObject({ place: 'queue', conference: null });
    expect(listedCallLeg(item('Context: clients\nChannelStateDesc: Ringing'), new Map())).toMatchObject({ place: 'ringing' });
    expect(listedCallLeg(event('Event: CoreShowChannel\nUniqueid: 1.5\nContext: queue'), new Map())).toBeNull();
  });
});

describe('who counts in a conference', () => {
  const join = (channel: string, variables: string): ReturnType<typeof translate> => translate('s1', event(`Event: ConfbridgeJoin\nConference: k3x9\nChannel: ${channel}\nUniqueid: 1.5\n${variables}`));

  it('the ringing the agent hears, a supervisor and a leg on its way across are nobody there', () => {
    for (const role of ['tone', 'supervisor', 'across']) {
      const variables = `ChanVariable: NAILUP_CALL=${callId}\nChanVariable: NAILUP_ROLE=${role}`;
      expect(join(`Local/${callId}@ringback-00000001;1`, variables)).toBeNull();
      expect(roleOf('PJSIP/proxy-0000001a', 'k3x9', event(`Event: x\n${variables}`))).toBeNull();
    }
    expect(join('PJSIP/proxy-0000001a', own)).toMatchObject({ kind: 'leg-joined', role: 'client' });
  });

  it('an agent who steps out to rest, or rests, sits still; her leg ends with its channel', () => {
    expect(translate('s1', event('Event: ConfbridgeLeave\nConference: k3x9\nChannel: PJSIP/k3x9-0000001a\nUniqueid: 1.5'))).toBeNull();
    expect(translate('s1', event('Event: UserEvent\nUserEvent: NailupSeat\nPlace: parked\nChannel: PJSIP/k3x9-0000001a\nUniqueid: 1.5'))).toEqual({
      kind: 'leg-joined', mediaServerId: 's1', uniqueid: '1.5', conference: 'k3x9', role: 'agent',
    });
    expect(translate('s1', event('Event: Hangup\nChannel: PJSIP/k3x9-0000001a\nUniqueid: 1.5'))).toMatchObject({ kind: 'leg-left' });
  });
});
