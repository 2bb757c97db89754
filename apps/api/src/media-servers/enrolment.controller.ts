import { Body, Controller, Delete, Get, HttpCode, Post, Query, Req, Res } from '@nestjs/common';
import { ApiConflictResponse, ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags, ApiUnprocessableEntityResponse } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { PageQuery } from '../http/page.js';
import { Idempotent } from '../idempotency/idempotent.js';
import { Caller, Machines, Roles } from '../identity/access.js';
import { Id } from '../problem/id.pipe.js';
import { EnrolmentService } from './enrolment.service.js';
import { CreateEnrolmentTokenBody, EnrolBody } from './media-server.dto.js';
import { CreatedEnrolmentTokenView, EnrolledView, EnrolmentTokenPage } from './media-server.view.js';

@ApiTags('Media servers')
@Controller('media-servers')
export class EnrolmentController {
  constructor(private readonly enrolment: EnrolmentService) {}

  @Post('enrol')
  @Machines('enrolment', 'server')
  @Idempotent()
  @ApiOperation({ operationId: 'enrolMediaServer', summary: 'A media server joins the pool: first with an enrolment token, again with its server token' })
  @ApiCreatedResponse({ type: EnrolledView, description: 'New in the pool.' })
  @ApiOkResponse({ type: EnrolledView, description: 'Known by its server token.' })
  @ApiConflictResponse({ description: 'A media server of this name is in the pool, and the token is not its own.' })
  @ApiUnprocessableEntityResponse({ description: 'The host is outside the block the token admits.' })
  async enrol(@Body() body: EnrolBody, @Caller() caller: Caller, @Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<EnrolledView> {
    void reply.header('cache-control', 'no-store');
    if (caller.kind === 'enrolment') return this.enrolment.enrol(caller.id, body);
    void reply.code(200);
    return this.enrolment.enrolAgain(caller.id, (request.headers.authorization ?? '').replace(/^Bearer +/i, '').trim(), body);
  }

  @Get('enrolment-tokens')
  @Roles('admin')
  @ApiOperation({ operationId: 'listEnrolmentTokens', summary: 'Enrolment tokens, without the tokens themselves' })
  @ApiOkResponse({ type: EnrolmentTokenPage })
  list(@Query() query: PageQuery): Promise<EnrolmentTokenPage> {
    return this.enrolment.listTokens(query);
  }

  @Post('enrolment-tokens')
  @Roles('admin')
  @Idempotent()
  @ApiOperation({ operationId: 'createEnrolmentToken', summary: 'Make a token for new media servers; it is shown once' })
  @ApiCreatedResponse({ type: CreatedEnrolmentTokenView })
  create(@Body() body: CreateEnrolmentTokenBody, @Caller() caller: Caller): Promise<CreatedEnrolmentTokenView> {
    return this.enrolment.createToken(body, caller.agentId);
  }

  @Delete('enrolment-tokens/:id')
  @Roles('admin')
  @HttpCode(204)
  @ApiOperation({ operationId: 'revokeEnrolmentToken', summary: 'Take a token back; also when repeated' })
  @ApiNoContentResponse()
  revoke(@Id() id: string): Promise<void> {
    return this.enrolment.revokeToken(id);
  }
}
