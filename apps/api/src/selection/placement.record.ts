import type { PlacementState } from '@nailup/domain';

export type Parking = 'conference' | 'holding';

/** A placement with what an agent needs to know of its server. */
export interface PlacementRecord {
  readonly id: string;
  readonly agentId: string;
  readonly mediaServerId: string;
  readonly state: PlacementState;
  readonly sipUsername: string;
  readonly conference: string;
  readonly parking: Parking;
  readonly reservedAt: Date;
  readonly expiresAt: Date | null;
  readonly connectedAt: Date | null;
  readonly lostAt: Date | null;
  readonly releasedAt: Date | null;
  readonly releaseReason: string | null;
  readonly policy: string;
  readonly eligibleCount: number;
  readonly serverName: string;
  readonly serverHost: string;
  readonly serverWebSocketUrl: string;
}

/** The columns of a `PlacementRecord`, from `placements p JOIN media_servers s`. */
export const placementColumns = `p.id, p.agent_id AS agentId, p.media_server_id AS mediaServerId, p.state, p.sip_username AS sipUsername,
  p.conference, p.parking, p.reserved_at AS reservedAt, p.expires_at AS expiresAt, p.connected_at AS connectedAt, p.lost_at AS lostAt,
  p.released_at AS releasedAt, p.release_reason AS releaseReason, p.decision->>'$.policy' AS policy,
  CAST(p.decision->>'$.eligibleCount' AS UNSIGNED) AS eligibleCount,
  s.name AS serverName, s.host AS serverHost, s.web_socket_url AS serverWebSocketUrl`;
