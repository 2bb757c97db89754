import { Injectable, Logger } from '@nestjs/common';
import { liveCallStates } from '@nailup/domain';
import { Gauge } from 'prom-client';
import { Database } from '../database/database.js';
import { Metrics } from '../health/metrics.js';

interface Waiting {
  readonly queue: string | null;
  readonly callers: number;
  readonly longestSeconds: number;
}

/** What an operator watches of callers. Read from the rows when somebody asks, so every manager says the same: take the maximum over them, not the sum. */
@Injectable()
export class CallMetrics {
  readonly #logger = new Logger('CallMetrics');

  constructor(
    private readonly database: Database,
    metrics: Metrics,
  ) {
    const registers = [metrics.registry];
    const queue = ['queue'] as const;
    // Each reads for itself: the registry collects them side by side.
    const callers = new Gauge({
      name: 'nailup_waiting_callers', help: 'Callers who wait with music, by queue; without a name those who wait for one agent.', labelNames: queue, registers,
      collect: () => this.#tell(async () => {
        const waiting = await this.#waiting();
        callers.reset();
        for (const one of waiting) callers.set({ queue: one.queue ?? '' }, Number(one.callers));
      }),
    });
    const longest = new Gauge({
      name: 'nailup_waiting_longest_seconds', help: 'For how long the first of them has been waiting, by queue.', labelNames: queue, registers,
      collect: () => this.#tell(async () => {
        const waiting = await this.#waiting();
        longest.reset();
        for (const one of waiting) longest.set({ queue: one.queue ?? '' }, one.longestSeconds);
      }),
    });
    const open = new Gauge({
      name: 'nailup_open_calls', help: 'Calls that are not over, by state and direction.', labelNames: ['state', 'direction'], registers,
      collect: () => this.#tell(async () => {
        const found = await this.#open();
        for (const state of liveCallStates) for (const direction of ['inbound', 'outbound']) open.set({ state, direction }, found.get(`${state} ${direction}`) ?? 0);
      }),
    });
  }

  /** Every queue, also one in which nobody waits; and those who wait for an agent. */
  #waiting(): Promise<Waiting[]> {
    const wait = 'CAST(COALESCE(MAX(TIMESTAMPDIFF(MICROSECOND, c.started_at, NOW(3))), 0) / 1000000 AS DOUBLE)';
    return this.database.rows<Waiting>(
      `SELECT q.name AS queue, COUNT(c.id) AS callers, ${wait} AS longestSeconds FROM queues q LEFT JOIN calls c ON c.queue_id = q.id AND c.state = 'queued' WHERE q.deleted_at IS NULL GROUP BY q.id
       UNION ALL SELECT NULL, COUNT(*), ${wait} FROM calls c WHERE c.state = 'queued' AND c.queue_id IS NULL`,
    );
  }

  async #open(): Promise<Map<string, number>> {
    const found = await this.database.rows<{ kind: string; count: number }>("SELECT CONCAT(state, ' ', direction) AS kind, COUNT(*) AS count FROM calls WHERE state IN (?) GROUP BY state, direction", [liveCallStates]);
    return new Map(found.map(({ kind, count }) => [kind, Number(count)]));
  }

  /** Without its database a manager still tells everything else. */
  async #tell(read: () => Promise<void>): Promise<void> {
    try {
      await read();
    } catch (error) {
      this.#logger.debug(`Callers could not be counted: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
}
