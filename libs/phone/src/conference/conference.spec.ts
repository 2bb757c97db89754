import fc from 'fast-check';
import { conferenceEventType, othersAfter, readConferenceEvent, type Participant } from './conference.js';

const own = 'seat-1';
const channel = (id: string, name: string, more: object = {}) => ({ id, name, state: 'Up', caller: { name: '', number: '+15550100' }, admin: false, muted: false, ...more });
const told = (others: readonly Participant[], type: string, ...channels: object[]): readonly Participant[] => {
  const event = readConferenceEvent(`${conferenceEventType}; charset=utf-8`, JSON.stringify({ type, timestamp: 'x', bridge: {}, channels }));
  if (!event) throw new Error(`${type} was not understood`);
  return othersAfter(others, event, own);
};

it('shows an agent who joins, talks, is muted and leaves', () => {
  const ann = channel('2.1', 'PJSIP/proxy-00000002');
  let others = told([], 'ConfbridgeWelcome', channel('1.1', `PJSIP/${own}-00000001`), ann);
  expect(others).toEqual([{ id: '2.1', name: '', number: '+15550100', muted: false, talking: false }]);
  others = told(others, 'ConfbridgeJoin', ann);
  expect(others).toHaveLength(1);
  expect(told(others, 'ConfbridgeTalking', channel('2.1', 'x', { talking_status: 'on' }))[0]?.talking).toBe(true);
  expect(told(others, 'ConfbridgeMute', ann)[0]?.muted).toBe(true);
  expect(told(others, 'ConfbridgeUnmute', ann)[0]?.muted).toBe(false);
  expect(told(others, 'ConfbridgeLeave', ann)).toEqual([]);
});

it('does not take the ringing she hears, nor a supervisor who barges in, for a caller', () => {
  expect(told([], 'ConfbridgeJoin', channel('3.1', 'Local/0192f0c1-7a3b@ringback-00000001;1'))).toEqual([]);
  expect(told([], 'ConfbridgeJoin', channel('3.2', 'PJSIP/supervisor-k3x9abc-00000004'))).toEqual([]);
});

it('does not take her own older leg for somebody else', () => {
  expect(told([], 'ConfbridgeWelcome', channel('1.1', `PJSIP/${own}-00000001`), channel('1.2', `PJSIP/${own}-00000002`))).toEqual([]);
});

it('is not hurt by whatever a stranger puts into a message', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json(), fc.jsonValue().map((channels) => JSON.stringify({ type: 'ConfbridgeJoin', channels }))), (body) => {
      const event = readConferenceEvent(conferenceEventType, body);
      if (event) expect(Array.isArray(othersAfter([], event, own))).toBe(true);
    }),
  );
  expect(readConferenceEvent('text/plain', '{}')).toBeNull();
  expect(readConferenceEvent(conferenceEventType, '{"type":"toString","channels":[]}')).toBeNull();
});
