import { Injectable } from '@nestjs/common';
import type { FastifyInstance } from 'fastify';
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { Database } from '../database/database.js';
import { EventTail } from '../live/event-tail.js';
import { LiveService } from '../live/live.service.js';

/** What Prometheus reads. A room adds its own by `new Counter({ …, registers: [metrics.registry] })`. */
@Injectable()
export class Metrics {
  readonly registry = new Registry();
  readonly #requests: Histogram<'method' | 'route' | 'status'>;

  constructor(live: LiveService, tail: EventTail, database: Database) {
    const registers = [this.registry];
    collectDefaultMetrics({ register: this.registry });
    this.#requests = new Histogram({
      name: 'nailup_http_request_duration_seconds', help: 'How long requests took, by route.', labelNames: ['method', 'route', 'status'], buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5], registers,
    });
    new Gauge({ name: 'nailup_live_streams', help: 'Live streams that are open in this manager.', registers, collect() { this.set(live.streams); } });
    new Gauge({ name: 'nailup_database_stalled', help: '1 while MySQL is away or late for this manager.', registers, collect() { this.set(Number(database.stalled)); } });
    new Gauge({ name: 'nailup_event_log_head', help: 'The newest sequence of the event log this manager has seen.', registers, collect() { this.set(tail.head); } });
  }

  /** Times every request by its route pattern; never by its address, which holds ids. */
  watch(server: FastifyInstance): void {
    server.addHook('onResponse', (request, reply, done) => {
      this.#requests.observe({ method: request.method, route: request.routeOptions.url ?? 'none', status: String(reply.statusCode) }, reply.elapsedTime / 1000);
      done();
    });
  }
}
