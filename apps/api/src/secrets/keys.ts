import { createHmac, createSecretKey, hkdfSync, type KeyObject } from 'node:crypto';

/** What the one secret of the installation is spent on; each purpose has its own derived key (RFC 5869). */
const purposes = { accessTokens: 'access-token/1', sealing: 'sealing/1', realtime: 'realtime-token/1', targets: 'call-target/1' } as const;

export abstract class Keys {
  /** Signs access tokens. A KeyObject: jsonwebtoken is 44 times slower with a string. */
  abstract readonly accessTokens: KeyObject;
  /** AES-256-GCM key of the secret box. */
  abstract readonly sealing: KeyObject;
  /** The realtime token of one media server: derived, so that enrolling again gives a running Asterisk the same one. */
  abstract realtimeToken(mediaServerId: string): string;
  /** 32 bytes that name the first target of one call: derived, so that a proxy that asks again is told the same one although only its hash is kept. */
  abstract targetDigest(callId: string): Buffer;
}

export class DerivedKeys extends Keys {
  readonly accessTokens: KeyObject;
  readonly sealing: KeyObject;
  readonly #realtime: KeyObject;
  readonly #targets: KeyObject;

  /** @param secretKey the 32 bytes of NAILUP_SECRET_KEY */
  constructor(secretKey: Buffer) {
    super();
    const derive = (purpose: string): KeyObject => createSecretKey(Buffer.from(hkdfSync('sha256', secretKey, '', `nailup/${purpose}`, 32)));
    this.accessTokens = derive(purposes.accessTokens);
    this.sealing = derive(purposes.sealing);
    this.#realtime = derive(purposes.realtime);
    this.#targets = derive(purposes.targets);
  }

  realtimeToken(mediaServerId: string): string {
    return `nlr_${createHmac('sha256', this.#realtime).update(mediaServerId).digest('base64url')}`;
  }

  targetDigest(callId: string): Buffer {
    return createHmac('sha256', this.#targets).update(callId).digest();
  }
}
