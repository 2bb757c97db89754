import { readFileSync } from 'node:fs';
import type { Socket } from 'node:net';
import cookie from '@fastify/cookie';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest, RawServerDefault } from 'fastify';
import type { Config } from '../config/config.js';
import { invalid, problem } from '../problem/problem.js';
import { sendProblem } from '../problem/problem.filter.js';
import { toProblem } from '../problem/to-problem.js';

type AdapterOptions = ConstructorParameters<typeof FastifyAdapter<RawServerDefault>>[0];

/** Larger bodies are refused with 413 before they are read. */
export const bodyLimitBytes = 64 * 1024;
/** Deeper JSON would exhaust the stack of whoever walks it. */
const deepestBody = 32;
const longestParameter = 1_024;

/** Fastify with the contract's limits; what it refuses by itself is answered as problem+json too. */
export function createHttpServer(config: Config): FastifyAdapter {
  const adapter = new FastifyAdapter<RawServerDefault>({
    bodyLimit: bodyLimitBytes,
    trustProxy: config.trustProxy,
    routerOptions: { maxParamLength: longestParameter },
    requestTimeout: 30_000,
    keepAliveTimeout: 65_000,
    forceCloseConnections: 'idle',
    return503OnClosing: false,
    frameworkErrors: (error: unknown, request: FastifyRequest, reply: FastifyReply) => sendProblem(toProblem(error), request, reply),
    clientErrorHandler: answerBrokenRequest,
    ...(config.tls === null ? {} : { https: { cert: readFileSync(config.tls.certificateFile), key: readFileSync(config.tls.keyFile) } }),
  } as AdapterOptions);
  const server: FastifyInstance = adapter.getInstance();
  void server.register(cookie);
  server.addHook('preValidation', (request, _reply, done) => {
    if (isDeeperThan(request.body, deepestBody)) done(invalid([{ pointer: '', message: `must not be nested deeper than ${deepestBody} levels` }]));
    else done();
  });
  return adapter;
}

/** What is not even HTTP never reaches a route: answered on the socket, which is then closed. */
function answerBrokenRequest(error: { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const refusal = error.code === 'HPE_HEADER_OVERFLOW' ? problem('REQUEST.HEADERS_TOO_LARGE') : invalid([], 'This is not an HTTP request.');
  const body = JSON.stringify(refusal.toDocument(''));
  socket.end(`HTTP/1.1 ${refusal.status} Refused\r\nContent-Type: application/problem+json; charset=utf-8\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`);
}

/** Walks the JSON without recursion. */
function isDeeperThan(body: unknown, limit: number): boolean {
  let level: unknown[] = [body];
  for (let depth = 0; depth <= limit; depth += 1) {
    const next: unknown[] = [];
    for (const value of level) {
      if (typeof value === 'object' && value !== null && !Buffer.isBuffer(value)) next.push(...Object.values(value));
    }
    if (next.length === 0) return false;
    level = next;
  }
  return true;
}
