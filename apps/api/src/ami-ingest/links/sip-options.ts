/** An OPTIONS request (RFC 3261 §11, over WebSocket: RFC 7118), whose answer of any kind proves that the SIP side works. */
export interface SipQuestion {
  readonly id: string;
  readonly text: string;
}

/**
 * Asks whoever is at `host`. Without a user in From: a name there would make Asterisk ask its managers who that is, twice a second for nothing and
 * against the sense of the question.
 * @param host name or address as it stands in a URL
 * @param id unique, of letters and digits
 */
export function sipOptions(host: string, id: string): SipQuestion {
  const lines = [
    `OPTIONS sip:${host} SIP/2.0`, `Via: SIP/2.0/WS probe.invalid;branch=z9hG4bK${id}`, 'Max-Forwards: 1', `From: <sip:probe.invalid>;tag=${id}`,
    `To: <sip:${host}>`, `Call-ID: ${id}`, 'CSeq: 1 OPTIONS', 'Content-Length: 0',
  ];
  return { id, text: `${lines.join('\r\n')}\r\n\r\n` };
}

/** The question a message answers, or null. A refusal (401) is as good as any: the question is who is there, not what one may. */
export function answeredQuestion(message: string): string | null {
  if (!message.startsWith('SIP/2.0 ')) return null;
  return /\r\n(?:Call-ID|i) *: *([^\r\n]+)/i.exec(message)?.[1]?.trim() ?? null;
}
