import { type BeforeApplicationShutdown, Injectable } from '@nestjs/common';
import { Database } from '../database/database.js';

const answerWithinMs = 1_000;

export interface DependencyHealth {
  readonly status: 'up' | 'down';
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

  constructor(private readonly database: Database) {}

  beforeApplicationShutdown(): void {
    this.#stopping = true;
  }

  async readiness(): Promise<Readiness> {
    const database = await this.#databaseHealth();
    if (this.#stopping) return { status: 'not-ready', dependencies: { database, manager: { status: 'down', detail: 'is being stopped' } } };
    return { status: database.status === 'up' ? 'ready' : 'degraded', dependencies: { database } };
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
