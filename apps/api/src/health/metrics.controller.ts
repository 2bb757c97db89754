import { Controller, Get, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { Config } from '../config/config.js';
import { TheConfig } from '../config/config.module.js';
import { Public } from '../identity/access.js';
import { Metrics } from './metrics.js';
import { onPublicOrigin } from './origin.js';

@ApiTags('For machines')
@Public()
@Controller('metrics')
export class MetricsController {
  constructor(
    private readonly metrics: Metrics,
    @TheConfig() private readonly config: Config,
  ) {}

  @Get()
  @ApiOperation({ operationId: 'readMetrics', summary: 'Prometheus exposition' })
  @ApiOkResponse({ content: { 'text/plain': { schema: { type: 'string' } } } })
  async read(@Res({ passthrough: true }) reply: FastifyReply): Promise<string> {
    onPublicOrigin(this.config);
    void reply.type(this.metrics.registry.contentType);
    return this.metrics.registry.metrics();
  }
}
