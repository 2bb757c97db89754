import { Body, Controller, Delete, HttpCode, Post, Res } from '@nestjs/common';
import {
  ApiConflictResponse, ApiCreatedResponse, ApiNoContentResponse, ApiNotFoundResponse, ApiOkResponse, ApiOperation, ApiServiceUnavailableResponse, ApiTags,
} from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Caller, Roles } from '../identity/access.js';
import { Id } from '../problem/id.pipe.js';
import { SuperviseBody, SupervisionView } from './supervision.dto.js';
import { SupervisionService } from './supervision.service.js';

@ApiTags('Calls')
@Controller('calls/:id/supervision')
export class SupervisionController {
  constructor(private readonly supervisions: SupervisionService) {}

  @Post()
  @Roles('supervisor', 'admin')
  @ApiOperation({ operationId: 'superviseCall', summary: 'Listen to a call, whisper to its agent or barge in; again with another mode, it changes over without hanging up' })
  @ApiCreatedResponse({ type: SupervisionView, description: 'Join with this leg. A supervision of yours of another call has ended.' })
  @ApiOkResponse({ type: SupervisionView, description: 'The supervision goes on, in this mode.' })
  @ApiNotFoundResponse()
  @ApiConflictResponse({ description: 'The call has ended, no agent has it, or it is your own.' })
  @ApiServiceUnavailableResponse({ description: 'CALL.MEDIA_SERVER_AWAY: the mode was not changed.' })
  async supervise(@Caller() caller: Caller, @Id() id: string, @Body() body: SuperviseBody, @Res({ passthrough: true }) reply: FastifyReply): Promise<SupervisionView> {
    const { created, view } = await this.supervisions.supervise(caller, id, body.mode);
    void reply.code(created ? 201 : 200);
    return view;
  }

  @Delete()
  @HttpCode(204)
  @Roles('supervisor', 'admin')
  @ApiOperation({ operationId: 'stopSupervision', summary: 'Ends your supervision of the call; repeated, it changes nothing' })
  @ApiNoContentResponse()
  @ApiNotFoundResponse()
  stop(@Caller() caller: Caller, @Id() id: string): Promise<void> {
    return this.supervisions.stop(caller, id);
  }
}
