/** What this room uses of asterisk-ami-client 1.1.5, which ships no types. */
declare module 'asterisk-ami-client' {
  import type { EventEmitter } from 'node:events';

  interface AmiClientOptions {
    reconnect?: boolean;
    keepAlive?: boolean;
    emitEventsByTypes?: boolean;
    emitResponsesById?: boolean;
    dontDeleteSpecActionId?: boolean;
  }

  class AmiClient extends EventEmitter {
    constructor(options?: AmiClientOptions);
    /** Replaceable: anything with `connect(user, secret, options)` that resolves to a connection. */
    _connector: { connect(user: string, secret: string, options: never): Promise<EventEmitter> };
    connect(user: string, secret: string, options: object): Promise<EventEmitter>;
    action(message: object): this;
  }

  export = AmiClient;
}
