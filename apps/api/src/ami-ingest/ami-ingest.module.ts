import { Logger, Module } from '@nestjs/common';
import type { Config } from '../config/config.js';
import { CONFIG } from '../config/config.module.js';
import { CallLedger } from '../calls/call-ledger.js';
import { CallsModule } from '../calls/calls.module.js';
import { MediaServersModule } from '../media-servers/media-servers.module.js';
import { PlacementLedger } from '../selection/placement-ledger.js';
import { SelectionModule } from '../selection/selection.module.js';
import { AmiIngestService, CALLS_LEDGER, LEDGER, MAKE_LINKS } from './ami-ingest.service.js';
import { IngestMetrics } from './ingest-metrics.js';
import { LeaseKeeper } from './leases/lease-keeper.js';
import { LeaseRepository } from './leases/lease.repository.js';
import type { MakeLinks } from './links/link-report.js';
import { linksInWorker } from './links/worker-entry.js';
import { defaultTimings, INGEST_TIMINGS, type IngestTimings } from './timings.js';
import { UtilisationRepository } from './utilisation/utilisation.repository.js';
import { MediaServerStateRepository } from './watch/media-server-state.repository.js';

@Module({
  imports: [CallsModule, MediaServersModule, SelectionModule],
  providers: [
    AmiIngestService,
    IngestMetrics,
    LeaseKeeper,
    LeaseRepository,
    MediaServerStateRepository,
    UtilisationRepository,
    { provide: LEDGER, useExisting: PlacementLedger },
    { provide: CALLS_LEDGER, useExisting: CallLedger },
    { provide: INGEST_TIMINGS, useFactory: (config: Config) => defaultTimings(config.reconcileSeconds), inject: [CONFIG] },
    {
      provide: MAKE_LINKS,
      useFactory: (timings: IngestTimings): MakeLinks => (report) => linksInWorker(timings, report, (error) => new Logger('AmiLinks').error(error)),
      inject: [INGEST_TIMINGS],
    },
  ],
})
export class AmiIngestModule {}
