import { AmiMessage } from './message.js';

describe('a message of Asterisk', () => {
  it('gives the first line as the name of the event or the kind of the response', () => {
    expect(new AmiMessage('Event: ConfbridgeJoin\r\nConference: 6050').Event).toBe('ConfbridgeJoin');
    expect(new AmiMessage('Event: ConfbridgeJoin').Response).toBeUndefined();
    expect(new AmiMessage('Response: Success\r\nActionID: a-1\r\nPing: Pong').Response).toBe('Success');
    expect(new AmiMessage('Response: Success\r\nActionID: a-1\r\nPing: Pong').ActionID).toBe('a-1');
    expect(new AmiMessage('Response: Success\r\nActionID: a-2').ActionID).toBe('a-2');
    expect(new AmiMessage('Response: Goodbye\r\nMessage: Thanks').ActionID).toBeUndefined();
  });

  it('keeps every value of a repeated header in its order, all four lines of a command among them', () => {
    const message = new AmiMessage('Response: Success\r\nOutput: one\r\nChanVariable: a=1\r\nOutput: two\r\nOutput: \r\nOutput: four\r\nChanVariable: b=2');
    expect(message.all('Output')).toEqual(['one', 'two', '', 'four']);
    expect(message.all('ChanVariable')).toEqual(['a=1', 'b=2']);
    expect(message.get('Output')).toBe('one');
    expect(message.all('Member')).toEqual([]);
  });

  it('keeps colons, empty values and spaces inside a value as they were', () => {
    const message = new AmiMessage('Event: Newexten\r\nAppData: sip:a@b:5060;x=1\r\nAccountCode: \r\nBare:x\r\nPadded:  two spaces ');
    expect(message.get('AppData')).toBe('sip:a@b:5060;x=1');
    expect(message.get('AccountCode')).toBe('');
    expect(message.get('Bare')).toBe('x');
    expect(message.get('Padded')).toBe(' two spaces ');
  });

  it('treats headers named __proto__ and constructor as headers, and nothing else of the process changes', () => {
    const message = new AmiMessage('Event: UserEvent\r\n__proto__: polluted\r\nconstructor: c\r\n__proto__: twice');
    expect(message.all('__proto__')).toEqual(['polluted', 'twice']);
    expect(message.get('constructor')).toBe('c');
    expect(message.get('toString')).toBeUndefined();
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
    expect(Object.getPrototypeOf({})).toBe(Object.prototype);
  });

  it('passes over lines without a colon, in time that does not grow with their square', () => {
    const message = new AmiMessage(`Event: Odd\r\n${'no header\r\n'.repeat(200_000)}Last: value`);
    expect(message.get('Last')).toBe('value');
    expect(new AmiMessage(`Event: Odd\r\n${'no header\r\n'.repeat(200_000)}`).get('Last')).toBeUndefined();
  });
});
