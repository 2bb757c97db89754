import { Global, Module } from '@nestjs/common';
import { HealthController } from './health.controller.js';
import { HealthService } from './health.service.js';
import { ManagementListener } from './management-listener.js';
import { Metrics } from './metrics.js';
import { MetricsController } from './metrics.controller.js';

/** Whether this manager lives and is ready, and what it counts. */
@Global()
@Module({ controllers: [HealthController, MetricsController], providers: [HealthService, Metrics, ManagementListener], exports: [HealthService, Metrics] })
export class HealthModule {}
