import { Injectable } from '@nestjs/common';
import { SecretBox } from '../secrets/secret-box.js';
import { amiSecretContext } from './media-server.mapping.js';
import { MediaServerRepository } from './media-server.repository.js';

/** How to log in to the AMI of one media server. */
export interface AmiLogin {
  readonly host: string;
  readonly port: number;
  readonly tls: boolean;
  readonly caCertificate: string | null;
  readonly username: string;
  readonly secret: string;
  /** Where agents reach it: ami-ingest asks its SIP side there for a sign of life. */
  readonly webSocketUrl: string;
}

/** The one door through which an AMI secret is read again. For ami-ingest only; never for a route. */
@Injectable()
export class AmiAccess {
  constructor(
    private readonly servers: MediaServerRepository,
    private readonly box: SecretBox,
  ) {}

  /** @returns null when the server is not in the pool (any more) */
  async loginOf(mediaServerId: string): Promise<AmiLogin | null> {
    const server = await this.servers.find(mediaServerId);
    if (server === null) return null;
    const { amiHost: host, amiPort: port, amiTls: tls, amiCaCertificate: caCertificate, amiUsername: username, webSocketUrl } = server;
    return { host, port, tls, caCertificate, username, webSocketUrl, secret: this.box.open(server.amiSecretEncrypted, amiSecretContext(mediaServerId)) };
  }
}
