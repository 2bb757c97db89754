import { Controller, Put, Query, Req } from '@nestjs/common';
import { ApiConsumes, ApiNotFoundResponse, ApiOkResponse, ApiOperation, ApiPayloadTooLargeResponse, ApiQuery, ApiServiceUnavailableResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { Caller, Machines } from '../identity/access.js';
import { ReadsBody } from '../problem/bodiless.interceptor.js';
import { Id } from '../problem/id.pipe.js';
import { invalid, problem } from '../problem/problem.js';
import { mostBytes } from './recording-files.js';
import { RecordingView } from './recording.view.js';
import { RecordingsService } from './recordings.service.js';

/** Where media servers hand recordings over: a manager never reads the files of a box. */
@ApiTags('For machines')
@Controller('asterisk/recordings')
export class UploadController {
  constructor(private readonly recordings: RecordingsService) {}

  @Put(':callId')
  @Machines('server')
  @ReadsBody()
  @ApiOperation({ operationId: 'uploadRecording', summary: 'A media server hands over the recording of a call of its own; repeated, it changes nothing' })
  @ApiConsumes('audio/wav')
  @ApiQuery({ name: 'recording', required: false, description: 'Which one, where a call has several.', schema: { type: 'string', format: 'uuid' } })
  @ApiOkResponse({ type: RecordingView, description: 'Taken: the media server need not keep it.' })
  @ApiNotFoundResponse({ description: 'No call of this media server.' })
  @ApiPayloadTooLargeResponse({ description: 'Larger than 1 GiB.' })
  @ApiServiceUnavailableResponse({ description: 'RECORDING.NO_ROOM: to be offered again.' })
  take(@Caller() caller: Caller, @Id('callId') callId: string, @Query('recording') recordingId: unknown, @Req() request: FastifyRequest): Promise<RecordingView> {
    if (!/^audio\/wav\b/i.test(request.headers['content-type'] ?? '')) throw problem('REQUEST.UNSUPPORTED_MEDIA_TYPE', { detail: 'A recording is sent as audio/wav.' });
    if (Number(request.headers['content-length'] ?? 0) > mostBytes) throw problem('RECORDING.TOO_LARGE');
    if (recordingId !== undefined && typeof recordingId !== 'string') throw invalid([{ parameter: 'recording', message: 'must be given once' }]);
    return this.recordings.take(caller.id, callId, recordingId, request.raw);
  }
}
