import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/**
 * A TCP door to `target` as far away as `milliseconds` each way, for there is no netem here: what comes in goes out that much later, in
 * order. The handshake of TCP itself is answered at once.
 */
export async function farDoor(address: string, target: { host: string; port: number }, milliseconds: number): Promise<{ port: number; close(): void }> {
  const open = new Set<Socket>();
  const later = (from: Socket, to: Socket): void => {
    from.on('data', (data) => setTimeout(() => void (to.destroyed || to.write(data)), milliseconds));
    from.on('close', () => setTimeout(() => to.destroy(), milliseconds));
    from.on('error', () => from.destroy());
    open.add(from);
  };
  const server = createServer((near) => {
    const far = connect(target.port, target.host);
    later(near, far);
    later(far, near);
  });
  server.listen(0, address);
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    close: () => {
      server.close();
      for (const socket of open) socket.destroy();
    },
  };
}
