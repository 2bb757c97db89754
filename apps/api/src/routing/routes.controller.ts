import { Controller, Delete, Get, HttpCode, Query } from '@nestjs/common';
import { ApiNoContentResponse, ApiNotFoundResponse, ApiOkResponse, ApiOperation, ApiServiceUnavailableResponse, ApiTags } from '@nestjs/swagger';
import { Scopes } from '../identity/access.js';
import { GivenUpQuery, ProxyMediaServersView, RouteQuery, RouteView } from './route.dto.js';
import { RoutesService } from './routes.service.js';

@ApiTags('For machines')
@Controller()
export class RoutesController {
  constructor(private readonly routes: RoutesService) {}

  @Get('routes')
  @Scopes('routes:read')
  @ApiOperation({ operationId: 'routeCall', summary: 'Where the SIP proxy sends this INVITE; asked again within 60 s, the same answer' })
  @ApiOkResponse({ type: RouteView })
  @ApiNotFoundResponse({ description: 'Nobody has this number.' })
  @ApiServiceUnavailableResponse({ description: 'Nobody can take it now.' })
  route(@Query() query: RouteQuery): Promise<RouteView> {
    return this.routes.route(query);
  }

  @Delete('routes')
  @HttpCode(204)
  @Scopes('routes:read')
  @ApiOperation({ operationId: 'giveUpRoute', summary: 'The caller of this INVITE has given up (CANCEL): what was promised is taken back at once, unless the caller is through already' })
  @ApiNoContentResponse()
  async giveUp(@Query() { callId }: GivenUpQuery): Promise<void> {
    await this.routes.giveUp(callId);
  }

  @Get('proxy/media-servers')
  @Scopes('routes:read')
  @ApiOperation({ operationId: 'listProxyMediaServers', summary: 'Whom the SIP proxy may send client legs to and take them from' })
  @ApiOkResponse({ type: ProxyMediaServersView })
  mediaServers(): Promise<ProxyMediaServersView> {
    return this.routes.mediaServers();
  }
}
