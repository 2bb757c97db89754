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
 * Making an offer (peer connection, candidates) takes about as long as opening a WebSocket, and needs nothing of it.
 * @param open resolves when the WebSocket is open, asked for with each leg
 * @param stream what is sent
 */
export function earlyOffers(open: () => Promise<void>, stream: () => MediaStream, configuration: Web.SessionDescriptionHandlerConfiguration): SessionDescriptionHandlerFactory {
  return (session: Session) => {
    const handler = new EarlyOffer(session.userAgent.getLogger('sip.SessionDescriptionHandler'), async () => stream(), configuration);
    handler.open = open();
    return handler;
  };
}
