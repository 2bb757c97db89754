import { Injectable } from '@nestjs/common';
import { Database } from '../database/database.js';
import { GroupCommit } from '../selection/group-commit.js';
import type { ProxyMediaServersView, ProxyMediaServerView, RouteQuery, RouteView } from './route.dto.js';
import { RouteRound } from './route-round.js';

const maxBatch = 64;

/** What the SIP proxy asks. */
@Injectable()
export class RoutesService {
  /** All INVITEs that are being asked for at the moment share one transaction, so that a crowd of callers waits for the lock of all managers once. */
  readonly #group = new GroupCommit<RouteQuery, RouteView>({
    commit: (batch) => this.database.inTransaction((tx) => this.round.find(tx, batch)),
    keyOf: ({ callId }) => callId,
    isSame: () => true,
    maxBatch,
    tooLate: (waitedMs) => this.database.refusalAfter(waitedMs),
  });

  constructor(
    private readonly database: Database,
    private readonly round: RouteRound,
  ) {}

  /**
   * Where this INVITE goes. Asked again within a minute, the answer is the same.
   * @throws Problem ROUTE.UNKNOWN_NUMBER, ROUTE.NOBODY_THERE
   */
  route(query: RouteQuery): Promise<RouteView> {
    return this.#group.submit(query);
  }

  /** Whom the proxy may send client legs to, and take them from. A server that is down comes back without being told to. */
  async mediaServers(): Promise<ProxyMediaServersView> {
    return { items: await this.database.rows<ProxyMediaServerView>("SELECT id, name, sip_uri AS sipUri FROM media_servers WHERE deleted_at IS NULL AND mode <> 'disabled' ORDER BY name, id") };
  }
}
