import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { DataSource } from 'typeorm';
import { AppModule } from './app.module.js';
import type { Config } from './config/config.js';
import { serveConsoles } from './consoles/consoles.js';
import { waitsOf } from './database/data-source.js';
import { Metrics } from './health/metrics.js';
import { answerInTime } from './http/patience.js';
import { addSecurityHeaders } from './http/security-headers.js';
import { createHttpServer } from './http/server.js';
import type { PinoLogger } from './logging/pino-logger.js';
import { serveDocumentation } from './openapi/documentation.js';
import { BodilessInterceptor } from './problem/bodiless.interceptor.js';
import { ProblemFilter } from './problem/problem.filter.js';
import { ValidationPipe } from './problem/validation.pipe.js';

/** Everything outside this prefix is for machines: health, metrics. */
export const apiPrefix = 'api/v1';
const outsideTheApi = ['health/{*path}', 'metrics'];

/**
 * Builds the manager, not yet listening.
 * @param dataSource connected, except when only the OpenAPI document is made
 */
export async function createManager(config: Config, dataSource: DataSource, logger: PinoLogger): Promise<NestFastifyApplication> {
  const app = await NestFactory.create<NestFastifyApplication>(AppModule.register(config, dataSource), createHttpServer(config), { logger, abortOnError: false, bodyParser: false });
  const server = app.getHttpAdapter().getInstance();
  addSecurityHeaders(server, config.tls !== null);
  answerInTime(server, waitsOf(dataSource));
  serveConsoles(server, config.webRoots);
  app.get(Metrics).watch(server);
  app.setGlobalPrefix(apiPrefix, { exclude: outsideTheApi });
  app.useGlobalPipes(new ValidationPipe());
  app.useGlobalInterceptors(new BodilessInterceptor());
  app.useGlobalFilters(new ProblemFilter());
  serveDocumentation(app);
  return app;
}
