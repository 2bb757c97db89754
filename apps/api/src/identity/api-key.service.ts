import { Injectable } from '@nestjs/common';
import { afterId, defaultLimit, type Page, type PageQuery, toPage } from '../http/page.js';
import { invalid, problem } from '../problem/problem.js';
import { hashToken, mintToken } from '../secrets/token.js';
import { Clock } from '../time/clock.js';
import type { ApiKeyView, CreateApiKeyBody, CreatedApiKeyView } from './api-key.dto.js';
import { ApiKeyRepository } from './api-key.repository.js';

/** The keys integrators call with. */
@Injectable()
export class ApiKeyService {
  constructor(
    private readonly keys: ApiKeyRepository,
    private readonly clock: Clock,
  ) {}

  async list({ limit = defaultLimit, cursor }: PageQuery): Promise<Page<ApiKeyView>> {
    return toPage(await this.keys.list(afterId(cursor), limit + 1), limit, (key) => key);
  }

  async create(body: CreateApiKeyBody, createdBy: string | null): Promise<CreatedApiKeyView> {
    const expiresAt = body.expiresAt == null ? null : new Date(body.expiresAt);
    if (expiresAt !== null && expiresAt.getTime() <= this.clock.now()) throw invalid([{ pointer: '/expiresAt', message: 'must be in the future' }]);
    const key = mintToken('apiKey');
    const record = await this.keys.add({ name: body.name, scopes: [...new Set(body.scopes)], expiresAt, hash: hashToken(key), createdBy });
    return { ...record, key };
  }

  async remove(id: string): Promise<void> {
    if (!(await this.keys.remove(id))) throw problem('API_KEY.NOT_FOUND');
  }
}
