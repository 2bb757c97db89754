import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiServiceUnavailableResponse, ApiTags } from '@nestjs/swagger';
import type { Config } from '../config/config.js';
import { TheConfig } from '../config/config.module.js';
import { Public } from '../identity/access.js';
import { HealthService } from './health.service.js';
import { notReady, onPublicOrigin } from './origin.js';

@ApiTags('For machines')
@Public()
@Controller('health')
export class HealthController {
  constructor(
    private readonly health: HealthService,
    @TheConfig() private readonly config: Config,
  ) {}

  @Get('live')
  @ApiOperation({ operationId: 'isAlive', summary: 'This process answers; says nothing about anybody else' })
  @ApiOkResponse({ schema: { type: 'object', required: ['status'], properties: { status: { type: 'string', enum: ['alive'] } } } })
  live(): { status: 'alive' } {
    onPublicOrigin(this.config);
    return { status: 'alive' };
  }

  @Get('ready')
  @ApiOperation({ operationId: 'isReady', summary: 'Whether this manager should be sent requests; each dependency is named',
    description: '`degraded`: MySQL is away or late. Seated agents, their calls, heartbeats and lookups of Asterisk go on from memory; what needs MySQL answers 503.' })
  @ApiOkResponse({
    schema: {
      type: 'object',
      required: ['status', 'dependencies'],
      properties: { status: { type: 'string', enum: ['ready', 'degraded'] }, dependencies: { type: 'object', additionalProperties: { type: 'object', properties: { status: { type: 'string', enum: ['up', 'degraded', 'down'] }, detail: { type: 'string' } } } } },
    },
  })
  @ApiServiceUnavailableResponse({ description: 'The manager is being stopped.' })
  async ready(): Promise<unknown> {
    onPublicOrigin(this.config);
    const readiness = await this.health.readiness();
    if (readiness.status !== 'not-ready') return readiness;
    throw notReady(readiness);
  }
}
