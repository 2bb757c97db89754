import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Caller, Roles, Scopes } from '../identity/access.js';
import { Directory } from './directory.js';
import { DirectoryView } from './transfer.dto.js';

@ApiTags('Agents')
@Controller('agents/directory')
export class DirectoryController {
  constructor(private readonly directory: Directory) {}

  @Get()
  @Roles('agent', 'supervisor', 'admin')
  @Scopes('agents:read')
  @ApiOperation({ operationId: 'readDirectory', summary: 'Colleagues and queues a caller can be handed on to: names and whether they are free, nothing else' })
  @ApiOkResponse({ type: DirectoryView })
  read(@Caller() caller: Caller): Promise<DirectoryView> {
    return this.directory.read(caller.agentId);
  }
}
