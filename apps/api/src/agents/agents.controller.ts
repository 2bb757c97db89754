import { Body, Controller, Delete, Get, HttpCode, Patch, Post, Put, Query } from '@nestjs/common';
import { ApiConflictResponse, ApiCreatedResponse, ApiNoContentResponse, ApiNotFoundResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { PageQuery } from '../http/page.js';
import { Idempotent } from '../idempotency/idempotent.js';
import { Caller, Roles, Scopes } from '../identity/access.js';
import { Id } from '../problem/id.pipe.js';
import { AgentPage, AgentView, ChangeAgentBody, CreateAgentBody, SetStateBody } from './agent.dto.js';
import { AgentsService } from './agents.service.js';

@ApiTags('Agents')
@Controller('agents')
export class AgentsController {
  constructor(private readonly agents: AgentsService) {}

  @Get()
  @Roles('supervisor', 'admin')
  @Scopes('agents:read')
  @ApiOperation({ operationId: 'listAgents', summary: 'Everybody, with where they sit' })
  @ApiOkResponse({ type: AgentPage })
  list(@Query() query: PageQuery): Promise<AgentPage> {
    return this.agents.list(query);
  }

  @Post()
  @Roles('admin')
  @Scopes('agents:write')
  @Idempotent()
  @ApiOperation({ operationId: 'createAgent', summary: 'A new agent, offline' })
  @ApiCreatedResponse({ type: AgentView })
  @ApiConflictResponse({ description: 'The user name is taken.' })
  create(@Body() body: CreateAgentBody, @Caller() caller: Caller): Promise<AgentView> {
    return this.agents.create(caller, body);
  }

  @Get(':id')
  @Roles('agent', 'supervisor', 'admin')
  @Scopes('agents:read')
  @ApiOperation({ operationId: 'getAgent', summary: 'One agent; agents see themselves only' })
  @ApiOkResponse({ type: AgentView })
  @ApiNotFoundResponse({ description: 'No such agent, or a colleague.' })
  get(@Id() id: string, @Caller() caller: Caller): Promise<AgentView> {
    return this.agents.get(caller, id);
  }

  @Patch(':id')
  @Roles('admin')
  @Scopes('agents:write')
  @ApiOperation({ operationId: 'changeAgent', summary: 'Change what is given; `enabled: false` ends the seat' })
  @ApiOkResponse({ type: AgentView })
  @ApiNotFoundResponse()
  @ApiConflictResponse({ description: 'The user name is taken, or nobody would be left to administer.' })
  change(@Id() id: string, @Body() body: ChangeAgentBody, @Caller() caller: Caller): Promise<AgentView> {
    return this.agents.change(caller, id, body);
  }

  @Delete(':id')
  @Roles('admin')
  @Scopes('agents:write')
  @HttpCode(204)
  @ApiOperation({ operationId: 'deleteAgent', summary: 'Remove the agent, ending the seat; also when repeated' })
  @ApiNoContentResponse()
  @ApiNotFoundResponse({ description: 'There never was such an agent.' })
  @ApiConflictResponse({ description: 'Nobody would be left to administer.' })
  remove(@Id() id: string, @Caller() caller: Caller): Promise<void> {
    return this.agents.remove(caller, id);
  }

  @Put(':id/state')
  @Roles('agent', 'supervisor', 'admin')
  @Scopes('agents:write')
  @ApiOperation({ operationId: 'setAgentState', summary: 'Say what the agent is doing' })
  @ApiOkResponse({ type: AgentView })
  @ApiNotFoundResponse({ description: 'No such agent, or a colleague.' })
  @ApiConflictResponse({ description: 'The agent is disabled, or on a call.' })
  setState(@Id() id: string, @Body() body: SetStateBody, @Caller() caller: Caller): Promise<AgentView> {
    return this.agents.setState(caller, id, body);
  }
}
