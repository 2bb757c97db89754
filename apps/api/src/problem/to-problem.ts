import { HttpException } from '@nestjs/common';
import { isDatabaseUnavailable, isInDoubt } from '../database/database-error.js';
import type { ProblemCode } from './catalogue.js';
import { invalid, Problem, problem } from './problem.js';

const byStatus: Readonly<Record<number, ProblemCode>> = {
  401: 'AUTH.REQUIRED',
  403: 'AUTH.FORBIDDEN',
  404: 'REQUEST.NOT_FOUND',
  413: 'REQUEST.TOO_LARGE',
  414: 'REQUEST.NOT_FOUND',
  415: 'REQUEST.UNSUPPORTED_MEDIA_TYPE',
  429: 'REQUEST.TOO_MANY',
  431: 'REQUEST.HEADERS_TOO_LARGE',
};

/** What Fastify found before any of our code ran. */
const byFastifyCode: Readonly<Record<string, string>> = {
  FST_ERR_BAD_URL: 'The address holds a broken percent-encoding.',
  FST_ERR_CTP_INVALID_JSON_BODY: 'The body is not JSON.',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'The body is empty.',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'Content-Length does not fit the body.',
};

/** @param inDoubt nobody knows whether what was asked for was done */
export function databaseAway(inDoubt: boolean): Problem {
  const detail = inDoubt ? 'MySQL did not answer in time. Whether it was done is not known: read it again, or ask again.' : 'MySQL cannot be reached, or is busy. Nothing was changed: ask again.';
  return problem('SERVICE.DATABASE_UNAVAILABLE', { detail, retryAfterSeconds: 2 });
}

/** Makes a refusal of the catalogue out of whatever was thrown. What nobody expected becomes SERVICE.INTERNAL and must be logged. */
export function toProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (isDatabaseUnavailable(error)) return databaseAway(isInDoubt(error));
  const status = statusOf(error);
  const sentence = byFastifyCode[codeOf(error)];
  if (sentence !== undefined) return invalid([{ pointer: '', message: sentence }], sentence);
  if (status === 400) return invalid([{ pointer: '', message: messageOf(error) }], messageOf(error));
  if (status >= 400 && status < 500) return problem(byStatus[status] ?? 'REQUEST.REFUSED');
  return problem('SERVICE.INTERNAL');
}

function statusOf(error: unknown): number {
  if (error instanceof HttpException) return error.getStatus();
  const status = (error as { statusCode?: unknown } | null)?.statusCode;
  return typeof status === 'number' ? status : 500;
}

function codeOf(error: unknown): string {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' ? code : '';
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message.slice(0, 300) : 'The request is not well formed.';
}
