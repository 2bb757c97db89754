// @ts-check
// A balancer as any: TCP connections go in turn to the managers that say they are ready, asked four times a second.

import { once } from 'node:events';
import { connect, createServer } from 'node:net';

/** @param {() => { url: string, port: number }[]} managers */
export async function openBalancer(managers) {
  /** @type {number[]} */
  let ready = [];
  let turn = 0;
  const look = async () => {
    const asked = await Promise.all(managers().map(async ({ url, port }) => ((await fetch(`${url}/health/ready`).catch(() => null))?.status === 200 ? [port] : [])));
    ready = asked.flat();
  };
  await look();
  const timer = setInterval(look, 250);
  /** @type {Set<import('node:net').Socket>} */
  const ends = new Set();
  const server = createServer((near) => {
    const port = ready[turn++ % ready.length];
    if (port === undefined) return void near.destroy();
    const far = connect(port, '127.0.0.1');
    for (const [end, other] of [[near, far], [far, near]]) {
      ends.add(end);
      end.on('error', () => other.destroy()).on('close', () => { ends.delete(end); other.destroy(); }).pipe(other);
    }
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${/** @type {import('node:net').AddressInfo} */ (server.address()).port}`,
    async close() {
      clearInterval(timer);
      for (const end of ends) end.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
