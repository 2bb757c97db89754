import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiAcceptedResponse, ApiConflictResponse, ApiNotFoundResponse, ApiOperation, ApiServiceUnavailableResponse, ApiTags, ApiTooManyRequestsResponse, ApiUnprocessableEntityResponse } from '@nestjs/swagger';
import { CallView } from '../calls/call.view.js';
import { Caller, Roles, Scopes } from '../identity/access.js';
import { Id } from '../problem/id.pipe.js';
import { TransferBody } from './transfer.dto.js';
import { TransfersService } from './transfers.service.js';

@ApiTags('Calls')
@Controller('calls')
export class TransfersController {
  constructor(private readonly transfers: TransfersService) {}

  @Post(':id/transfer')
  @HttpCode(202)
  @Roles('agent', 'supervisor', 'admin')
  @Scopes('calls:write')
  @ApiOperation({ operationId: 'transferCall', summary: 'Hands the client on to a colleague, a queue or a number; warm: talks with the target first' })
  @ApiAcceptedResponse({ type: CallView, description: 'Ordered; the live stream tells how it goes on. A call to a number has ended here and goes on as one of its own.' })
  @ApiConflictResponse({ description: 'The call is not answered, CALL.TARGET_BUSY with the reason, or CALL.CONSULTING.' })
  @ApiNotFoundResponse()
  @ApiUnprocessableEntityResponse({ description: 'CALL.TARGET_UNKNOWN or CALL.NUMBER_NOT_ALLOWED.' })
  @ApiTooManyRequestsResponse({ description: 'More calls than the settings allow in a minute.' })
  @ApiServiceUnavailableResponse({ description: 'CALL.NO_PROXY or CALL.MEDIA_SERVER_AWAY.' })
  transfer(@Caller() caller: Caller, @Id() id: string, @Body() body: TransferBody): Promise<CallView> {
    return this.transfers.transfer(caller, id, body);
  }

  @Post(':id/transfer/complete')
  @HttpCode(202)
  @Roles('agent', 'supervisor', 'admin')
  @Scopes('calls:write')
  @ApiOperation({ operationId: 'completeTransfer', summary: 'The client goes to whom was asked; the agent is free' })
  @ApiAcceptedResponse({ type: CallView })
  @ApiConflictResponse({ description: 'CALL.NO_CONSULTATION: nobody is being talked with.' })
  @ApiNotFoundResponse()
  complete(@Caller() caller: Caller, @Id() id: string): Promise<CallView> {
    return this.transfers.complete(caller, id);
  }

  @Post(':id/transfer/cancel')
  @HttpCode(202)
  @Roles('agent', 'supervisor', 'admin')
  @Scopes('calls:write')
  @ApiOperation({ operationId: 'cancelTransfer', summary: 'Who was asked goes; the client comes back to the agent' })
  @ApiAcceptedResponse({ type: CallView })
  @ApiConflictResponse()
  @ApiNotFoundResponse()
  cancel(@Caller() caller: Caller, @Id() id: string): Promise<CallView> {
    return this.transfers.cancel(caller, id);
  }

  @Post(':id/transfer/join')
  @HttpCode(202)
  @Roles('agent', 'supervisor', 'admin')
  @Scopes('calls:write')
  @ApiOperation({ operationId: 'joinTransfer', summary: 'The client joins agent and target: all hear each other' })
  @ApiAcceptedResponse({ type: CallView })
  @ApiConflictResponse({ description: 'CALL.NO_CONSULTATION: nobody is being talked with.' })
  @ApiNotFoundResponse()
  join(@Caller() caller: Caller, @Id() id: string): Promise<CallView> {
    return this.transfers.join(caller, id);
  }
}
