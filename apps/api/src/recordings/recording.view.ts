import { ApiProperty } from '@nestjs/swagger';
import type { Access } from './recording.repository.js';
import { recordingStates, type RecordingRecord, type RecordingState } from './recording.record.js';

const moment = { type: String, format: 'date-time' } as const;
const maybeMoment = { ...moment, nullable: true } as const;

export class PauseView {
  @ApiProperty({ type: Number }) fromSeconds!: number;
  @ApiProperty({ type: Number, nullable: true, description: 'null while it lasts.' }) toSeconds!: number | null;
}

export class RecordingView {
  @ApiProperty({ format: 'uuid' }) id!: string;
  @ApiProperty({ format: 'uuid' }) callId!: string;
  @ApiProperty({ format: 'uuid', description: 'Where it was recorded.' }) mediaServerId!: string;
  @ApiProperty({ enum: [...recordingStates], description: '`stopped`: its media server has not handed it over yet.' }) state!: RecordingState;
  @ApiProperty(moment) startedAt!: string;
  @ApiProperty(maybeMoment) pausedAt!: string | null;
  @ApiProperty(maybeMoment) endedAt!: string | null;
  @ApiProperty(maybeMoment) storedAt!: string | null;
  @ApiProperty({ type: () => [PauseView], description: 'Silence in the place of what was said, in seconds of the recording.' }) pauses!: PauseView[];
  @ApiProperty({ type: Number, nullable: true }) seconds!: number | null;
  @ApiProperty({ type: 'integer', nullable: true }) bytes!: number | null;
  @ApiProperty({ type: String, nullable: true, description: 'Why there is no sound, in a sentence.' }) failure!: string | null;
}

export class RecordingAccessView {
  @ApiProperty(moment) at!: string;
  @ApiProperty({ enum: ['read', 'heard', 'deleted', 'expired'] }) what!: Access['what'];
  @ApiProperty({ enum: ['user', 'api-key', 'system'] }) by!: Access['kind'];
  @ApiProperty({ type: String, format: 'uuid', nullable: true }) byId!: string | null;
  @ApiProperty({ type: String, nullable: true }) byName!: string | null;
  @ApiProperty({ type: String, nullable: true, description: 'The bytes that were asked for.' }) detail!: string | null;
}

export class RecordingAccessPage {
  @ApiProperty({ type: () => [RecordingAccessView] }) items!: RecordingAccessView[];
  @ApiProperty({ type: String, nullable: true }) nextCursor!: string | null;
}

/** What the contract shows of a recording. */
export function toRecordingView(recording: RecordingRecord): RecordingView {
  const { id, callId, mediaServerId, state, startedAt, pausedAt, endedAt, storedAt, pauses, seconds, bytes, failure } = recording;
  return {
    id, callId, mediaServerId, state, startedAt: startedAt.toISOString(), pausedAt: pausedAt?.toISOString() ?? null, endedAt: endedAt?.toISOString() ?? null,
    storedAt: storedAt?.toISOString() ?? null, pauses: pauses.map((pause) => ({ ...pause })), seconds, bytes, failure,
  };
}

export function toAccessView({ at, what, kind, whoId, name, detail }: Access): RecordingAccessView {
  return { at: at.toISOString(), what, by: kind, byId: whoId, byName: name, detail };
}
