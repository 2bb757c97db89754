import { type BeforeApplicationShutdown, Injectable } from '@nestjs/common';
import { Database } from '../database/database.js';

const answerWithinMs = 1_000;

export interface DependencyHealth {
  /** `degraded`: it works less than it should, and sending requests elsewhere would not help. */
  readonly status: 'up' | 'degraded' | 'down';
  readonly detail?: string;
}

export interface Readiness {
  /** Degraded: MySQL is away, and what can be done without goes on, so requests should still be sent; not ready: none should. */
  readonly status: 'ready' | 'degraded' | 'not-ready';
  readonly dependencies: Readonly<Record<string, DependencyHealth>>;
}

/** Whether this manager should be sent requests. Being alive is another question, and never depends on anybody else. */
@Injectable()
export class HealthService implements BeforeApplicationShutdown {
  #stopping = false;
  readonly #watched = new Map<string, () => DependencyHealth>();

  constructor(private readonly database: Database) {}

  /** Adds something that is named with the dependencies. @param look must answer at once */
  watch(name: string, look: () => DependencyHealth): void {
    this.#watched.set(name, look);
  }

  /** Not ready from now on, and on its way out. */
  stopping(): void {
    this.#stopping = true;
  }

  beforeApplicationShutdown(): void {
    this.stopping();
  }

  async readiness(): Promise<Readiness> {
    const dependencies: Record<string, DependencyHealth> = { database: await this.#databaseHealth() };
    for (const [name, look] of this.#watched) dependencies[name] = look();
    if (this.#stopping) return { status: 'not-ready', dependencies: { ...dependencies, manager: { status: 'down', detail: 'is being stopped' } } };
    return { status: Object.values(dependencies).every(({ status }) => status === 'up') ? 'ready' : 'degraded', dependencies };
  }

  async #databaseHealth(): Promise<DependencyHealth> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<DependencyHealth>((resolve) => {
      timer = setTimeout(() => resolve(this.#away(`gives no answer within ${answerWithinMs} ms`)), answerWithinMs);
    });
    const asked = this.database.rows('SELECT seq FROM event_head WHERE id = 1').then(
      (): DependencyHealth => ({ status: 'up' }),
      (error: unknown) => this.#away(`does not answer, or is not migrated (${error instanceof Error ? error.message : String(error)})`),
    );
    const health = await Promise.race([asked, late]);
    clearTimeout(timer);
    return health;
  }

  #away(how: string): DependencyHealth {
    const forMs = this.database.stalledForMs;
    return {
      status: 'down',
      detail: `MySQL ${how}${forMs === null ? '' : `, for ${Math.ceil(forMs / 1_000)} s now`}: seated agents and their calls go on, new seats and calls wait until it is back`,
    };
  }
}
