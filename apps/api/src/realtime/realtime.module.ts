import { Module } from '@nestjs/common';
import { CallsModule } from '../calls/calls.module.js';
import { CallLookups } from './call-lookups.js';
import { Lines } from './lines.js';
import { RealtimeController } from './realtime.controller.js';
import { RealtimeRepository } from './realtime.repository.js';
import { RealtimeService } from './realtime.service.js';
import { SeatDirectory } from './seat-directory.js';
import { SupervisorRows } from './supervisor-rows.js';

/** What Asterisk is told of a seat, and of a client leg on its way there. */
@Module({ imports: [CallsModule], controllers: [RealtimeController], providers: [RealtimeService, RealtimeRepository, SeatDirectory, CallLookups, SupervisorRows, Lines] })
export class RealtimeModule {}
