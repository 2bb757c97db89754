import { Global, Module } from '@nestjs/common';
import { EventTail } from './event-tail.js';

@Global()
@Module({
  providers: [EventTail],
  exports: [EventTail],
})
export class LiveModule {}
