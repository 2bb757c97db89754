import { Global, Module } from '@nestjs/common';
import { CallsModule } from '../calls/calls.module.js';
import { SeatKeeper } from '../seats/seat-keeper.js';
import { Heartbeats } from './heartbeats.js';
import { LiveSeats } from './live-seats.js';
import { PlacementLedger } from './placement-ledger.js';
import { SeatEnder } from './placement-moves.js';
import { PlacementRepository } from './placement.repository.js';
import { PlacementsController } from './placements.controller.js';
import { PlacementsService } from './placements.service.js';
import { Evictions } from './evictions.js';
import { SeatCount } from './seat-count.js';
import { SeatSelection } from './seat-selection.js';
import { Sweeper } from './sweeper.js';

/** Which media server for this agent, and what becomes of the seat. */
@Global()
@Module({
  imports: [CallsModule],
  controllers: [PlacementsController],
  providers: [
    PlacementsService, PlacementRepository, SeatSelection, PlacementLedger, LiveSeats, Heartbeats, SeatEnder, Sweeper, SeatCount,
    Evictions, { provide: SeatKeeper, useExisting: Evictions },
  ],
  exports: [PlacementLedger, LiveSeats, SeatKeeper],
})
export class SelectionModule {}
