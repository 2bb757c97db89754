import type { UserAgent } from 'sip.js';
import type { SeatOffer } from '../ports.js';

/** The host in this phone's Contact and Via: a page knows no address of its own. The managers know the name (apps/api/src/realtime/lines.ts). */
export const lineHost = 'line.invalid';

/** Contacts do not end by their age on our media servers (asterisk/config/pjsip.conf), so once is enough. Seconds. */
const expiresSeconds = 86_400;

/**
 * Registers a seat's own account over the WebSocket it sits on, once it sits there. Asterisk ends no call with its WebSocket; its registrar is what
 * notices the end of one. Whatever is answered changes nothing here: without it a dead page is found a few seconds later.
 */
export function registerLine({ userAgentCore, contact, configuration }: UserAgent, { conference, sip }: Pick<SeatOffer, 'conference' | 'sip'>): void {
  // A supervisor's account has no address of record: its conference is another's.
  if (sip.username !== conference) return;
  const registrar = configuration.uri.clone();
  registrar.user = undefined;
  const headers = [`Contact: <${contact.uri.toString()}>`, `Expires: ${expiresSeconds}`];
  userAgentCore.register(userAgentCore.makeOutgoingRequestMessage('REGISTER', registrar, configuration.uri, configuration.uri, {}, headers));
}
