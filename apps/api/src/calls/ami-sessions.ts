import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { AmiError, AmiSession } from '@nailup/ami';
import { AmiAccess, type AmiLogin } from '../media-servers/ami-access.js';

/** A session nobody ordered anything by for this long is closed. */
const idleMs = 60_000;
const loginTimeoutMs = 2_000;

interface Kept {
  /** How it was logged in; an operator who changes that means another Asterisk. */
  readonly door: string;
  readonly opening: Promise<AmiSession>;
  idle: NodeJS.Timeout;
}

/**
 * The sessions by which orders are given: one for each media server that is ordered something, opened when it is first needed, with events off (the
 * owner of the lease follows those on a session of its own), closed when it is idle or its server is gone.
 */
@Injectable()
export class AmiSessions implements OnApplicationShutdown {
  readonly #logger = new Logger('AmiSessions');
  readonly #kept = new Map<string, Kept>();
  #stopped = false;

  constructor(private readonly access: AmiAccess) {}

  async onApplicationShutdown(): Promise<void> {
    this.#stopped = true;
    await Promise.all([...this.#kept.keys()].map((id) => this.#drop(id)));
  }

  /** An open session with a media server. @throws AmiError when there is none to be had; nothing was sent then but the log-in */
  async to(mediaServerId: string): Promise<AmiSession> {
    const login = await this.access.loginOf(mediaServerId);
    if (this.#stopped) throw new AmiError('closed', 'This manager is ending');
    const door = JSON.stringify(login);
    if (this.#kept.get(mediaServerId)?.door !== door) void this.#drop(mediaServerId);
    if (login === null) throw new AmiError('not-connected', 'There is no such media server in the pool');
    const present = this.#kept.get(mediaServerId) ?? this.#open(mediaServerId, door, login);
    clearTimeout(present.idle);
    present.idle = this.#idleTimer(mediaServerId);
    const session = await present.opening;
    if (session.isOpen) return session;
    if (this.#kept.get(mediaServerId) === present) await this.#drop(mediaServerId);
    return this.to(mediaServerId);
  }

  #open(mediaServerId: string, door: string, login: AmiLogin): Kept {
    const kept: Kept = { door, opening: connect(login), idle: this.#idleTimer(mediaServerId) };
    this.#kept.set(mediaServerId, kept);
    const forget = (): void => {
      if (this.#kept.get(mediaServerId) === kept) this.#kept.delete(mediaServerId);
      clearTimeout(kept.idle);
    };
    kept.opening.then((session) => session.closed, () => undefined).then(forget, forget);
    return kept;
  }

  async #drop(mediaServerId: string): Promise<void> {
    const kept = this.#kept.get(mediaServerId);
    this.#kept.delete(mediaServerId);
    if (!kept) return;
    clearTimeout(kept.idle);
    await kept.opening.then((session) => session.close()).catch((error: Error) => this.#logger.debug(`A session that never opened is forgotten: ${error.message}`));
  }

  #idleTimer(mediaServerId: string): NodeJS.Timeout {
    return setTimeout(() => void this.#drop(mediaServerId), idleMs).unref();
  }
}

async function connect({ host, port, tls, caCertificate, username, secret }: AmiLogin): Promise<AmiSession> {
  const session = new AmiSession({ host, port, tls: tls ? { ...(caCertificate === null ? {} : { ca: caCertificate }) } : false, username, secret, loginTimeoutMs });
  await session.connect();
  await session.action({ Action: 'Events', EventMask: 'off' }, { timeoutMs: loginTimeoutMs }).catch(async (error: unknown) => {
    await session.close();
    throw error;
  });
  return session;
}
