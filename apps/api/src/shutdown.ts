import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { HealthService } from './health/health.service.js';
import { LiveService } from './live/live.service.js';
import type { PinoLogger } from './logging/pino-logger.js';

/** Longer than this the end itself never takes; what still hangs then is cut. With the longest drain it stays below the 30 s that orchestrators grant. */
const patienceMs = 8_000;
/** The last streams must have gone before the end, not at it. */
const streamsGoBy = 0.9;

/**
 * Ends the manager in order on SIGTERM or SIGINT. First the drain: not ready any more, so that balancers send nobody new; requests that come all the same
 * are answered, each with `Connection: close`, so that no idle connection is left which a request could race with; live streams are sent away one by one.
 * Then the end: leases given back, requests under way answered, database closed. A second signal ends it at once.
 */
export function runUntilSignal(app: NestFastifyApplication, logger: PinoLogger, drainSeconds: number): void {
  const drainMs = drainSeconds * 1_000;
  let stopping = false;
  const stop = (signal: NodeJS.Signals): void => {
    if (stopping) process.exit(1);
    stopping = true;
    logger.log(`${signal}: stopping${drainSeconds > 0 ? `, after a drain of ${drainSeconds} s` : ''}`, 'Manager');
    setTimeout(() => process.exit(1), drainMs + patienceMs).unref();
    drain(app, drainMs)
      .then(() => app.close())
      .then(
        () => process.exit(0),
        (error: unknown) => {
          logger.error(error instanceof Error ? error : String(error), 'The stop failed', 'Manager');
          process.exit(1);
        },
      );
  };
  app.getHttpAdapter().getInstance().addHook('onSend', (_request, reply, _payload, done) => {
    if (stopping) void reply.header('connection', 'close');
    done();
  });
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  process.on('unhandledRejection', (reason) => logger.error(reason instanceof Error ? reason : String(reason), 'A promise was rejected and nobody listened', 'Manager'));
}

async function drain(app: NestFastifyApplication, ms: number): Promise<void> {
  app.get(HealthService).stopping();
  if (ms === 0) return;
  app.get(LiveService).sendAway(ms * streamsGoBy);
  await new Promise((resolve) => setTimeout(resolve, ms));
}
