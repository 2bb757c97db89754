import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { problem } from '../problem/problem.js';

/**
 * Routes that act on a cookie alone must not be driven by another site. Browsers say where a POST comes from (Origin, Sec-Fetch-Site) and
 * pages cannot forge either; a client that is no browser sends neither and holds no cookie of anybody else.
 */
@Injectable()
export class SameSiteGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const { headers } = context.switchToHttp().getRequest<FastifyRequest>();
    const { origin } = headers;
    const site = headers['sec-fetch-site'];
    if (origin !== undefined && hostOf(origin) !== headers.host) throw problem('AUTH.CROSS_SITE');
    if (site !== undefined && site !== 'same-origin' && site !== 'none') throw problem('AUTH.CROSS_SITE');
    return true;
  }
}

/** Host and port as they stand in the Host header; null for `Origin: null` and for nonsense. */
function hostOf(origin: string): string | null {
  try {
    return new URL(origin).host;
  } catch {
    return null;
  }
}
