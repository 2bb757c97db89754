import { type DynamicModule, Module } from '@nestjs/common';
import type { DataSource } from 'typeorm';
import { AmiIngestModule } from './ami-ingest/ami-ingest.module.js';
import type { Config } from './config/config.js';
import { AgentsModule } from './agents/agents.module.js';
import { ConfigModule } from './config/config.module.js';
import { DatabaseModule } from './database/database.module.js';
import { HealthModule } from './health/health.module.js';
import { HousekeepingModule } from './housekeeping/housekeeping.module.js';
import { IdempotencyModule } from './idempotency/idempotency.module.js';
import { IdentityModule } from './identity/identity.module.js';
import { LiveModule } from './live/live.module.js';
import { RealtimeModule } from './realtime/realtime.module.js';
import { RecordingsModule } from './recordings/recordings.module.js';
import { MediaServersModule } from './media-servers/media-servers.module.js';
import { SeatsModule } from './seats/seats.module.js';
import { SecretsModule } from './secrets/secrets.module.js';
import { CallsModule } from './calls/calls.module.js';
import { QueuesModule } from './queues/queues.module.js';
import { RoutingModule } from './routing/routing.module.js';
import { SettingsModule } from './settings/settings.module.js';
import { SelectionModule } from './selection/selection.module.js';
import { SupervisionModule } from './supervision/supervision.module.js';
import { StatisticsModule } from './statistics/statistics.module.js';
import { TimeModule } from './time/time.module.js';
import { TransfersModule } from './transfers/transfers.module.js';

/** The whole manager. */
@Module({})
export class AppModule {
  static register(config: Config, dataSource: DataSource): DynamicModule {
    return {
      module: AppModule,
      imports: [
        // The ground every room stands on; global.
        ConfigModule.register(config),
        DatabaseModule.register(dataSource),
        TimeModule,
        SecretsModule,
        IdentityModule,
        IdempotencyModule,
        LiveModule,
        SeatsModule,
        SettingsModule,
        // Rooms, one line each, in the order of the alphabet.
        AgentsModule,
        AmiIngestModule,
        CallsModule,
        HealthModule,
        HousekeepingModule,
        MediaServersModule,
        QueuesModule,
        RealtimeModule,
        RecordingsModule,
        RoutingModule,
        SelectionModule,
        StatisticsModule,
        SupervisionModule,
        TransfersModule,
      ],
    };
  }
}
