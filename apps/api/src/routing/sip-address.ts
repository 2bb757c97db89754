/** `[user@]host[:port]` of a SIP URI without its parameters; the address itself is the second group, its port the third. */
const form = /^(sips?):(?:[^@]*@)?(\[[0-9A-Fa-f:.]+\]|[^:;[\]@]+)(?::(\d+))?(?:;|$)/;

/** RFC 3261, 19.1.2: the port when the URI names none. */
const defaultPorts: Readonly<Record<string, string>> = { sip: '5060', sips: '5061' };

/** host:port of the SIP side of a media server, from its `sipUri`; null for what is no SIP URI. */
export function sipAddress(sipUri: string): string | null {
  const [, scheme, host, port] = form.exec(sipUri) ?? [];
  if (scheme === undefined || host === undefined) return null;
  return `${host}:${port ?? defaultPorts[scheme] ?? '5060'}`;
}
