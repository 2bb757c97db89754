import { Global, Module } from '@nestjs/common';
import { Chance, Clock, SystemChance, SystemClock } from './clock.js';

@Global()
@Module({
  providers: [
    { provide: Clock, useClass: SystemClock },
    { provide: Chance, useClass: SystemChance },
  ],
  exports: [Clock, Chance],
})
export class TimeModule {}
