import { Injectable, Logger } from '@nestjs/common';
import { v7 as newId } from 'uuid';
import { Database } from '../database/database.js';
import { afterId, defaultLimit, type Page, type PageQuery, toPage } from '../http/page.js';
import { appendEvents } from '../live/event-log.js';
import { invalid, problem } from '../problem/problem.js';
import { SecretBox } from '../secrets/secret-box.js';
import { hashToken, mintToken } from '../secrets/token.js';
import { Clock } from '../time/clock.js';
import { liesWithin, parseBlock } from './address-block.js';
import { EnrolmentTokenRepository } from './enrolment-token.repository.js';
import { MediaServerCredentials } from './media-server-credentials.js';
import type { CreateEnrolmentTokenBody, EnrolBody } from './media-server.dto.js';
import { amiColumns, modeEvent } from './media-server.mapping.js';
import { MediaServerRepository } from './media-server.repository.js';
import type { CreatedEnrolmentTokenView, EnrolledView, EnrolmentTokenView } from './media-server.view.js';

const defaultCapacity = 100;

/** How a media server gets into the pool by itself. */
@Injectable()
export class EnrolmentService {
  readonly #logger = new Logger(EnrolmentService.name);

  constructor(
    private readonly database: Database,
    private readonly servers: MediaServerRepository,
    private readonly tokens: EnrolmentTokenRepository,
    private readonly credentials: MediaServerCredentials,
    private readonly box: SecretBox,
    private readonly clock: Clock,
  ) {}

  /**
   * The first enrolment, by enrolment token. It can only add: a name the pool knows is refused whoever holds the token, so that a leaked
   * token cannot take over a server that has enrolled.
   */
  async enrol(tokenId: string, { ami, ...body }: EnrolBody): Promise<EnrolledView> {
    const token = await this.tokens.unexpired(tokenId);
    if (token === null) throw problem('ENROLMENT.TOKEN_SPENT');
    if (token.allowedCidr !== null && !(await liesWithin(token.allowedCidr, body.host))) {
      throw problem('ENROLMENT.HOST_NOT_ALLOWED', { detail: `The token admits hosts within ${token.allowedCidr}.`, errors: [{ pointer: '/host', message: `must lie within ${token.allowedCidr}` }] });
    }
    const id = newId();
    const { hashes, shown } = this.credentials.mint(id);
    await this.database.inTransaction(async (tx) => {
      if (await this.servers.nameTaken(tx, body.name)) throw problem('MEDIA_SERVER.NAME_TAKEN', { detail: 'It enrols again with its server token only.' });
      const server = await this.servers.add(tx, {
        id, ...body, capacity: body.capacity ?? defaultCapacity, region: body.region ?? null, weight: 1, mode: 'active', ...amiColumns(id, ami, this.box), ...hashes,
      });
      if (!(await this.tokens.spend(tx, tokenId))) throw problem('ENROLMENT.TOKEN_SPENT');
      await appendEvents(tx, [modeEvent(server)]);
    });
    this.#logger.log(`Media server ${body.name} enrolled`);
    return shown;
  }

  /** A server that enrolled before says where it is now. What the operator set since (capacity, region, mode) stays. */
  async enrolAgain(mediaServerId: string, serverToken: string, { ami, name, host, webSocketUrl, sipUri, cores }: EnrolBody): Promise<EnrolledView> {
    await this.database.inTransaction(async (tx) => {
      const known = await this.servers.lock(tx, mediaServerId);
      if (known === null || known === 'deleted') throw problem('AUTH.INVALID_TOKEN');
      const server = await this.servers.change(tx, mediaServerId, { name, host, webSocketUrl, sipUri, ...(cores === undefined ? {} : { cores }), ...amiColumns(mediaServerId, ami, this.box) });
      await appendEvents(tx, [modeEvent(server)]);
    });
    return this.credentials.show(mediaServerId, serverToken);
  }

  async listTokens({ limit = defaultLimit, cursor }: PageQuery): Promise<Page<EnrolmentTokenView>> {
    return toPage(await this.tokens.list(afterId(cursor), limit + 1), limit, (token) => token);
  }

  async createToken(body: CreateEnrolmentTokenBody, createdBy: string | null): Promise<CreatedEnrolmentTokenView> {
    const expiresAt = body.expiresAt == null ? null : new Date(body.expiresAt);
    if (expiresAt !== null && expiresAt.getTime() <= this.clock.now()) throw invalid([{ pointer: '/expiresAt', message: 'must be in the future' }]);
    const allowedCidr = body.allowedCidr ?? null;
    if (allowedCidr !== null && parseBlock(allowedCidr) === null) throw invalid([{ pointer: '/allowedCidr', message: 'must be an address block, as 203.0.113.0/24' }]);
    const token = mintToken('enrolment');
    const record = await this.tokens.add({ hash: hashToken(token), uses: body.uses ?? 1, allowedCidr, expiresAt, createdBy });
    return { ...record, token };
  }

  async revokeToken(id: string): Promise<void> {
    if (!(await this.tokens.revoke(id))) throw problem('ENROLMENT.TOKEN_NOT_FOUND');
  }
}
