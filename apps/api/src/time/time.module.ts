import { Global, Module } from '@nestjs/common';
import { Chance, Clock, SystemChance, SystemClock } from './clock.js';
import { ClockKeeper } from './clock-keeper.js';

@Global()
@Module({
  providers: [
    SystemClock,
    ClockKeeper,
    { provide: Clock, useExisting: SystemClock },
    { provide: Chance, useClass: SystemChance },
  ],
  exports: [Clock, Chance],
})
export class TimeModule {}
