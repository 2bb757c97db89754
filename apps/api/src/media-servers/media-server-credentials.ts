import { Injectable } from '@nestjs/common';
import type { Config } from '../config/config.js';
import { TheConfig } from '../config/config.module.js';
import { Keys } from '../secrets/keys.js';
import { hashToken, mintToken } from '../secrets/token.js';
import type { EnrolledView } from './media-server.view.js';

export interface Minted {
  readonly hashes: { readonly serverTokenHash: Buffer; readonly realtimeTokenHash: Buffer };
  readonly shown: EnrolledView;
}

/** What a media server shows the managers: its server token, to enrol again, and its realtime token, for its Asterisk's lookups. */
@Injectable()
export class MediaServerCredentials {
  constructor(
    @TheConfig() private readonly config: Config,
    private readonly keys: Keys,
  ) {}

  mint(mediaServerId: string): Minted {
    const shown = this.show(mediaServerId, mintToken('server'));
    return { hashes: { serverTokenHash: hashToken(shown.serverToken), realtimeTokenHash: hashToken(shown.realtime.token) }, shown };
  }

  /** The same again for a server that showed its token. */
  show(mediaServerId: string, serverToken: string): EnrolledView {
    const [manager = ''] = this.config.managerUrls;
    return {
      id: mediaServerId,
      serverToken,
      realtime: { url: `${manager}/api/v1/asterisk/realtime`, token: this.keys.realtimeToken(mediaServerId) },
      managers: [...this.config.managerUrls],
    };
  }
}
