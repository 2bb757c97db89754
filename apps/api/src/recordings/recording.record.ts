export const recordingStates = ['recording', 'paused', 'stopped', 'stored', 'failed'] as const;
export type RecordingState = (typeof recordingStates)[number];

/** A stretch of silence that somebody asked for, in seconds of the recording; `toSeconds` is null while it lasts. */
export interface Pause {
  readonly fromSeconds: number;
  readonly toSeconds: number | null;
}

/** A recording as it is written. */
export interface RecordingRecord {
  readonly id: string;
  readonly callId: string;
  readonly mediaServerId: string;
  readonly legUniqueid: string | null;
  readonly state: RecordingState;
  readonly startedAt: Date;
  readonly pausedAt: Date | null;
  readonly endedAt: Date | null;
  readonly storedAt: Date | null;
  readonly pauses: readonly Pause[];
  readonly seconds: number | null;
  readonly bytes: number | null;
  readonly failure: string | null;
  readonly deletedAt: Date | null;
}

/** The columns of a `RecordingRecord`, from `recordings r`. */
export const recordingColumns = `r.id, r.call_id AS callId, r.media_server_id AS mediaServerId, r.leg_uniqueid AS legUniqueid, r.state, r.started_at AS startedAt,
  r.paused_at AS pausedAt, r.ended_at AS endedAt, r.stored_at AS storedAt, r.pauses, CAST(r.seconds AS DOUBLE) AS seconds, r.bytes, r.failure, r.deleted_at AS deletedAt`;
