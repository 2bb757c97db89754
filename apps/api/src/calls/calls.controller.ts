import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { ApiAcceptedResponse, ApiConflictResponse, ApiNotFoundResponse, ApiOkResponse, ApiOperation, ApiServiceUnavailableResponse, ApiTags, ApiTooManyRequestsResponse } from '@nestjs/swagger';
import { Idempotent } from '../idempotency/idempotent.js';
import { Caller, Roles, Scopes } from '../identity/access.js';
import { Id } from '../problem/id.pipe.js';
import { CallQuery, DispositionBody, DtmfBody, PlaceCallBody } from './call.dto.js';
import { CallLadderView, CallPage, CallView } from './call.view.js';
import { CallsService } from './calls.service.js';

@ApiTags('Calls')
@Controller('calls')
export class CallsController {
  constructor(private readonly calls: CallsService) {}

  @Post()
  @HttpCode(202)
  @Roles('agent', 'supervisor', 'admin')
  @Scopes('calls:write')
  @Idempotent()
  @ApiOperation({ operationId: 'placeCall', summary: 'Call a number from the seat of an agent' })
  @ApiAcceptedResponse({ type: CallView, description: 'The client leg is ordered; the live stream tells how it goes on.' })
  @ApiConflictResponse({ description: 'The agent has no seat or is on a call, or calls to the outside are switched off.' })
  @ApiTooManyRequestsResponse({ description: 'More calls than the settings allow in a minute.' })
  @ApiServiceUnavailableResponse({ description: 'CALL.NO_PROXY, or CALL.MEDIA_SERVER_AWAY: the call has ended.' })
  place(@Caller() caller: Caller, @Body() body: PlaceCallBody): Promise<CallView> {
    return this.calls.place(caller, body);
  }

  @Get()
  @Roles('agent', 'supervisor', 'admin')
  @Scopes('calls:read')
  @ApiOperation({ operationId: 'listCalls', summary: 'Calls, newest first; agents see their own' })
  @ApiOkResponse({ type: CallPage })
  list(@Caller() caller: Caller, @Query() query: CallQuery): Promise<CallPage> {
    return this.calls.list(caller, query);
  }

  @Get(':id')
  @Roles('agent', 'supervisor', 'admin')
  @Scopes('calls:read')
  @ApiOperation({ operationId: 'getCall', summary: 'One call' })
  @ApiOkResponse({ type: CallView })
  @ApiNotFoundResponse()
  get(@Caller() caller: Caller, @Id() id: string): Promise<CallView> {
    return this.calls.get(caller, id);
  }

  @Get(':id/events')
  @Roles('agent', 'supervisor', 'admin')
  @Scopes('calls:read')
  @ApiOperation({ operationId: 'getCallEvents', summary: 'What happened to a call, oldest first' })
  @ApiOkResponse({ type: CallLadderView })
  @ApiNotFoundResponse()
  events(@Caller() caller: Caller, @Id() id: string): Promise<CallLadderView> {
    return this.calls.ladder(caller, id);
  }

  @Post(':id/hangup')
  @HttpCode(202)
  @Roles('agent', 'supervisor', 'admin')
  @Scopes('calls:write')
  @ApiOperation({ operationId: 'hangUpCall', summary: 'End the client leg; repeated, it changes nothing' })
  @ApiAcceptedResponse({ type: CallView })
  @ApiNotFoundResponse()
  hangUp(@Caller() caller: Caller, @Id() id: string): Promise<CallView> {
    return this.calls.hangUp(caller, id);
  }

  @Post(':id/hold')
  @HttpCode(202)
  @Roles('agent', 'supervisor', 'admin')
  @Scopes('calls:write')
  @ApiOperation({ operationId: 'holdCall', summary: 'The client hears music until the call is resumed' })
  @ApiAcceptedResponse({ type: CallView })
  @ApiConflictResponse({ description: 'The call is not answered.' })
  @ApiNotFoundResponse()
  hold(@Caller() caller: Caller, @Id() id: string): Promise<CallView> {
    return this.calls.hold(caller, id);
  }

  @Post(':id/resume')
  @HttpCode(202)
  @Roles('agent', 'supervisor', 'admin')
  @Scopes('calls:write')
  @ApiOperation({ operationId: 'resumeCall', summary: 'Brings a held client back to the agent' })
  @ApiAcceptedResponse({ type: CallView })
  @ApiConflictResponse({ description: 'The call is not on hold.' })
  @ApiNotFoundResponse()
  resume(@Caller() caller: Caller, @Id() id: string): Promise<CallView> {
    return this.calls.resume(caller, id);
  }

  @Post(':id/dtmf')
  @HttpCode(202)
  @Roles('agent', 'supervisor', 'admin')
  @Scopes('calls:write')
  @ApiOperation({ operationId: 'sendDtmf', summary: 'Sends tones to the client' })
  @ApiAcceptedResponse({ type: CallView })
  @ApiConflictResponse({ description: 'The call is not answered.' })
  @ApiNotFoundResponse()
  dtmf(@Caller() caller: Caller, @Id() id: string, @Body() body: DtmfBody): Promise<CallView> {
    return this.calls.dtmf(caller, id, body);
  }

  @Post(':id/disposition')
  @HttpCode(200)
  @Roles('agent', 'supervisor', 'admin')
  @Scopes('calls:write')
  @ApiOperation({ operationId: 'disposeCall', summary: 'How the call ended for the business; ends the wrap-up' })
  @ApiOkResponse({ type: CallView })
  @ApiNotFoundResponse()
  disposition(@Caller() caller: Caller, @Id() id: string, @Body() body: DispositionBody): Promise<CallView> {
    return this.calls.dispose(caller, id, body);
  }
}
