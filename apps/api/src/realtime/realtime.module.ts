import { Module } from '@nestjs/common';
import { RealtimeController } from './realtime.controller.js';
import { RealtimeRepository } from './realtime.repository.js';
import { RealtimeService } from './realtime.service.js';

/** What Asterisk is told of a seat. */
@Module({ controllers: [RealtimeController], providers: [RealtimeService, RealtimeRepository] })
export class RealtimeModule {}
