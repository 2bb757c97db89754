import { Module } from '@nestjs/common';
import { NumbersController } from './numbers.controller.js';
import { NumbersService } from './numbers.service.js';
import { QueuesController } from './queues.controller.js';
import { QueuesService } from './queues.service.js';

/** Where callers wait, and which number leads where. */
@Module({ controllers: [QueuesController, NumbersController], providers: [QueuesService, NumbersService] })
export class QueuesModule {}
