import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { placementStates, policyNames, type PlacementState } from '@nailup/domain';
import type { IceServer } from './ice-servers.js';
import type { Parking, PlacementRecord } from './placement.record.js';
import type { Seat } from './seat-request.js';

const moment = { type: String, format: 'date-time' } as const;

export class PlacedOnView {
  @ApiProperty({ format: 'uuid' }) id!: string;
  @ApiProperty() name!: string;
  @ApiProperty() host!: string;
  @ApiProperty() webSocketUrl!: string;
  @ApiProperty() sipDomain!: string;
}

export class SipView {
  @ApiProperty() username!: string;
  @ApiProperty({ description: 'Told once.' }) password!: string;
  @ApiProperty({ description: 'Own identity.' }) uri!: string;
  @ApiProperty({ description: 'What to INVITE; no REGISTER is needed.' }) target!: string;
  @ApiProperty({ ...moment, description: 'Bounds new INVITEs.' }) expiresAt!: string;
}

export class IceServerView {
  @ApiProperty({ type: [String] }) urls!: readonly string[];
  @ApiPropertyOptional() username?: string;
  @ApiPropertyOptional() credential?: string;
}

export class DecisionSummaryView {
  @ApiProperty({ enum: [...policyNames] }) policy!: string;
  @ApiProperty({ format: 'uuid', description: 'The media server that was chosen.' }) chosen!: string;
  @ApiProperty({ type: 'integer' }) eligibleCount!: number;
}

export class PlacementView {
  @ApiProperty({ format: 'uuid' }) id!: string;
  @ApiProperty({ format: 'uuid' }) agentId!: string;
  @ApiProperty({ enum: [...placementStates] }) state!: PlacementState;
  @ApiProperty(moment) reservedAt!: string;
  @ApiProperty({ ...moment, nullable: true, description: 'null once connected.' }) expiresAt!: string | null;
  @ApiProperty({ ...moment, nullable: true }) connectedAt!: string | null;
  @ApiProperty({ ...moment, nullable: true }) lostAt!: string | null;
  @ApiProperty({ ...moment, nullable: true }) releasedAt!: string | null;
  @ApiProperty({ type: String, nullable: true }) releaseReason!: string | null;
  @ApiProperty({ type: PlacedOnView }) mediaServer!: PlacedOnView;
  @ApiProperty() conference!: string;
  @ApiProperty({ enum: ['conference', 'holding'] }) parking!: Parking;
  @ApiProperty({ type: [IceServerView] }) iceServers!: IceServerView[];
  @ApiProperty({ type: DecisionSummaryView }) decision!: DecisionSummaryView;
  @ApiPropertyOptional({ type: SipView, description: 'Only in the answer of POST.' }) sip?: SipView;
}

export class PlacementPageView {
  @ApiProperty({ type: [PlacementView] }) items!: PlacementView[];
  @ApiProperty({ type: String, nullable: true }) nextCursor!: string | null;
}

export class ConsideredView {
  @ApiProperty({ format: 'uuid' }) mediaServerId!: string;
  @ApiProperty() ratio!: number;
  @ApiProperty() eligible!: boolean;
  @ApiProperty({ type: String, nullable: true, description: 'The step of the ladder at which it fell.' }) step!: string | null;
  @ApiProperty() reason!: string;
}

export class DecisionView extends DecisionSummaryView {
  @ApiProperty({ type: [ConsideredView], description: 'Empty when the decision is older than 30 days.' }) considered!: ConsideredView[];
}

export class HeartbeatView {
  @ApiProperty({ format: 'uuid' }) id!: string;
  @ApiProperty({ enum: [...placementStates] }) state!: PlacementState;
}

export class SimulatedSeatsView {
  @ApiProperty({ format: 'uuid' }) mediaServerId!: string;
  @ApiProperty({ type: 'integer' }) count!: number;
}

export class SimulationView {
  @ApiProperty({ type: [SimulatedSeatsView] }) items!: SimulatedSeatsView[];
  @ApiProperty({ type: 'integer' }) unplaced!: number;
}

/** A placement in the words of the contract. */
export function toPlacementView(record: PlacementRecord, iceServers: IceServer[]): PlacementView {
  return {
    id: record.id,
    agentId: record.agentId,
    state: record.state,
    reservedAt: record.reservedAt.toISOString(),
    expiresAt: record.expiresAt?.toISOString() ?? null,
    connectedAt: record.connectedAt?.toISOString() ?? null,
    lostAt: record.lostAt?.toISOString() ?? null,
    releasedAt: record.releasedAt?.toISOString() ?? null,
    releaseReason: record.releaseReason,
    mediaServer: {
      id: record.mediaServerId,
      name: record.serverName,
      host: record.serverHost,
      webSocketUrl: record.serverWebSocketUrl,
      sipDomain: record.serverHost,
    },
    conference: record.conference,
    parking: record.parking,
    iceServers,
    decision: { policy: record.policy, chosen: record.mediaServerId, eligibleCount: record.eligibleCount },
  };
}

/** The same with what the browser needs to sit down; the only telling of the password. */
export function toSeatView({ placement, password, sipExpiresAt }: Seat, iceServers: IceServer[]): PlacementView {
  const { sipUsername: username, serverHost } = placement;
  const domain = serverHost.includes(':') ? `[${serverHost}]` : serverHost;
  const sip = { username, password, uri: `sip:${username}@${domain}`, target: `sip:seat@${domain}`, expiresAt: sipExpiresAt.toISOString() };
  return { ...toPlacementView(placement, iceServers), sip };
}
