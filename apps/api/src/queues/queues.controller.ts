import { Body, Controller, Delete, Get, HttpCode, Patch, Post, Query } from '@nestjs/common';
import { ApiConflictResponse, ApiCreatedResponse, ApiNoContentResponse, ApiNotFoundResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { PageQuery } from '../http/page.js';
import { Idempotent } from '../idempotency/idempotent.js';
import { Roles } from '../identity/access.js';
import { Id } from '../problem/id.pipe.js';
import { ChangeQueueBody, QueueBody, QueuePage, QueueView } from './queue.dto.js';
import { QueuesService } from './queues.service.js';

@ApiTags('Calls')
@Controller('queues')
export class QueuesController {
  constructor(private readonly queues: QueuesService) {}

  @Get()
  @Roles('supervisor', 'admin')
  @ApiOperation({ operationId: 'listQueues', summary: 'Every queue' })
  @ApiOkResponse({ type: QueuePage })
  list(@Query() query: PageQuery): Promise<QueuePage> {
    return this.queues.list(query);
  }

  @Post()
  @Roles('admin')
  @Idempotent()
  @ApiOperation({ operationId: 'createQueue', summary: 'A new queue' })
  @ApiCreatedResponse({ type: QueueView })
  @ApiConflictResponse({ description: 'There is one of that name already.' })
  create(@Body() body: QueueBody): Promise<QueueView> {
    return this.queues.create(body);
  }

  @Patch(':id')
  @Roles('admin')
  @ApiOperation({ operationId: 'changeQueue', summary: 'Change what is given' })
  @ApiOkResponse({ type: QueueView })
  @ApiNotFoundResponse()
  change(@Id() id: string, @Body() body: ChangeQueueBody): Promise<QueueView> {
    return this.queues.change(id, body);
  }

  @Delete(':id')
  @Roles('admin')
  @HttpCode(204)
  @ApiOperation({ operationId: 'deleteQueue', summary: 'Remove the queue; also when repeated' })
  @ApiNoContentResponse()
  @ApiNotFoundResponse({ description: 'There never was such a queue.' })
  remove(@Id() id: string): Promise<void> {
    return this.queues.remove(id);
  }
}
