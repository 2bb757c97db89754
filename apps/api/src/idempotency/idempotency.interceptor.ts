import { createHash } from 'node:crypto';
import { type CallHandler, type ExecutionContext, Injectable, Logger, type NestInterceptor } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyReply } from 'fastify';
import { lastValueFrom, type Observable, of } from 'rxjs';
import type { CallerRequest } from '../identity/access.js';
import { callerKey } from '../identity/caller.js';
import { invalid, problem } from '../problem/problem.js';
import { type Idempotence, IDEMPOTENT } from './idempotent.js';
import { type Claim, IdempotencyStore, type KeyOf } from './idempotency.store.js';

const printable = /^[\x21-\x7e]{1,255}$/;
/** How long a repetition waits for the first request before it is told to come back. */
const patienceMs = 5_000;
const pauseMs = 40;

/** Gives the first answer again to whoever repeats a creating POST with the same key and body. */
@Injectable()
export class IdempotencyInterceptor implements NestInterceptor {
  readonly #logger = new Logger(IdempotencyInterceptor.name);

  constructor(
    private readonly reflector: Reflector,
    private readonly store: IdempotencyStore,
  ) {}

  async intercept(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    const rule = this.reflector.get<Idempotence | undefined>(IDEMPOTENT, context.getHandler());
    const request = context.switchToHttp().getRequest<CallerRequest>();
    const header = request.headers['idempotency-key'];
    if (rule === undefined || header === undefined || request.caller === undefined) return next.handle();
    if (typeof header !== 'string' || !printable.test(header)) throw invalid([{ parameter: 'Idempotency-Key', message: 'must have 1 to 255 printable ASCII characters' }]);
    const keyOf: KeyOf = { caller: callerKey(request.caller), key: header };
    const claim = await this.#claim(keyOf, hashRequest(request));
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    switch (claim.kind) {
      case 'reused':
        throw problem('IDEMPOTENCY.KEY_REUSED');
      case 'busy':
        throw problem('IDEMPOTENCY.IN_PROGRESS', { retryAfterSeconds: 1 });
      case 'replay':
        void reply.code(claim.status).header('idempotency-replayed', 'true');
        return of(claim.body);
      case 'run':
        return of(await this.#run(keyOf, claim.attempt, rule, next, reply));
    }
  }

  async #run(keyOf: KeyOf, attempt: string, rule: Idempotence, next: CallHandler, reply: FastifyReply): Promise<unknown> {
    let body: unknown;
    try {
      body = await lastValueFrom(next.handle(), { defaultValue: undefined });
    } catch (error) {
      await this.store.release(keyOf, attempt).catch((fault: unknown) => this.#logger.warn(`An idempotency key could not be released: ${String(fault)}`));
      throw error;
    }
    const placementId = rule.subject === 'placement' ? idOf(body) : null;
    // The deed is done; that it could not be remembered must not make it look undone.
    await this.store.keep(keyOf, attempt, { status: reply.statusCode, body, placementId }).catch((fault: unknown) => this.#logger.error(`An answer could not be kept: ${String(fault)}`));
    return body;
  }

  async #claim(keyOf: KeyOf, requestHash: Buffer): Promise<Claim> {
    const deadline = performance.now() + patienceMs;
    for (;;) {
      const claim = await this.store.claim(keyOf, requestHash);
      if (claim.kind !== 'busy' || performance.now() > deadline) return claim;
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
    }
  }
}

function idOf(body: unknown): string | null {
  const id = (body as { id?: unknown } | null | undefined)?.id;
  return typeof id === 'string' ? id : null;
}

function hashRequest(request: CallerRequest): Buffer {
  return createHash('sha256').update(JSON.stringify([request.method, request.url, canonical(request.body)])).digest();
}

/** The same JSON whatever the order of its fields. The depth was bounded before. */
function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonical);
  if (typeof value !== 'object' || value === null) return value;
  return Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, part]) => [name, canonical(part)]);
}
