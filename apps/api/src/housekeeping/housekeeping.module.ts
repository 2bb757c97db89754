import { Module } from '@nestjs/common';
import { Housekeeper } from './housekeeper.js';

@Module({ providers: [Housekeeper], exports: [Housekeeper] })
export class HousekeepingModule {}
