import { Readable } from 'node:stream';
import { Body, Controller, Delete, Get, HttpCode, Post, Query, Req, Res } from '@nestjs/common';
import {
  ApiAcceptedResponse, ApiConflictResponse, ApiHeader, ApiNoContentResponse, ApiNotFoundResponse, ApiOkResponse, ApiOperation, ApiProduces, ApiResponse, ApiServiceUnavailableResponse, ApiTags,
} from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CallView } from '../calls/call.view.js';
import { PageQuery } from '../http/page.js';
import { Caller, Roles, Scopes } from '../identity/access.js';
import { Id } from '../problem/id.pipe.js';
import { problem } from '../problem/problem.js';
import { RecordingControl } from './recording-control.js';
import { RecordingOrderBody } from './recording.dto.js';
import { RecordingAccessPage, RecordingView } from './recording.view.js';
import { RecordingsService } from './recordings.service.js';

@ApiTags('Recordings')
@Controller()
export class RecordingsController {
  constructor(
    private readonly control: RecordingControl,
    private readonly recordings: RecordingsService,
  ) {}

  @Post('calls/:id/recording')
  @HttpCode(202)
  @Roles('agent', 'supervisor', 'admin')
  @Scopes('calls:write')
  @ApiOperation({ operationId: 'recordCall', summary: 'Begins, pauses, goes on with or ends the recording of a call' })
  @ApiAcceptedResponse({ type: CallView, description: 'Begun: the live stream tells when it records. Paused, resumed, stopped: the media server has confirmed it.' })
  @ApiConflictResponse({ description: 'The settings, or the state of the call or of the recording, forbid it.' })
  @ApiNotFoundResponse()
  @ApiServiceUnavailableResponse({ description: 'CALL.MEDIA_SERVER_AWAY, or RECORDING.NOT_CONFIRMED.' })
  order(@Caller() caller: Caller, @Id() id: string, @Body() { action }: RecordingOrderBody): Promise<CallView> {
    return this.control.order(caller, id, action);
  }

  @Get('recordings/:id')
  @Roles('agent', 'supervisor', 'admin')
  @Scopes('calls:read')
  @ApiOperation({ operationId: 'getRecording', summary: 'One recording; agents see those of their own calls' })
  @ApiOkResponse({ type: RecordingView })
  @ApiNotFoundResponse()
  get(@Caller() caller: Caller, @Id() id: string): Promise<RecordingView> {
    return this.recordings.get(caller, id);
  }

  @Get('recordings/:id/media')
  @Roles('agent', 'supervisor', 'admin')
  @Scopes('calls:read')
  @ApiOperation({ operationId: 'hearRecording', summary: 'The sound of a recording, or a part of it' })
  @ApiProduces('audio/wav')
  @ApiHeader({ name: 'Range', required: false, description: 'One range of bytes (RFC 9110).', schema: { type: 'string' } })
  @ApiOkResponse({ description: 'The whole.', schema: { type: 'string', format: 'binary' } })
  @ApiResponse({ status: 206, description: 'The part that was asked for.', schema: { type: 'string', format: 'binary' } })
  @ApiConflictResponse({ description: 'It is not stored (yet).' })
  @ApiResponse({ status: 416, description: 'The recording has no such part.' })
  @ApiServiceUnavailableResponse({ description: 'RECORDING.FILE_AWAY' })
  @ApiNotFoundResponse()
  async media(@Caller() caller: Caller, @Id() id: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const etag = `"${id}"`;
    const isHead = request.method === 'HEAD';
    // A recording never changes, so a part of another one was meant when the tag is another.
    const ifRange = request.headers['if-range'];
    const wanted = ifRange === undefined || ifRange === etag ? request.headers.range : undefined;
    const { size, range, open } = await this.recordings.sound(caller, id, { range: wanted, isHead });
    void reply.headers({ 'accept-ranges': 'bytes', 'cache-control': 'private, no-store' });
    if (range === 'unsatisfiable') {
      void reply.header('content-range', `bytes */${size}`);
      throw problem('RECORDING.RANGE_NOT_SATISFIABLE');
    }
    void reply.headers({ etag, 'content-type': 'audio/wav', 'content-disposition': `inline; filename="${id}.wav"`, 'content-length': String(range === null ? size : range.end - range.start + 1) });
    if (range !== null) void reply.code(206).header('content-range', `bytes ${range.start}-${range.end}/${size}`);
    // Of nothing at all Fastify would say that it is 0 bytes long.
    void reply.send(isHead ? Readable.from([]) : open());
  }

  @Get('recordings/:id/accesses')
  @Roles('admin')
  @ApiOperation({ operationId: 'listRecordingAccesses', summary: 'Who read, heard or removed a recording, newest first' })
  @ApiOkResponse({ type: RecordingAccessPage })
  @ApiNotFoundResponse()
  accesses(@Id() id: string, @Query() query: PageQuery): Promise<RecordingAccessPage> {
    return this.recordings.accesses(id, query);
  }

  @Delete('recordings/:id')
  @HttpCode(204)
  @Roles('admin')
  @ApiOperation({ operationId: 'deleteRecording', summary: 'Removes a recording; repeated, it changes nothing' })
  @ApiNoContentResponse()
  @ApiConflictResponse({ description: 'It is still running.' })
  @ApiNotFoundResponse()
  remove(@Caller() caller: Caller, @Id() id: string): Promise<void> {
    return this.recordings.remove(caller, id);
  }
}
