import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Roles, Scopes } from '../identity/access.js';
import { Id } from '../problem/id.pipe.js';
import { CapacityAdviceView, StatisticsQuery, StatisticsView } from './statistics.dto.js';
import { StatisticsService } from './statistics.service.js';

@ApiTags('Media servers')
@Controller('media-servers/:id')
export class StatisticsController {
  constructor(private readonly statistics: StatisticsService) {}

  @Get('capacity-advice')
  @Roles('admin', 'supervisor')
  @Scopes('media-servers:read')
  @ApiOperation({ operationId: 'getCapacityAdvice', summary: 'How many agents it can hold, as far as a week of its load tells' })
  @ApiOkResponse({ type: CapacityAdviceView })
  advise(@Id() id: string): Promise<CapacityAdviceView> {
    return this.statistics.adviseCapacity(id);
  }

  @Get('statistics')
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
