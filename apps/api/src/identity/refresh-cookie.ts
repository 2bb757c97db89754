import type { FastifyReply, FastifyRequest } from 'fastify';
import { type App, refreshTokenHours } from './session.repository.js';

/** Only the routes that need the cookie are sent it. */
const path = '/api/v1/auth';

/** One name per application, so that softphone and console of different people live side by side in one browser. */
function nameFor(app: App): string {
  return `nailup_refresh_${app}`;
}

export function readRefreshCookie(request: FastifyRequest, app: App): string | undefined {
  const value = request.cookies[nameFor(app)];
  return value === undefined || value === '' ? undefined : value;
}

export function setRefreshCookie(request: FastifyRequest, reply: FastifyReply, app: App, token: string): void {
  void reply.setCookie(nameFor(app), token, { httpOnly: true, sameSite: 'strict', secure: request.protocol === 'https', path, maxAge: refreshTokenHours * 3600 });
}

export function clearRefreshCookie(request: FastifyRequest, reply: FastifyReply, app: App): void {
  void reply.clearCookie(nameFor(app), { httpOnly: true, sameSite: 'strict', secure: request.protocol === 'https', path });
}
