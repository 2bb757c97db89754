import { UnreachableError } from '@nailup/web';

/** Nobody answered, or not in time (`AbortSignal.timeout`). */
export const isSilence = (error: unknown): error is Error =>
  error instanceof UnreachableError || (error instanceof Error && ['TimeoutError', 'AbortError', 'TypeError'].includes(error.name));
