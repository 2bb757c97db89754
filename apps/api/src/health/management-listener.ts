import { createServer, type Server, type ServerResponse } from 'node:http';
import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import type { Config } from '../config/config.js';
import { TheConfig } from '../config/config.module.js';
import { problem } from '../problem/problem.js';
import { problemMediaType } from '../problem/problem.filter.js';
import { HealthService } from './health.service.js';
import { Metrics } from './metrics.js';
import { notReady } from './origin.js';

/** Health and metrics on a port of their own (MANAGEMENT_PORT), which need not be reachable by browsers. */
@Injectable()
export class ManagementListener implements OnApplicationBootstrap, OnApplicationShutdown {
  readonly #logger = new Logger(ManagementListener.name);
  #server: Server | undefined;

  constructor(
    @TheConfig() private readonly config: Config,
    private readonly health: HealthService,
    private readonly metrics: Metrics,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    const { managementPort, host } = this.config;
    if (managementPort === null) return;
    const server = createServer((request, response) => {
      this.#answer(request.url ?? '/', response).catch((error: unknown) => {
        this.#logger.error(error instanceof Error ? error : String(error));
        response.writeHead(500).end();
      });
    });
    this.#server = server;
    await new Promise<void>((resolve, reject) => server.once('error', reject).listen(managementPort, host, resolve));
    this.#logger.log(`health and metrics on http://${host}:${managementPort}`);
  }

  onApplicationShutdown(): void {
    this.#server?.close();
    this.#server?.closeAllConnections();
  }

  async #answer(url: string, response: ServerResponse): Promise<void> {
    const path = url.split('?', 1)[0] ?? url;
    if (path === '/health/live') return json(response, 200, { status: 'alive' });
    if (path === '/metrics') return void response.writeHead(200, { 'content-type': this.metrics.registry.contentType }).end(await this.metrics.registry.metrics());
    if (path !== '/health/ready') return json(response, 404, problem('REQUEST.NOT_FOUND').toDocument(path));
    const readiness = await this.health.readiness();
    if (readiness.status !== 'not-ready') return json(response, 200, readiness);
    const refusal = notReady(readiness);
    response.setHeader('retry-after', String(refusal.retryAfterSeconds ?? 2));
    return json(response, refusal.status, refusal.toDocument(path));
  }
}

function json(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': status < 400 ? 'application/json; charset=utf-8' : problemMediaType }).end(JSON.stringify(body));
}
