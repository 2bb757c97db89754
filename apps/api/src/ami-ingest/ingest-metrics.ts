import { Injectable } from '@nestjs/common';
import { type LifeSignal, lifeSignals } from '@nailup/domain';
import { Counter, Gauge, Histogram } from 'prom-client';
import { Metrics } from '../health/metrics.js';

/** What is told of a media server at the moment somebody reads the metrics. */
export interface ServerSigns {
  readonly name: string;
  good(signal: LifeSignal): boolean | undefined;
}

/** What Prometheus reads of the media servers this manager watches, by their names. */
@Injectable()
export class IngestMetrics {
  readonly #latency: Histogram<'media_server'>;
  readonly #signs: Gauge<'media_server' | 'signal'>;
  readonly #frozen: Gauge;
  readonly #overflows: Counter;

  constructor(metrics: Metrics) {
    const registers = [metrics.registry];
    this.#latency = new Histogram({
      name: 'nailup_ami_event_latency_seconds', help: 'From saying a nonce to a media server to its coming back as an AMI event.', labelNames: ['media_server'],
      buckets: [0.005, 0.025, 0.1, 0.25, 0.5, 1, 2.5, 5], registers,
    });
    this.#signs = new Gauge({
      name: 'nailup_media_server_sign_of_life', help: 'Whether a sign of life is good (1) or late (0); absent when it cannot be had here.', labelNames: ['media_server', 'signal'], registers,
    });
    this.#frozen = new Gauge({ name: 'nailup_pool_frozen', help: 'Whether nobody is given up, because our own network seems at fault.', registers });
    this.#overflows = new Counter({ name: 'nailup_ami_overflows_total', help: 'How often events came faster than they were taken, and a fresh snapshot took their place.', registers });
  }

  eventCame(name: string, latencyMs: number): void {
    this.#latency.observe({ media_server: name }, latencyMs / 1_000);
  }

  /** Says how things are. @param overflows since this manager began, or since its worker did */
  tell(servers: readonly ServerSigns[], frozen: boolean, overflows: number): void {
    this.#signs.reset();
    for (const { name, good } of servers) {
      for (const signal of lifeSignals) {
        const is = good(signal);
        if (is !== undefined) this.#signs.set({ media_server: name, signal }, is ? 1 : 0);
      }
    }
    this.#frozen.set(frozen ? 1 : 0);
    this.#overflows.reset();
    this.#overflows.inc(overflows);
  }

  forget(name: string): void {
    this.#latency.remove({ media_server: name });
  }
}
