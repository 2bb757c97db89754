import { Module } from '@nestjs/common';
import { MediaServersModule } from '../media-servers/media-servers.module.js';
import { AmiActions } from './ami-actions.js';
import { AmiSessions } from './ami-sessions.js';
import { CallBook } from './call-book.js';
import { CallLedger } from './call-ledger.js';
import { CallMetrics } from './call-metrics.js';
import { CallOrders } from './call-orders.js';
import { CallSweeper } from './call-sweeper.js';
import { CallRepository } from './call.repository.js';
import { CallsController } from './calls.controller.js';
import { CallsService } from './calls.service.js';
import { Dialling } from './dialling.js';
import { SupervisionBook } from '../supervision/supervision-book.js';

/** Client legs: what becomes of a call, from its order or INVITE to its one final record. */
@Module({
  imports: [MediaServersModule],
  controllers: [CallsController],
  providers: [CallsService, Dialling, CallRepository, CallBook, CallLedger, CallSweeper, CallMetrics, SupervisionBook, AmiSessions, { provide: CallOrders, useClass: AmiActions }],
  exports: [CallBook, CallOrders, CallLedger, CallRepository, SupervisionBook, AmiSessions],
})
export class CallsModule {}
