import { Module } from '@nestjs/common';
import { CallsModule } from '../calls/calls.module.js';
import { RecordingControl } from './recording-control.js';
import { RecordingFiles } from './recording-files.js';
import { RecordingKeeper } from './recording-keeper.js';
import { RecordingOrders } from './recording-orders.js';
import { RecordingRepository } from './recording.repository.js';
import { RecordingsController } from './recordings.controller.js';
import { RecordingsService } from './recordings.service.js';
import { UploadController } from './upload.controller.js';

/** Recordings of calls: ordered of media servers, handed over by them, kept, heard and removed here. */
@Module({
  imports: [CallsModule],
  controllers: [RecordingsController, UploadController],
  providers: [RecordingControl, RecordingFiles, RecordingKeeper, RecordingOrders, RecordingRepository, RecordingsService],
})
export class RecordingsModule {}
