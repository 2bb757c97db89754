import { Injectable } from '@nestjs/common';
import type { ProxyMediaServersView, RouteQuery, RouteView } from './route.dto.js';

@Injectable()
export class RoutesService {
  route(_query: RouteQuery): Promise<RouteView> { throw new Error('not built'); }
  mediaServers(): Promise<ProxyMediaServersView> { throw new Error('not built'); }
}
