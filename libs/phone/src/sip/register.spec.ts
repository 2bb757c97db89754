import { UserAgent } from 'sip.js';
import { offerOn } from '../testing/fake-world.js';
import { lineHost, registerLine } from './register.js';

/** What a phone would send, as text. */
function registered(offer: ReturnType<typeof offerOn>): string[] {
  const sent: string[] = [];
  const agent = {
    configuration: { uri: UserAgent.makeURI(offer.sip.uri) },
    contact: { uri: UserAgent.makeURI(`sip:${offer.sip.username}@${lineHost};transport=ws`) },
    userAgentCore: {
      makeOutgoingRequestMessage: (method: string, target: object, from: object, to: object, _options: object, headers: string[]) => [`${method} ${String(target)}`, `From: ${String(from)}`, `To: ${String(to)}`, ...headers],
      register: (lines: string[]) => void sent.push(...lines),
    },
  };
  registerLine(agent as unknown as UserAgent, offer);
  return sent;
}

describe('a phone that sits', () => {
  it('registers the account of its seat, under the one name of its Contact by which the managers know its WebSocket', () => {
    const offer = offerOn('media-1', 'p1');
    const of = offer.sip.username;
    expect(registered({ ...offer, conference: of })).toEqual([
      'REGISTER sip:127.0.0.1', `From: sip:${of}@127.0.0.1`, `To: sip:${of}@127.0.0.1`, `Contact: <sip:${of}@line.invalid;transport=ws>`, 'Expires: 86400',
    ]);
  });

  it('registers nothing when it only listens to the conference of another', () => {
    expect(registered({ ...offerOn('media-1', 'p1'), conference: 'seat-of-another' })).toEqual([]);
  });
});
