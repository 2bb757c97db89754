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
const formsUnder = '/api/v1/asterisk/realtime/';
/** Recordings come as they are, larger than any other body and over slower lines; who takes them reads the stream and bounds it. */
const streamsUnder = '/api/v1/asterisk/recordings/';
const longestUploadMs = 3_600_000;
/** Every other body must have come by then; headers always. */
const longestRequestMs = 30_000;

/** Fastify with the contract's limits; what it refuses by itself is answered as problem+json too. */
export function createHttpServer(config: Config): FastifyAdapter {
  const adapter = new FastifyAdapter<RawServerDefault>({
    bodyLimit: bodyLimitBytes,
    trustProxy: config.trustProxy,
    routerOptions: { maxParamLength: longestParameter },
    requestTimeout: longestUploadMs,
    keepAliveTimeout: 65_000,
    forceCloseConnections: 'idle',
    return503OnClosing: false,
    frameworkErrors: (error: unknown, request: FastifyRequest, reply: FastifyReply) => sendProblem(toProblem(error), request, reply),
    clientErrorHandler: answerBrokenRequest,
    ...(config.tls === null ? {} : { https: { cert: readFileSync(config.tls.certificateFile), key: readFileSync(config.tls.keyFile) } }),
  } as AdapterOptions);
  const server: FastifyInstance = adapter.getInstance();
  void server.register(cookie);
  acceptBodies(server);
  server.server.headersTimeout = longestRequestMs;
  server.addHook('onRequest', (request, _reply, done) => {
    if (!request.url.startsWith(streamsUnder)) endLateBody(request);
    done();
  });
  server.addHook('onRequest', (request, _reply, done) => {
    const encoding = request.headers['content-encoding'];
    if (encoding !== undefined && encoding.toLowerCase() !== 'identity') done(problem('REQUEST.UNSUPPORTED_MEDIA_TYPE', { detail: 'A Content-Encoding is not understood here: send the body as it is.' }));
    else done();
  });
  server.addHook('preValidation', (request, _reply, done) => {
    if (isDeeperThan(request.body, deepestBody)) done(invalid([{ pointer: '', message: `must not be nested deeper than ${deepestBody} levels` }]));
    else done();
  });
  return adapter;
}

/** JSON everywhere; sound only where media servers hand recordings over; forms only where Asterisk's res_config_curl, which knows nothing else, asks. Anything else is a 415. */
function acceptBodies(server: FastifyInstance): void {
  const parseJson = server.getDefaultJsonParser('error', 'error');
  server.removeAllContentTypeParsers();
  server.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    // Clients send the header even when there is nothing to say.
    if (body === '') done(null, undefined);
    else void parseJson(request, body as string, done);
  });
  server.addContentTypeParser('audio/wav', (request, _payload, done) => {
    if (request.url.startsWith(streamsUnder)) done(null, undefined);
    else done(problem('REQUEST.UNSUPPORTED_MEDIA_TYPE'));
  });
  server.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (request, body, done) => {
    if (request.url.startsWith(formsUnder)) done(null, Object.fromEntries(new URLSearchParams(body as string)));
    else done(problem('REQUEST.UNSUPPORTED_MEDIA_TYPE'));
  });
}

/** Node knows one time limit for all requests, and that is the one of uploads. */
function endLateBody({ raw }: FastifyRequest): void {
  if (raw.headers['transfer-encoding'] === undefined && (raw.headers['content-length'] ?? '0') === '0') return;
  const timer = setTimeout(() => raw.destroy(), longestRequestMs).unref();
  raw.once('close', () => clearTimeout(timer));
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
