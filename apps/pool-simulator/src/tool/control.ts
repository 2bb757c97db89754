import { createServer, type Server } from 'node:http';
import { createInterface, type Interface } from 'node:readline';
import type { Pool } from '../pool.js';
import type { SimulatedServer } from '../server.js';

export const commands = `die WHICH · start WHICH · restart WHICH · hang WHICH · half-open WHICH · heal WHICH
mischief WHICH DROP% DOUBLE% SWAP% · flood WHICH EVENTS/S [churn|noise] · calm WHICH · skew WHICH SECONDS
status · compare · help · quit            WHICH: a name, a number from 1 on, or all`;

/** What the control asks of the tool around it. */
export interface ControlPort {
  readonly pool: Pool;
  status(): string;
  compare(): Promise<string>;
  quit(): void;
}

/**
 * Does what a line says, and answers in a line.
 * @throws Error in words for the one who typed it
 */
export async function obey(line: string, port: ControlPort): Promise<string> {
  const [command = '', which = '', ...words] = line.trim().split(/\s+/);
  const percent = (at: number): number => (Number(words[at] ?? 0) || 0) / 100;
  switch (command) {
    case '':
      return '';
    case 'help':
      return commands;
    case 'status':
      return port.status();
    case 'compare':
      return port.compare();
    case 'quit':
      port.quit();
      return 'The end.';
    case 'die':
      return each(port, which, (server) => server.die());
    case 'start':
      return each(port, which, (server) => server.start());
    case 'restart':
      return each(port, which, (server) => server.restart());
    case 'hang':
      return each(port, which, (server) => server.hang());
    case 'half-open':
      return each(port, which, (server) => server.halfOpen());
    case 'heal':
      return each(port, which, (server) => server.heal());
    case 'mischief':
      return each(port, which, (server) => server.mischief({ drop: percent(0), double: percent(1), swap: percent(2) }));
    case 'flood': {
      const perSecond = Number(words[0] ?? 5_000);
      if (!(perSecond > 0)) throw new Error('flood WHICH EVENTS/S: how many events a second?');
      return each(port, which, (server) => void server.flood({ perSecond, kind: words[1] === 'noise' ? 'noise' : 'churn' }));
    }
    case 'calm':
      return each(port, which, (server) => server.stopFlood());
    case 'skew':
      return each(port, which, (server) => server.skew(Number(words[0] ?? 0) * 1_000));
    default:
      throw new Error(`There is no command ${command}. ${commands}`);
  }
}

async function each({ pool }: ControlPort, which: string, deed: (server: SimulatedServer) => unknown): Promise<string> {
  const servers = which === 'all' ? pool.servers : [pool.servers[Number(which) - 1] ?? pool.server(which)];
  await Promise.all(servers.map((server) => deed(server)));
  return servers.length === 1 ? `${servers[0]?.name}: done` : `${servers.length} media servers: done`;
}

/** Lines from standard input. */
export function listenToLines(input: NodeJS.ReadableStream, port: ControlPort, say: (text: string) => void): Interface {
  const lines = createInterface({ input });
  lines.on('line', (line) => void obey(line, port).then(say, (error: Error) => say(error.message)));
  return lines;
}

/** The same over HTTP, on this machine only: POST / with a line. */
export async function listenToRequests(at: number, port: ControlPort): Promise<Server> {
  const server = createServer((request, response) => {
    const pieces: Buffer[] = [];
    request.on('data', (piece: Buffer) => pieces.push(piece));
    request.on('end', () => {
      const answer = (status: number, text: string): unknown => response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' }).end(`${text}\n`);
      void obey(Buffer.concat(pieces).toString(), port).then(
        (text) => answer(200, text),
        (error: Error) => answer(400, error.message),
      );
    });
  });
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(at, '127.0.0.1', () => resolve()));
  return server;
}
