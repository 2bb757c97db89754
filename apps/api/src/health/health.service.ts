import { type BeforeApplicationShutdown, Injectable } from '@nestjs/common';
import { Database } from '../database/database.js';

const answerWithinMs = 1_000;

export interface DependencyHealth {
  /** `degraded`: it works less than it should, and sending requests elsewhere would not help. */
  readonly status: 'up' | 'degraded' | 'down';
  readonly detail?: string;
}

export interface Readiness {
  readonly status: 'ready' | 'not-ready';
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
    if (this.#stopping) dependencies['manager'] = { status: 'down', detail: 'is being stopped' };
    const ready = Object.values(dependencies).every((dependency) => dependency.status !== 'down');
    return { status: ready ? 'ready' : 'not-ready', dependencies };
  }

  async #databaseHealth(): Promise<DependencyHealth> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<DependencyHealth>((resolve) => {
      timer = setTimeout(() => resolve({ status: 'down', detail: `no answer within ${answerWithinMs} ms` }), answerWithinMs);
    });
    const asked = this.database.rows('SELECT seq FROM event_head WHERE id = 1').then(
      (): DependencyHealth => ({ status: 'up' }),
      (): DependencyHealth => ({ status: 'down', detail: 'MySQL does not answer, or is not migrated' }),
    );
    const health = await Promise.race([asked, late]);
    clearTimeout(timer);
    return health;
  }
}
