import { applyDecorators, SetMetadata } from '@nestjs/common';
import { ApiConflictResponse, ApiHeader, ApiUnprocessableEntityResponse } from '@nestjs/swagger';

export const IDEMPOTENT = Symbol('idempotent');

/** What the answer of a route belongs to. The answer of a placement holds its SIP secret and is dropped with the placement. */
export interface Idempotence {
  readonly subject: 'placement' | null;
}

/** The creating POST honours `Idempotency-Key`. */
export const Idempotent = (options: Partial<Idempotence> = {}): MethodDecorator =>
  applyDecorators(
    SetMetadata(IDEMPOTENT, { subject: options.subject ?? null } satisfies Idempotence),
    ApiHeader({ name: 'Idempotency-Key', required: false, description: 'The same key and body within 24 h get the first answer again.', schema: { type: 'string', minLength: 1, maxLength: 255 } }),
    ApiConflictResponse({ description: 'The state forbids it, or the first request with this key is still being answered.' }),
    ApiUnprocessableEntityResponse({ description: 'The idempotency key was used with another request.' }),
  );
