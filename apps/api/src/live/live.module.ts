import { Global, Module } from '@nestjs/common';
import { EventHistory } from './event-history.js';
import { EventTail } from './event-tail.js';
import { LiveController } from './live.controller.js';
import { LiveService } from './live.service.js';
import { TicketRepository } from './ticket.repository.js';

@Global()
@Module({
  controllers: [LiveController],
  providers: [EventTail, EventHistory, LiveService, TicketRepository],
  exports: [EventTail, LiveService],
})
export class LiveModule {}
