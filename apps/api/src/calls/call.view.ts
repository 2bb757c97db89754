import { ApiProperty } from '@nestjs/swagger';
import { callPurposes, callStates, causeInWords, endReasons, type CallPurpose, type CallState, type EndReason } from '@nailup/domain';
import type { NamedCall } from './call.repository.js';

const moment = { type: String, format: 'date-time' } as const;
const maybeMoment = { ...moment, nullable: true } as const;
const maybeId = { type: String, format: 'uuid', nullable: true } as const;

export class CallAgentView {
  @ApiProperty({ format: 'uuid' }) id!: string;
  @ApiProperty() username!: string;
  @ApiProperty() displayName!: string;
}

export class NamedView {
  @ApiProperty({ format: 'uuid' }) id!: string;
  @ApiProperty() name!: string;
}

export class CallQualityView {
  @ApiProperty({ type: Number, nullable: true }) mos!: number | null;
  @ApiProperty({ type: Number, nullable: true }) jitterMs!: number | null;
  @ApiProperty({ type: Number, nullable: true }) lossPercent!: number | null;
  @ApiProperty({ type: Number, nullable: true }) rttMs!: number | null;
}

export class ConsultationView {
  @ApiProperty({ format: 'uuid' }) callId!: string;
  @ApiProperty({ enum: [...callStates] }) state!: CallState;
  @ApiProperty({ description: 'A number, or agent:<username>.' }) to!: string;
  @ApiProperty({ type: String, nullable: true, description: 'Of the colleague.' }) displayName!: string | null;
  @ApiProperty({ type: String, enum: [...endReasons], nullable: true }) endReason!: EndReason | null;
}

export class CallRecordingView {
  @ApiProperty({ format: 'uuid' }) id!: string;
  @ApiProperty({ enum: ['recording', 'paused'] }) state!: 'recording' | 'paused';
}

export class CallView {
  @ApiProperty({ format: 'uuid' }) id!: string;
  @ApiProperty({ enum: ['inbound', 'outbound'] }) direction!: 'inbound' | 'outbound';
  @ApiProperty(maybeId) agentId!: string | null;
  @ApiProperty({ type: () => CallAgentView, nullable: true }) agent!: CallAgentView | null;
  @ApiProperty(maybeId) placementId!: string | null;
  @ApiProperty({ ...maybeId, description: 'Where the client leg meets the agent, or waits.' }) mediaServerId!: string | null;
  @ApiProperty({ type: () => NamedView, nullable: true }) mediaServer!: NamedView | null;
  @ApiProperty({ type: () => NamedView, nullable: true, description: 'The media server the caller came in by, where that is another one.' }) farMediaServer!: NamedView | null;
  @ApiProperty(maybeId) queueId!: string | null;
  @ApiProperty({ type: () => NamedView, nullable: true }) queue!: NamedView | null;
  @ApiProperty() from!: string;
  @ApiProperty() to!: string;
  @ApiProperty({ enum: [...callStates] }) state!: CallState;
  @ApiProperty({ ...moment, description: 'When the present state began; of a held call, when the hold did.' }) stateSince!: string;
  @ApiProperty(moment) startedAt!: string;
  @ApiProperty({ ...maybeId, description: 'The call this one came of.' }) originCallId!: string | null;
  @ApiProperty({ type: String, enum: [...callPurposes], nullable: true, description: 'consultation: about the origin; onward: its caller on the way to a number.' }) purpose!: CallPurpose | null;
  @ApiProperty({ type: () => ConsultationView, nullable: true, description: 'The last one about this call.' }) consultation!: ConsultationView | null;
  @ApiProperty({ ...maybeId, description: 'The agent who handed the caller on.' }) transferredBy!: string | null;
  @ApiProperty(maybeMoment) ringingAt!: string | null;
  @ApiProperty(maybeMoment) answeredAt!: string | null;
  @ApiProperty(maybeMoment) endedAt!: string | null;
  @ApiProperty({ type: String, enum: [...endReasons], nullable: true }) endReason!: EndReason | null;
  @ApiProperty({ type: 'integer', nullable: true, description: 'ITU-T Q.850.' }) hangupCause!: number | null;
  @ApiProperty({ type: String, nullable: true, description: 'The cause in plain words.' }) hangupText!: string | null;
  @ApiProperty({ type: () => CallQualityView, nullable: true }) quality!: CallQualityView | null;
  @ApiProperty({ type: [String], description: 'Ids of recordings, oldest first.' }) recordings!: string[];
  @ApiProperty({ type: () => CallRecordingView, nullable: true, description: 'The recording that runs now.' }) recording!: CallRecordingView | null;
  @ApiProperty({ type: String, nullable: true }) disposition!: string | null;
  @ApiProperty({ type: String, nullable: true }) note!: string | null;
}

export class CallPage {
  @ApiProperty({ type: () => [CallView] }) items!: CallView[];
  @ApiProperty({ type: String, nullable: true }) nextCursor!: string | null;
}

export class CallEventView {
  @ApiProperty(moment) at!: string;
  @ApiProperty({ description: 'As in the live stream, or a step of the client leg (`leg.…`).' }) type!: string;
  @ApiProperty({ type: 'object', additionalProperties: true }) data!: Record<string, unknown>;
}

export class CallLadderView {
  @ApiProperty({ type: () => [CallEventView] }) items!: CallEventView[];
}

/** What the contract shows of a call. */
export function toCallView(call: NamedCall): CallView {
  const { id, direction, agentId, placementId, mediaServerId, farMediaServerId, queueId, from, to, state, originCallId, purpose, transferredBy, endReason, hangupCause, quality, disposition, note } = call;
  return {
    id, direction, agentId,
    agent: agentId === null || call.agentUsername === null ? null : { id: agentId, username: call.agentUsername, displayName: call.agentDisplayName ?? call.agentUsername },
    placementId, mediaServerId, mediaServer: named(mediaServerId, call.serverName), farMediaServer: named(farMediaServerId, call.farServerName),
    queueId, queue: named(queueId, call.queueName), from, to, state, originCallId, purpose, consultation: consultationOf(call), transferredBy,
    stateSince: (call.stateSince ?? call.startedAt).toISOString(), startedAt: call.startedAt.toISOString(), ringingAt: isoOf(call.ringingAt), answeredAt: isoOf(call.answeredAt), endedAt: isoOf(call.endedAt),
    endReason, hangupCause, hangupText: hangupCause === null ? null : causeInWords(hangupCause), quality, recordings: [...(call.recordings ?? [])].sort(), recording: call.recording, disposition, note,
  };
}

function consultationOf({ askedCallId: callId, askedState: state, askedTo: to, askedName: displayName, askedEndReason: endReason }: NamedCall): ConsultationView | null {
  return callId === null || state === null || to === null ? null : { callId, state, to, displayName, endReason };
}

function named(id: string | null, name: string | null): NamedView | null {
  return id === null || name === null ? null : { id, name };
}

function isoOf(at: Date | null): string | null {
  return at?.toISOString() ?? null;
}
