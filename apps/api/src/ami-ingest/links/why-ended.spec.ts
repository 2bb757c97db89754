import { AmiError } from '@nailup/ami';
import { whyEnded } from './why-ended.js';

const at = { host: '10.0.0.5', port: 5039 };
const failed = (code?: string): AmiError => new AmiError('connect-failed', 'secret-in-a-message', { cause: code === undefined ? undefined : Object.assign(new Error('x'), { code }) });

describe('why a media server cannot be watched, as its operator reads it', () => {
  it.each([
    [failed('ECONNREFUSED'), 'Connection refused: nothing listens at 10.0.0.5:5039.'],
    [failed('DEPTH_ZERO_SELF_SIGNED_CERT'), 'Certificate not trusted at 10.0.0.5:5039 (DEPTH_ZERO_SELF_SIGNED_CERT).'],
    [failed('UNABLE_TO_VERIFY_LEAF_SIGNATURE'), 'Certificate not trusted at 10.0.0.5:5039 (UNABLE_TO_VERIFY_LEAF_SIGNATURE).'],
    [failed('CERT_HAS_EXPIRED'), 'Certificate not trusted at 10.0.0.5:5039 (CERT_HAS_EXPIRED).'],
    [failed('ERR_TLS_CERT_ALTNAME_INVALID'), 'Certificate not trusted at 10.0.0.5:5039 (ERR_TLS_CERT_ALTNAME_INVALID).'],
    [failed('ERR_SSL_WRONG_VERSION_NUMBER'), 'No TLS could be agreed on at 10.0.0.5:5039 (ERR_SSL_WRONG_VERSION_NUMBER).'],
    [failed('ENOTFOUND'), 'The name 10.0.0.5 leads nowhere (ENOTFOUND).'],
    [failed('EHOSTUNREACH'), 'No connection to 10.0.0.5:5039 (EHOSTUNREACH).'],
    [failed(), 'No connection to 10.0.0.5:5039.'],
    [new AmiError('login-refused', 'secret-in-a-message'), "Login refused at 10.0.0.5:5039: wrong AMI user or secret, or this manager's address is not permitted there."],
    [new AmiError('closed', 'secret-in-a-message'), 'What its Asterisk answered could not be read.'],
  ])('%s', (reason, sentence) => {
    expect(whyEnded(reason, at)).toBe(sentence);
  });

  it('fits its column with the longest name there may be', () => {
    for (const reason of [failed('ERR_TLS_CERT_ALTNAME_INVALID'), new AmiError('login-refused', 'x')]) expect(whyEnded(reason, { host: 'a'.repeat(253), port: 65_535 }).length).toBeLessThan(512);
    expect(whyEnded(failed('ECONNREFUSED'), { host: '2001:db8::1', port: 5038 })).toContain('[2001:db8::1]:5038');
  });
});
