import { Body, Controller, Delete, Get, HttpCode, Patch, Post, Query } from '@nestjs/common';
import { ApiConflictResponse, ApiCreatedResponse, ApiNoContentResponse, ApiNotFoundResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { PageQuery } from '../http/page.js';
import { Idempotent } from '../idempotency/idempotent.js';
import { Roles } from '../identity/access.js';
import { Id } from '../problem/id.pipe.js';
import { ChangeNumberBody, NumberBody, NumberPage, NumberView } from './queue.dto.js';
import { NumbersService } from './numbers.service.js';

@ApiTags('Calls')
@Controller('numbers')
export class NumbersController {
  constructor(private readonly numbers: NumbersService) {}

  @Get()
  @Roles('supervisor', 'admin')
  @ApiOperation({ operationId: 'listNumbers', summary: 'Every number' })
  @ApiOkResponse({ type: NumberPage })
  list(@Query() query: PageQuery): Promise<NumberPage> {
    return this.numbers.list(query);
  }

  @Post()
  @Roles('admin')
  @Idempotent()
  @ApiOperation({ operationId: 'createNumber', summary: 'A new number' })
  @ApiCreatedResponse({ type: NumberView })
  @ApiConflictResponse({ description: 'There is one of that name already.' })
  create(@Body() body: NumberBody): Promise<NumberView> {
    return this.numbers.create(body);
  }

  @Patch(':id')
  @Roles('admin')
  @ApiOperation({ operationId: 'changeNumber', summary: 'Change what is given' })
  @ApiOkResponse({ type: NumberView })
  @ApiNotFoundResponse()
  change(@Id() id: string, @Body() body: ChangeNumberBody): Promise<NumberView> {
    return this.numbers.change(id, body);
  }

  @Delete(':id')
  @Roles('admin')
  @HttpCode(204)
  @ApiOperation({ operationId: 'deleteNumber', summary: 'Remove the number; also when repeated' })
  @ApiNoContentResponse()
  @ApiNotFoundResponse({ description: 'There never was such a number.' })
  remove(@Id() id: string): Promise<void> {
    return this.numbers.remove(id);
  }
}
