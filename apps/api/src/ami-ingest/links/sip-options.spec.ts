import { answeredQuestion, sipOptions } from './sip-options.js';

describe('asking the SIP side of a media server whether it is there', () => {
  it('names nobody who would have to be looked up', () => {
    expect(sipOptions('10.0.0.5', 'abc').text).toMatch(/^OPTIONS sip:10\.0\.0\.5 SIP\/2\.0\r\n[^]*\r\nFrom: <sip:probe\.invalid>;tag=abc\r\n[^]*\r\n\r\n$/);
  });

  it('a refusal is an answer, as it is of Asterisk, which does not know us', () => {
    expect(answeredQuestion('SIP/2.0 401 Unauthorized\r\nVia: SIP/2.0/WS probe.invalid\r\nCall-ID: abc\r\nCSeq: 1 OPTIONS\r\n\r\n')).toBe('abc');
    expect(answeredQuestion('SIP/2.0 200 OK\r\ni: abc\r\n\r\n')).toBe('abc');
  });

  it('a request of its own, or nonsense, is none', () => {
    for (const text of ['', 'OPTIONS sip:x SIP/2.0\r\nCall-ID: abc\r\n\r\n', 'SIP/2.0 200 OK\r\n\r\n', 'HTTP/1.1 200 OK']) expect(answeredQuestion(text)).toBeNull();
  });
});
