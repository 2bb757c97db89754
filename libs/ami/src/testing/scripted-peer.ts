import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** A listener whose every connection is handed to a script: for peers that do what no Asterisk should. */
export class ScriptedPeer {
  readonly host = '127.0.0.1';
  readonly sockets = new Set<Socket>();
  private readonly server: Server;

  /** @param script called for each connection; errors of the socket are swallowed */
  constructor(script: (socket: Socket) => void) {
    this.server = createServer((socket) => {
      this.sockets.add(socket);
      socket.on('error', () => undefined).on('close', () => this.sockets.delete(socket));
      script(socket);
    });
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  listen(): Promise<this> {
    return new Promise((resolve) => this.server.listen(0, this.host, () => resolve(this)));
  }

  async close(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    await new Promise((resolve) => this.server.close(resolve));
  }
}
