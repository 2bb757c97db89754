// @ts-check
// A manager that answers as it is told, in a process of its own so that it can be stopped: node stub-manager.mjs HOST PORT KEY [CERTIFICATE PRIVATE-KEY]
// GET /told -> what it was asked; PUT /told {servers?, route?} -> what it says from now on.

import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createServer as createSecureServer } from 'node:https';

const [host, port, key, certificate, privateKey] = process.argv.slice(2);
/** @type {{ servers: string[], route: { status?: number, target?: string, delayMs?: number, drip?: boolean } }} */
const told = { servers: [], route: { status: 503 } };
/** @type {{ to: string | null, from: string | null, callId: string | null, authorized: boolean }[]} */
const asked = [];
/** @type {Set<string | null>} Call-IDs it was told of that their callers have given up; that may come before it is asked for them */
const givenUp = new Set();

/** @type {import('node:http').RequestListener} */
const answerOne = async (request, response) => {
  const url = new URL(request.url ?? '/', 'http://manager');
  /** @param {number} status @param {object} body */
  const answer = (status, body) => response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  const authorized = request.headers.authorization === `Bearer ${key}`;
  if (url.pathname === '/told') {
    if (request.method === 'GET') { answer(200, asked.map((one) => ({ ...one, givenUp: givenUp.has(one.callId) }))); return; }
    Object.assign(told, JSON.parse((await request.setEncoding('utf8').toArray()).join('')));
    answer(200, told);
  } else if (!authorized) {
    answer(401, { code: 'AUTH.REQUIRED' });
  } else if (url.pathname === '/api/v1/proxy/media-servers') {
    answer(200, { items: told.servers.map((sipUri, index) => ({ id: String(index), name: `media-${index + 1}`, sipUri })) });
  } else if (url.pathname === '/api/v1/routes' && request.method === 'DELETE') {
    givenUp.add(url.searchParams.get('callId'));
    response.writeHead(204).end();
  } else if (url.pathname === '/api/v1/routes') {
    const { status = 200, target, delayMs = 0, drip } = told.route;
    asked.push({ to: url.searchParams.get('to'), from: url.searchParams.get('from'), callId: url.searchParams.get('callId'), authorized });
    if (drip) {
      response.writeHead(200, { 'content-type': 'application/json' });
      const timer = setInterval(() => response.write(' '), 200);
      response.on('close', () => clearInterval(timer));
      return;
    }
    setTimeout(() => answer(status, status === 200 ? { target, callId: 'c', disposition: 'agent', agentId: null, mediaServerId: 'm' } : { code: 'ROUTE.NONE' }), delayMs);
  } else answer(404, {});
};
const server = certificate ? createSecureServer({ cert: readFileSync(certificate), key: readFileSync(privateKey) }, answerOne) : createServer(answerOne);
server.listen(Number(port), host, () => process.stdout.write('listening\n'));
// Whoever tells it what to say needs no certificate.
if (certificate) createServer(answerOne).listen(Number(port) + 1, host);
