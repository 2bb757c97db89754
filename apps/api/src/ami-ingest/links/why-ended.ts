import type { AmiError, AmiFault } from '@nailup/ami';

/** What OpenSSL and Node call a certificate that does not hold (tls: X509 certificate error codes). */
const certificate = /CERT|SELF_SIGNED|ALTNAME|ISSUER|LEAF_SIGNATURE|HOSTNAME_MISMATCH/;
const tlsFailed = /^(EPROTO|ERR_SSL|ERR_TLS)/;
const nowhere = ['ENOTFOUND', 'EAI_AGAIN', 'EAI_FAIL'];

/** Faults that need no look at their cause. The messages of AmiError are for the log; what stands here is shown in the console. */
const sentences: Readonly<Partial<Record<AmiFault, (door: string) => string>>> = {
  'login-refused': (door) => `Login refused at ${door}: wrong AMI user or secret, or this manager's address is not permitted there.`,
  'login-timeout': (door) => `No answer to the log-in at ${door}.`,
  'not-asterisk': (door) => `Whoever answers at ${door} is not an Asterisk manager.`,
  'peer-closed': () => 'Its AMI connection was closed: Asterisk was stopped or restarted.',
  'peer-lost': () => 'Its AMI connection broke.',
  'peer-silent': () => 'It does not answer over its open AMI connection.',
};

/** Why there is no session with a media server, in one sentence for its operator, without secrets. */
export function whyEnded(reason: AmiError, { host, port }: { readonly host: string; readonly port: number }): string {
  const door = `${host.includes(':') ? `[${host}]` : host}:${port}`;
  if (reason.fault === 'connect-failed') return whyNotConnected(codeOf(reason.cause), host, door);
  return sentences[reason.fault]?.(door) ?? 'What its Asterisk answered could not be read.';
}

function whyNotConnected(code: string, host: string, door: string): string {
  if (code === 'ECONNREFUSED') return `Connection refused: nothing listens at ${door}.`;
  if (certificate.test(code)) return `Certificate not trusted at ${door} (${code}).`;
  if (tlsFailed.test(code)) return `No TLS could be agreed on at ${door} (${code}).`;
  if (nowhere.includes(code)) return `The name ${host} leads nowhere (${code}).`;
  return `No connection to ${door}${code === '' ? '' : ` (${code})`}.`;
}

function codeOf(cause: unknown): string {
  const code = (cause as { code?: unknown } | null | undefined)?.code;
  return typeof code === 'string' && /^[A-Z0-9_]{1,60}$/.test(code) ? code : '';
}
