import { Web, type Session, type SessionDescriptionHandlerFactory } from 'sip.js';

/** Makes offers while the WebSocket is still being opened, and hands each over only once `open` has resolved. */
class EarlyOffer extends Web.SessionDescriptionHandler {
  open: Promise<void> = Promise.resolve();

  override async getDescription(
    options?: Web.SessionDescriptionHandlerOptions,
    modifiers?: Parameters<Web.SessionDescriptionHandler['getDescription']>[1],
  ): ReturnType<Web.SessionDescriptionHandler['getDescription']> {
    const [description] = await Promise.all([super.getDescription(options, modifiers), this.open]);
    return description;
  }
}

/**
 * Does this candidate name a way that leads back through a NAT: an address seen from outside, or one on the relay? One of them is enough
 * for an offer. What is found later is tried all the same - the media server meets it as a peer-reflexive candidate (RFC 8445 §7.3.1.3) -
 * so the rest, such as a relay asked by UDP where no UDP goes out, is not waited for.
 */
export const leadsOutside = (candidate: { readonly candidate: string } | null): boolean => candidate !== null && / typ (?:srflx|relay)\b/.test(candidate.candidate);

/**
 * Is this the best kind there will be where no server was named to ask? Then the others (further interfaces, TCP) are not worth the tenth of
 * a second the browser spends on them. Of IPv4, because a media server may have no address of the other kind to pair it with.
 */
export const isOfThisComputer = (candidate: { readonly candidate: string } | null): boolean =>
  candidate !== null && /^candidate:\S+ 1 udp \d+ (?:\d+\.){3}\d+ \d+ typ host\b/i.test(candidate.candidate);

/**
 * Making an offer (peer connection, candidates) takes about as long as opening a WebSocket, and needs nothing of it.
 * @param open resolves when the WebSocket is open, asked for with each leg
 * @param stream what is sent
 */
export function earlyOffers(open: () => Promise<void>, stream: () => MediaStream, configuration: Web.SessionDescriptionHandlerConfiguration): SessionDescriptionHandlerFactory {
  const suffices = configuration.peerConnectionConfiguration?.iceServers?.length ? leadsOutside : isOfThisComputer;
  return (session: Session) => {
    const handler = new EarlyOffer(session.userAgent.getLogger('sip.SessionDescriptionHandler'), async () => stream(), configuration);
    handler.open = open();
    handler.peerConnectionDelegate = { onicecandidate: ({ candidate }) => void (suffices(candidate) && handler.iceGatheringComplete()) };
    return handler;
  };
}
