import fc from 'fast-check';
import { encodeAction } from './fields.js';
import { AmiFraming } from './framing.js';

const refused = expect.objectContaining({ name: 'AmiError', fault: 'field-invalid' });

describe('writing an action', () => {
  it('repeats a header for each value of an array and leaves undefined out', () => {
    expect(encodeAction({ Action: 'Originate', Async: true, Timeout: 3000, Variable: ['A=1', 'B=2'], CallerID: undefined })).toBe(
      'Action: Originate\r\nAsync: true\r\nTimeout: 3000\r\nVariable: A=1\r\nVariable: B=2\r\n\r\n',
    );
  });

  it('refuses a line end or NUL in any value or name, and says nothing of the value', () => {
    for (const evil of ['x\r\nAction: Shutdown', 'x\nAction: Shutdown', 'x\rAction: Shutdown', 'x\0y']) {
      expect(() => encodeAction({ Action: 'Hangup', Channel: evil })).toThrow(refused);
      expect(() => encodeAction({ Action: 'Originate', Variable: ['A=1', evil] })).toThrow(refused);
      expect(() => encodeAction({ Action: 'Ping', [evil]: 'x' })).toThrow(refused);
      expect(() => encodeAction({ Action: evil })).toThrow(refused);
      expect(() => encodeAction({ Action: 'Login', Secret: 's3cret\n' })).not.toThrow(/s3cret/);
    }
    expect(() => encodeAction({ Action: 'Ping', '': 'x' })).toThrow(refused);
    expect(() => encodeAction({ Action: 'Ping', 'A:B': 'x' })).toThrow(refused);
  });

  it('refuses what Asterisk would drop without a word: lines past its buffer and more headers than it reads', () => {
    expect(() => encodeAction({ Action: 'Setvar', Value: 'é'.repeat(600) })).toThrow(refused);
    expect(() => encodeAction({ Action: 'Setvar', Value: 'e'.repeat(1000) })).not.toThrow();
    expect(() => encodeAction({ Action: 'Originate', Variable: Array.from({ length: 128 }, (_, index) => `V${index}=1`) })).toThrow(refused);
  });

  it('refuses an ActionID that Asterisk would cut in its lists, so that no list comes back empty for it', () => {
    expect(() => encodeAction({ Action: 'ConfbridgeListRooms', ActionID: 'x'.repeat(65) })).toThrow(refused);
    expect(() => encodeAction({ Action: 'ConfbridgeListRooms', ActionID: 'x'.repeat(64) })).not.toThrow();
  });

  it('whatever is accepted is read back as exactly one action with exactly these values', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary', maxLength: 200 }), { maxLength: 10 }), (values) => {
        let bytes: string;
        try {
          bytes = encodeAction({ Action: 'UserEvent', Value: values });
        } catch (error) {
          expect(error).toEqual(refused);
          return;
        }
        const seen: string[][] = [];
        new AmiFraming((message) => seen.push([...message.all('Value')]), { greeting: false }).push(Buffer.from(bytes));
        // A lone half of a surrogate pair cannot be written in UTF-8.
        expect(seen).toEqual([values.map((value) => Buffer.from(value).toString())]);
      }),
    );
  });
});
