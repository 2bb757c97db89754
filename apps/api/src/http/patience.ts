import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Waits } from '../database/waits.js';
import { sendProblem } from '../problem/problem.filter.js';
import { databaseAway } from '../problem/to-problem.js';

/** No request waits longer than three seconds for MySQL; the rest is for the way of the answer. */
const patienceMs = 2_500;
const lookEveryMs = 100;
/** A recording comes over minutes, and its media server offers it again by itself. */
const patient = '/api/v1/asterisk/recordings/';

/**
 * Answers 503 to every request that is old while MySQL is late, however many statements it still wants. What it began goes on and may be done in the
 * end, so the answer says that nobody knows.
 */
export function answerInTime(server: FastifyInstance, waits: Waits): void {
  const open = new Map<FastifyRequest, FastifyReply>();
  let timer: NodeJS.Timeout | undefined;
  const look = (): void => {
    if (waits.hopeless) for (const [request, reply] of open) if (reply.elapsedTime >= patienceMs) sendProblem(databaseAway(request.method !== 'GET'), request, reply);
  };
  server.addHook('onRequest', (request, reply, done) => {
    if (!request.url.startsWith(patient)) {
      open.set(request, reply);
      reply.raw.once('close', () => open.delete(request));
      timer ??= setInterval(look, lookEveryMs).unref();
    }
    done();
  });
  server.addHook('onClose', (_server, done) => {
    clearInterval(timer);
    done();
  });
}
