import { Body, Controller, Delete, Get, HttpCode, Patch, Post, Query } from '@nestjs/common';
import { ApiConflictResponse, ApiCreatedResponse, ApiNoContentResponse, ApiNotFoundResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { PageQuery } from '../http/page.js';
import { Idempotent } from '../idempotency/idempotent.js';
import { Roles, Scopes } from '../identity/access.js';
import { Id } from '../problem/id.pipe.js';
import { ChangeMediaServerBody, CreateMediaServerBody, DrainBody } from './media-server.dto.js';
import { CreatedMediaServerView, MediaServerPage, MediaServerView } from './media-server.view.js';
import { MediaServersService } from './media-servers.service.js';

@ApiTags('Media servers')
@Controller('media-servers')
export class MediaServersController {
  constructor(private readonly servers: MediaServersService) {}

  @Get()
  @Roles('supervisor', 'admin')
  @Scopes('media-servers:read')
  @ApiOperation({ operationId: 'listMediaServers', summary: 'The pool, with its present utilisation' })
  @ApiOkResponse({ type: MediaServerPage })
  list(@Query() query: PageQuery): Promise<MediaServerPage> {
    return this.servers.list(query);
  }

  @Post()
  @Roles('admin')
  @Idempotent()
  @ApiOperation({ operationId: 'createMediaServer', summary: 'Add a media server by hand' })
  @ApiCreatedResponse({ type: CreatedMediaServerView })
  @ApiConflictResponse({ description: 'The name is taken.' })
  create(@Body() body: CreateMediaServerBody): Promise<CreatedMediaServerView> {
    return this.servers.create(body);
  }

  @Get(':id')
  @Roles('supervisor', 'admin')
  @Scopes('media-servers:read')
  @ApiOperation({ operationId: 'getMediaServer', summary: 'One media server' })
  @ApiOkResponse({ type: MediaServerView })
  @ApiNotFoundResponse()
  get(@Id() id: string): Promise<MediaServerView> {
    return this.servers.get(id);
  }

  @Patch(':id')
  @Roles('admin')
  @ApiOperation({ operationId: 'changeMediaServer', summary: 'Change what is given; `mode: disabled` ends every seat on it' })
  @ApiOkResponse({ type: MediaServerView })
  @ApiNotFoundResponse()
  @ApiConflictResponse({ description: 'The name is taken.' })
  change(@Id() id: string, @Body() body: ChangeMediaServerBody): Promise<MediaServerView> {
    return this.servers.change(id, body);
  }

  @Delete(':id')
  @Roles('admin')
  @HttpCode(204)
  @ApiOperation({ operationId: 'deleteMediaServer', summary: 'Remove an empty media server; also when repeated' })
  @ApiNoContentResponse()
  @ApiNotFoundResponse({ description: 'There never was such a media server.' })
  @ApiConflictResponse({ description: 'Agents still sit on it.' })
  remove(@Id() id: string): Promise<void> {
    return this.servers.remove(id);
  }

  @Post(':id/drain')
  @Roles('admin')
  @HttpCode(200)
  @ApiOperation({ operationId: 'drainMediaServer', summary: 'Take nobody new; place idle agents elsewhere one after the other, the others after their call' })
  @ApiOkResponse({ type: MediaServerView })
  @ApiNotFoundResponse()
  @ApiConflictResponse({ description: 'It is disabled.' })
  drain(@Id() id: string, @Body() body: DrainBody): Promise<MediaServerView> {
    return this.servers.drain(id, body);
  }

  @Post(':id/resume')
  @Roles('admin')
  @HttpCode(200)
  @ApiOperation({ operationId: 'resumeMediaServer', summary: 'Take agents again' })
  @ApiOkResponse({ type: MediaServerView })
  @ApiNotFoundResponse()
  resume(@Id() id: string): Promise<MediaServerView> {
    return this.servers.resume(id);
  }
}
