import { OneOf } from '../http/fields.js';

export const recordingActions = ['start', 'pause', 'resume', 'stop'] as const;
export type RecordingAction = (typeof recordingActions)[number];

export class RecordingOrderBody {
  @OneOf(recordingActions) action!: RecordingAction;
}
