// @ts-check
// A TCP line to MySQL on which answers can be made late, also on connections that stand.

import { once } from 'node:events';
import { connect, createServer } from 'node:net';

/**
 * @param {string} databaseUrl
 * @returns {Promise<{ url: string, slow(ms: number): void, close(): Promise<void> }>} `url` leads over the line
 */
export async function layLine(databaseUrl) {
  const target = new URL(databaseUrl);
  /** @type {Set<import('node:net').Socket>} */
  const ends = new Set();
  let lateMs = 0;
  const server = createServer((near) => {
    const far = connect(Number(target.port), target.hostname);
    for (const [end, other] of [[near, far], [far, near]]) {
      if (!end || !other) continue;
      ends.add(end);
      end.on('error', () => other.destroy()).on('close', () => { ends.delete(end); other.destroy(); });
      // What began to wait first is sent first, also when the delay has become shorter meanwhile.
      let before = Promise.resolve();
      end.on('data', (chunk) => {
        const waited = end === far && lateMs > 0 ? new Promise((resolve) => { setTimeout(resolve, lateMs); }) : undefined;
        before = before.then(() => waited).then(() => { if (!other.destroyed) other.write(chunk); });
      });
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = /** @type {import('node:net').AddressInfo} */ (server.address());
  const url = new URL(databaseUrl);
  url.hostname = '127.0.0.1';
  url.port = String(address.port);
  return {
    url: url.href,
    slow(ms) { lateMs = ms; },
    async close() {
      for (const end of ends) end.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
