import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';

/** The SIP side of a media server of the tests, as far as a probe sees it: refuses every OPTIONS, as Asterisk does one it does not know. */
export class FakeSipSide {
  private server: WebSocketServer | undefined;
  private silent = false;
  private port = 0;

  async start(): Promise<this> {
    const server = new WebSocketServer({ host: '127.0.0.1', port: this.port, handleProtocols: () => 'sip' });
    this.server = server;
    await new Promise<void>((resolve) => server.once('listening', resolve));
    this.port = (server.address() as AddressInfo).port;
    server.on('connection', (socket) => socket.on('message', (data) => this.answer(socket, String(data))));
    return this;
  }

  get url(): string {
    return `ws://127.0.0.1:${this.port}/ws`;
  }

  /** Takes questions and answers none. */
  silence(): void {
    this.silent = true;
  }

  resume(): void {
    this.silent = false;
  }

  async stop(): Promise<void> {
    const { server } = this;
    this.server = undefined;
    for (const socket of server?.clients ?? []) socket.terminate();
    await new Promise<void>((resolve) => (server ? server.close(() => resolve()) : resolve()));
  }

  private answer(socket: WebSocket, request: string): void {
    if (this.silent) return;
    const copied = request.split('\r\n').filter((line) => /^(Via|From|To|Call-ID|CSeq):/.test(line));
    socket.send(`SIP/2.0 401 Unauthorized\r\n${copied.join('\r\n')}\r\nContent-Length: 0\r\n\r\n`);
  }
}
