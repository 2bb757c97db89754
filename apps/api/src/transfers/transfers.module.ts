import { Module } from '@nestjs/common';
import { CallsModule } from '../calls/calls.module.js';
import { Completing } from './completing.js';
import { Consultations } from './consultations.js';
import { Directory } from './directory.js';
import { DirectoryController } from './directory.controller.js';
import { HandingOn } from './handing-on.js';
import { TransfersController } from './transfers.controller.js';
import { TransfersService } from './transfers.service.js';

/** Handing a client on: at once, or after talking with whom she goes to. */
@Module({ imports: [CallsModule], controllers: [TransfersController, DirectoryController], providers: [TransfersService, HandingOn, Consultations, Completing, Directory] })
export class TransfersModule {}
