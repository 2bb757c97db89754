import { connect, createServer, type Socket } from 'node:net';
import { once } from 'node:events';

/** A cable between a manager and its database that can be cut, mended, slowed, and left hanging so that nobody notices. */
export interface Wire {
  /** The database's URL by way of the wire. */
  readonly url: string;
  cut(): void;
  mend(): void;
  /** What the database says comes so much later, also on connections that stand. */
  slow(ms: number): void;
  /** Nothing passes any more, and nothing is closed: a router that died. */
  hang(): void;
  close(): Promise<void>;
}

export async function layWire(databaseUrl: string): Promise<Wire> {
  const target = new URL(databaseUrl);
  const ends = new Set<Socket>();
  let whole = true;
  let lateMs = 0;
  let hanging = false;
  const server = createServer((near) => {
    if (!whole) {
      near.destroy();
      return;
    }
    const far = connect(Number(target.port), target.hostname);
    for (const [end, other] of [[near, far], [far, near]] as const) {
      ends.add(end);
      end.on('error', () => other.destroy()).on('close', () => {
        ends.delete(end);
        other.destroy();
      });
      end.on('data', (chunk: Buffer) => {
        if (hanging) return;
        // In its order: a timer of equal length that began earlier ends earlier.
        if (end === far && lateMs > 0) setTimeout(() => other.destroyed || other.write(chunk), lateMs);
        else other.write(chunk);
      });
    }
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const url = new URL(databaseUrl);
  url.hostname = '127.0.0.1';
  url.port = String(typeof address === 'object' && address !== null ? address.port : 0);
  const cut = (): void => {
    whole = false;
    for (const end of ends) end.destroy();
  };
  return {
    url: url.href,
    cut,
    mend: () => {
      whole = true;
      hanging = false;
      lateMs = 0;
    },
    slow: (ms) => void (lateMs = ms),
    hang: () => void (hanging = true),
    close: async () => {
      cut();
      server.close();
      await once(server, 'close');
    },
  };
}
