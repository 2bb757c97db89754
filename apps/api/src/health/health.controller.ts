import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiServiceUnavailableResponse, ApiTags } from '@nestjs/swagger';
import { problem } from '../problem/problem.js';
import { HealthService } from './health.service.js';
import { Public } from '../identity/access.js';

@ApiTags('For machines')
@Public()
@Controller('health')
export class HealthController {
  constructor(private readonly health: HealthService) {}

  @Get('live')
  @ApiOperation({ operationId: 'isAlive', summary: 'This process answers; says nothing about anybody else' })
  @ApiOkResponse({ schema: { type: 'object', required: ['status'], properties: { status: { type: 'string', enum: ['alive'] } } } })
  live(): { status: 'alive' } {
    return { status: 'alive' };
  }

  @Get('ready')
  @ApiOperation({ operationId: 'isReady', summary: 'Whether this manager should be sent requests; each dependency is named' })
  @ApiOkResponse({
    schema: {
      type: 'object',
      required: ['status', 'dependencies'],
      properties: { status: { type: 'string', enum: ['ready'] }, dependencies: { type: 'object', additionalProperties: { type: 'object', properties: { status: { type: 'string', enum: ['up', 'down'] }, detail: { type: 'string' } } } } },
    },
  })
  @ApiServiceUnavailableResponse({ description: 'A dependency is missing; `dependencies` names it.' })
  async ready(): Promise<unknown> {
    const readiness = await this.health.readiness();
    if (readiness.status === 'ready') return readiness;
    const missing = Object.entries(readiness.dependencies).filter(([, health]) => health.status === 'down').map(([name, health]) => `${name} ${health.detail ?? 'is down'}`);
    throw problem('SERVICE.NOT_READY', { detail: `Missing: ${missing.join('; ')}.`, extensions: { dependencies: readiness.dependencies } });
  }
}
