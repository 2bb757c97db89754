import type { FastifyInstance } from 'fastify';

/** Pages: everything from here, but media servers may be anywhere, and MUI writes its styles into the page. */
const pagePolicy = [
  "default-src 'self'", "connect-src 'self' ws: wss:", "img-src 'self' data: blob:", "media-src 'self' blob:", "style-src 'self' 'unsafe-inline'", "worker-src 'self' blob:",
  "object-src 'none'", "base-uri 'none'", "form-action 'self'", "frame-ancestors 'none'",
].join('; ');

/** Answers of the API are no pages. */
const apiPolicy = "default-src 'none'; frame-ancestors 'none'";
const pages = /^\/(softphone|admin|api\/docs)(\/|\?|$)/;

/** Headers every answer carries. The microphone is for the softphone on this origin, and for nobody framed by it. */
export function addSecurityHeaders(server: FastifyInstance, secure: boolean): void {
  server.addHook('onRequest', (request, reply, done) => {
    void reply.headers({
      'content-security-policy': pages.test(request.url) ? pagePolicy : apiPolicy,
      'permissions-policy': 'microphone=(self), camera=(), geolocation=(), display-capture=(), payment=(), usb=()',
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      ...(secure ? { 'strict-transport-security': 'max-age=31536000' } : {}),
    });
    done();
  });
}
