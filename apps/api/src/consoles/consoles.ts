import { stat } from 'node:fs/promises';
import { extname, join, normalize, sep } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { problem } from '../problem/problem.js';

/** Vite puts a hash of the content into these names. */
const hashed = /^assets\//;
const forever = 'public, max-age=31536000, immutable';
const askEachTime = 'no-cache';
const page = 'index.html';

/** Serves the built consoles beside the API, on one origin: `/softphone/` and `/admin/`; `/` leads to the softphone. */
export function serveConsoles(server: FastifyInstance, roots: Readonly<Record<'softphone' | 'admin', string>>): void {
  void server.register(fastifyStatic, { root: roots.softphone, serve: false, suppressWarning: true } as Parameters<typeof fastifyStatic>[1]);
  server.get('/', (_request, reply) => reply.redirect('/softphone/'));
  for (const [name, root] of Object.entries(roots)) {
    server.get(`/${name}`, (_request, reply) => reply.redirect(`/${name}/`));
    server.get<{ Params: { '*': string } }>(`/${name}/*`, (request, reply) => serve(root, name, request.params['*'], reply));
  }
}

/** A file of the build, or the page for every address the console's own router knows. */
async function serve(root: string, name: string, asked: string, reply: FastifyReply): Promise<FastifyReply> {
  const path = normalize(join(root, asked));
  if (asked.includes('\0') || (path !== root && !path.startsWith(root.endsWith(sep) ? root : root + sep))) throw problem('REQUEST.NOT_FOUND');
  if (asked !== '' && (await isFile(path))) return send(reply, root, path.slice(root.length).replace(/^[/\\]+/, ''));
  if (extname(asked) !== '' || hashed.test(asked)) throw problem('REQUEST.NOT_FOUND');
  if (!(await isFile(join(root, page)))) throw problem('CONSOLE.NOT_BUILT', { detail: `The ${name} console is not in ${root}: run npm run build.`, retryAfterSeconds: 30 });
  return send(reply, root, page);
}

function send(reply: FastifyReply, root: string, file: string): FastifyReply {
  void reply.header('cache-control', hashed.test(file) ? forever : askEachTime);
  return reply.sendFile(file, root, { cacheControl: false });
}

async function isFile(path: string): Promise<boolean> {
  return stat(path).then((found) => found.isFile(), () => false);
}
