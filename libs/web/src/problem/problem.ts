export { type ProblemCode, ProblemError } from '@nailup/api-client';

/** No answer came: the network, or no manager behind it. */
export class UnreachableError extends Error {
  override readonly name = 'UnreachableError';

  constructor(cause?: unknown) {
    super('The manager does not answer.', { cause });
  }
}
