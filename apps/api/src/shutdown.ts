import type { INestApplication } from '@nestjs/common';
import type { PinoLogger } from './logging/pino-logger.js';

/** Longer than this a stop never takes; what still hangs then is cut. */
const patienceMs = 10_000;

/**
 * Ends the manager in order on SIGTERM or SIGINT: not ready any more, live streams sent away, requests under way answered, database closed.
 * A second signal ends it at once.
 */
export function runUntilSignal(app: INestApplication, logger: PinoLogger): void {
  let stopping = false;
  const stop = (signal: NodeJS.Signals): void => {
    if (stopping) process.exit(1);
    stopping = true;
    logger.log(`${signal}: stopping`, 'Manager');
    setTimeout(() => process.exit(1), patienceMs).unref();
    app.close().then(
      () => process.exit(0),
      (error: unknown) => {
        logger.error(error instanceof Error ? error : String(error), 'The stop failed', 'Manager');
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  process.on('unhandledRejection', (reason) => logger.error(reason instanceof Error ? reason : String(reason), 'A promise was rejected and nobody listened', 'Manager'));
}
