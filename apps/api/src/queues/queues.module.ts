import { Module } from '@nestjs/common';
import { NumbersController } from './numbers.controller.js';
import { NumberRepository } from './number.repository.js';
import { NumbersService } from './numbers.service.js';
import { QueuesController } from './queues.controller.js';
import { QueueRepository } from './queue.repository.js';
import { QueuesService } from './queues.service.js';

/** Where callers wait, and which number leads where. */
@Module({ controllers: [QueuesController, NumbersController], providers: [QueuesService, QueueRepository, NumbersService, NumberRepository] })
export class QueuesModule {}
