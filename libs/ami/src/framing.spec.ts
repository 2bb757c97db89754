import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { AmiFraming } from './framing.js';

const recording = readFileSync(join(__dirname, '../test/recordings/asterisk-22-conference-calls.ami'));
const stream = Buffer.from(
  'Asterisk Call Manager/11.0.0\r\n' +
    'Event: VarSet\r\nValue: école:0 € 😀\r\nEmpty: \r\n\r\n' +
    'Response: Success\r\nOutput: a\r\nOutput: \r\n\r\n' +
    'Event: ConfbridgeLeave\r\nConference: 6050\r\n\r\n',
);

function read(chunks: readonly Buffer[]): string[] {
  const texts: string[] = [];
  const framing = new AmiFraming((message) => texts.push(message.text));
  for (const chunk of chunks) framing.push(chunk);
  return texts;
}

function cut(bytes: Buffer, places: readonly number[]): Buffer[] {
  const sorted = [...new Set([0, ...places, bytes.length])].sort((a, b) => a - b);
  return sorted.slice(1).map((to, index) => bytes.subarray(sorted[index], to));
}

describe('cutting the stream of an Asterisk into messages', () => {
  const whole = read([stream]);

  it('reads three messages out of one packet, without the greeting', () => {
    expect(whole).toEqual([
      'Event: VarSet\r\nValue: école:0 € 😀\r\nEmpty: ',
      'Response: Success\r\nOutput: a\r\nOutput: ',
      'Event: ConfbridgeLeave\r\nConference: 6050',
    ]);
  });

  it('reads the same messages when the stream is split at any single byte, also inside a character or a line end', () => {
    for (let at = 1; at < stream.length; at++) expect(read(cut(stream, [at]))).toEqual(whole);
  });

  it('reads the same messages byte by byte', () => {
    expect(read([...stream].map((byte) => Buffer.from([byte])))).toEqual(whole);
  });

  it('reads the recording of a real Asterisk the same in whatever pieces it comes', () => {
    const expected = recording.toString().slice('Asterisk Call Manager/11.0.0\r\n'.length).split('\r\n\r\n').filter(Boolean);
    expect(read([recording])).toEqual(expected);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: recording.length - 1 }), { maxLength: 400 }), (places) => {
        expect(read(cut(recording, places))).toEqual(expected);
      }),
      { numRuns: 30 },
    );
  });

  it('reads any messages the same in whatever pieces they come', () => {
    const value = fc.string({ unit: 'grapheme', maxLength: 30 }).map((text) => text.replace(/[\r\n]/g, ''));
    const message = fc.array(value, { minLength: 1, maxLength: 6 }).map((values) => values.map((one, index) => `Header${index}: ${one}`).join('\r\n'));
    fc.assert(
      fc.property(fc.array(message, { maxLength: 8 }), fc.array(fc.nat(2000), { maxLength: 40 }), (messages, places) => {
        const bytes = Buffer.from(`Asterisk Call Manager/11.0.0\r\n${messages.map((one) => `${one}\r\n\r\n`).join('')}`);
        expect(read(cut(bytes, places.filter((place) => place < bytes.length)))).toEqual(messages);
      }),
    );
  });

  it('refuses a message that never ends, by name, before it takes more memory than allowed', () => {
    const framing = new AmiFraming(() => undefined, { maxMessageBytes: 10_000, greeting: false });
    const endless = Buffer.from(`Output: ${'x'.repeat(90)}\r\n`);
    expect(() => {
      for (let line = 0; line < 200; line++) framing.push(endless);
    }).toThrow(expect.objectContaining({ fault: 'message-too-long' }));
  });

  it('refuses whoever is no Asterisk by its first line', () => {
    for (const text of ['HTTP/1.1 400 Bad Request\r\n', 'SSH-2.0-OpenSSH_9.2\r\n', 'Asterisk Call Manager/'.padEnd(400, 'x')]) {
      expect(() => new AmiFraming(() => undefined).push(Buffer.from(text))).toThrow(expect.objectContaining({ fault: 'not-asterisk' }));
    }
  });

  it('takes an answer of 16,000 lines in small packets in about the time it takes in large ones', () => {
    const answer = Buffer.from(`Asterisk Call Manager/11.0.0\r\nResponse: Success\r\n${'Output: a line of a very long answer of some command, as it comes\r\n'.repeat(16_000)}\r\n`);
    const pieces = (size: number): Buffer[] => Array.from({ length: Math.ceil(answer.length / size) }, (_, index) => answer.subarray(index * size, (index + 1) * size));
    const cost = (size: number): number => {
      const chunks = pieces(size);
      const before = process.cpuUsage();
      for (let round = 0; round < 10; round++) expect(read(chunks)).toHaveLength(1);
      const { user, system } = process.cpuUsage(before);
      return user + system;
    };
    cost(65_536);
    const large = cost(65_536);
    const small = cost(1400);
    expect(small / large).toBeLessThan(4);
  });
});
