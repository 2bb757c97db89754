import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Roles, Scopes } from '../identity/access.js';
import { Id } from '../problem/id.pipe.js';
import { StatisticsQuery, StatisticsView } from './statistics.dto.js';
import { StatisticsService } from './statistics.service.js';

@ApiTags('Media servers')
@Controller('media-servers/:id/statistics')
export class StatisticsController {
  constructor(private readonly statistics: StatisticsService) {}

  @Get()
  @Roles('admin', 'supervisor')
  @Scopes('media-servers:read')
  @ApiOperation({ operationId: 'getMediaServerStatistics', summary: 'How full a media server was over time' })
  @ApiOkResponse({ type: StatisticsView })
  async read(@Id() id: string, @Query() { from, to, stepSeconds }: StatisticsQuery): Promise<StatisticsView> {
    const samples = await this.statistics.read(id, {
      ...(from === undefined ? {} : { from: new Date(from) }),
      ...(to === undefined ? {} : { to: new Date(to) }),
      ...(stepSeconds === undefined ? {} : { stepSeconds }),
    });
    return { items: samples.map((sample) => ({ ...sample, at: sample.at.toISOString() })) };
  }
}
