import { Module } from '@nestjs/common';
import { CallsModule } from '../calls/calls.module.js';
import { SupervisionController } from './supervision.controller.js';
import { SupervisionService } from './supervision.service.js';
import { SupervisionSweeper } from './supervision-sweeper.js';

/** Supervisors who listen, whisper and barge. */
@Module({ imports: [CallsModule], controllers: [SupervisionController], providers: [SupervisionService, SupervisionSweeper] })
export class SupervisionModule {}
