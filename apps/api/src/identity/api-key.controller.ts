import { Body, Controller, Delete, Get, HttpCode, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiNotFoundResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { PageQuery } from '../http/page.js';
import { Idempotent } from '../idempotency/idempotent.js';
import { Id } from '../problem/id.pipe.js';
import { Caller, Roles } from './access.js';
import { ApiKeyPage, CreateApiKeyBody, CreatedApiKeyView } from './api-key.dto.js';
import { ApiKeyService } from './api-key.service.js';

@ApiTags('Identity')
@Controller('api-keys')
export class ApiKeyController {
  constructor(private readonly keys: ApiKeyService) {}

  @Get()
  @Roles('admin')
  @ApiOperation({ operationId: 'listApiKeys', summary: 'The keys of integrators' })
  @ApiOkResponse({ type: ApiKeyPage })
  list(@Query() query: PageQuery): Promise<ApiKeyPage> {
    return this.keys.list(query);
  }

  @Post()
  @Roles('admin')
  @Idempotent()
  @ApiOperation({ operationId: 'createApiKey', summary: 'Make a key; it is shown once' })
  @ApiCreatedResponse({ type: CreatedApiKeyView })
  create(@Body() body: CreateApiKeyBody, @Caller() caller: Caller): Promise<CreatedApiKeyView> {
    return this.keys.create(body, caller.agentId);
  }

  @Delete(':id')
  @Roles('admin')
  @HttpCode(204)
  @ApiOperation({ operationId: 'deleteApiKey', summary: 'Take a key back; also when repeated' })
  @ApiNoContentResponse()
  @ApiNotFoundResponse({ description: 'There never was such a key.' })
  remove(@Id() id: string): Promise<void> {
    return this.keys.remove(id);
  }
}
