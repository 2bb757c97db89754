import { type ArgumentsHost, Catch, type ExceptionFilter, Logger } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Problem } from './problem.js';
import { toProblem } from './to-problem.js';

export const problemMediaType = 'application/problem+json; charset=utf-8';

/** Sends a refusal as problem+json with the headers its status asks for. */
export function sendProblem(refusal: Problem, request: { url: string }, reply: FastifyReply): void {
  if (reply.sent || reply.raw.headersSent) return;
  const { retryAfterSeconds } = refusal;
  if (retryAfterSeconds !== undefined) void reply.header('retry-after', String(Math.max(1, Math.ceil(retryAfterSeconds))));
  if (refusal.status === 401) void reply.header('www-authenticate', 'Bearer realm="nailup"');
  void reply
    .code(refusal.status)
    .header('content-type', problemMediaType)
    .header('cache-control', 'no-store')
    .send(JSON.stringify(refusal.toDocument(pathOf(request.url))));
}

/** The path as it was asked, without the query: a ticket in it must not be repeated. */
export function pathOf(url: string): string {
  return url.split('?', 1)[0] ?? url;
}

/** The one place where anything thrown becomes an answer. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  readonly #logger = new Logger('Problem');

  catch(error: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<FastifyRequest>();
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const refusal = toProblem(error);
    if (refusal.status === 500) this.#logger.error(error instanceof Error ? error : String(error), `${request.method} ${pathOf(request.url)} failed`);
    sendProblem(refusal, request, reply);
  }
}
