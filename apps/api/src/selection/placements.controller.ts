import { Body, Controller, Delete, Get, HttpCode, Post, Query, Res } from '@nestjs/common';
import { ApiConflictResponse, ApiCreatedResponse, ApiNoContentResponse, ApiNotFoundResponse, ApiOkResponse, ApiOperation, ApiServiceUnavailableResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Caller, Roles, Scopes } from '../identity/access.js';
import { Idempotent } from '../idempotency/idempotent.js';
import { Id } from '../problem/id.pipe.js';
import { FailureReport, PlacementQuery, PlaceRequest, SimulateRequest } from './placement.dto.js';
import { DecisionView, HeartbeatView, PlacementPageView, PlacementView, SimulationView } from './placement.view.js';
import { PlacementsService } from './placements.service.js';

@ApiTags('Selection')
@Controller('placements')
export class PlacementsController {
  constructor(private readonly placements: PlacementsService) {}

  @Post()
  @Roles('agent', 'supervisor', 'admin')
  @Scopes('placements:write')
  @Idempotent({ subject: 'placement' })
  @ApiOperation({ summary: 'Which media server for this agent? The least utilised one, or the seat they have.' })
  @ApiCreatedResponse({ type: PlacementView, description: 'A new seat.' })
  @ApiOkResponse({ type: PlacementView, description: 'The live seat of the agent, with a fresh secret.' })
  @ApiNotFoundResponse({ description: 'No such agent, or somebody else.' })
  @ApiConflictResponse({ description: 'The agent is disabled.' })
  @ApiServiceUnavailableResponse({ description: 'SELECTION.NO_ELIGIBLE_SERVER or SELECTION.POOL_FULL; Retry-After says when to ask again.' })
  async place(@Caller() caller: Caller, @Body() request: PlaceRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<PlacementView> {
    const { created, view } = await this.placements.place(caller, request);
    void reply.code(created ? 201 : 200);
    return view;
  }

  @Get()
  @Roles('agent', 'supervisor', 'admin')
  @Scopes('placements:write')
  @ApiOperation({ summary: 'Placements, newest first; agents see their own.' })
  @ApiOkResponse({ type: PlacementPageView })
  list(@Caller() caller: Caller, @Query() query: PlacementQuery): Promise<PlacementPageView> {
    return this.placements.list(caller, query);
  }

  @Post('simulate')
  @HttpCode(200)
  @Roles('supervisor', 'admin')
  @Scopes('placements:write')
  @ApiOperation({ summary: 'Where so many agents would go now; nothing is reserved.' })
  @ApiOkResponse({ type: SimulationView })
  simulate(@Body() request: SimulateRequest): Promise<SimulationView> {
    return this.placements.simulate(request);
  }

  @Get(':id')
  @Roles('agent', 'supervisor', 'admin')
  @Scopes('placements:write')
  @ApiOkResponse({ type: PlacementView })
  @ApiNotFoundResponse()
  get(@Caller() caller: Caller, @Id() id: string): Promise<PlacementView> {
    return this.placements.get(caller, id);
  }

  @Get(':id/decision')
  @Roles('agent', 'supervisor', 'admin')
  @Scopes('placements:write')
  @ApiOperation({ summary: 'Why this media server: each one that was considered, with the reason.' })
  @ApiOkResponse({ type: DecisionView })
  @ApiNotFoundResponse()
  decision(@Caller() caller: Caller, @Id() id: string): Promise<DecisionView> {
    return this.placements.decision(caller, id);
  }

  @Delete(':id')
  @HttpCode(204)
  @Roles('agent', 'supervisor', 'admin')
  @Scopes('placements:write')
  @ApiOperation({ summary: 'Leaves the seat.' })
  @ApiNoContentResponse()
  @ApiNotFoundResponse()
  release(@Caller() caller: Caller, @Id() id: string): Promise<void> {
    return this.placements.release(caller, id);
  }

  @Post(':id/heartbeat')
  @HttpCode(200)
  @Roles('agent', 'supervisor', 'admin')
  @Scopes('placements:write')
  @ApiOperation({ summary: 'The browser lives. Every 5 s; once begun, 15 s of silence end the leg.' })
  @ApiOkResponse({ type: HeartbeatView })
  @ApiNotFoundResponse()
  @ApiConflictResponse({ description: 'The placement has ended.' })
  heartbeat(@Caller() caller: Caller, @Id() id: string): Promise<HeartbeatView> {
    return this.placements.heartbeat(caller, id);
  }

  @Post(':id/failure')
  @HttpCode(200)
  @Roles('agent', 'supervisor', 'admin')
  @Scopes('placements:write')
  @ApiOperation({ summary: 'No audio there: releases the seat and keeps that media server away from the agent for 60 s.' })
  @ApiOkResponse({ type: PlacementView })
  @ApiNotFoundResponse()
  @ApiConflictResponse({ description: 'The placement has ended.' })
  fail(@Caller() caller: Caller, @Id() id: string, @Body() report: FailureReport): Promise<PlacementView> {
    return this.placements.fail(caller, id, report);
  }
}
