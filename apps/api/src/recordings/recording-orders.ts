import { Injectable, Logger } from '@nestjs/common';
import { AmiError, type AmiFields } from '@nailup/ami';
import { AmiSessions } from '../calls/ami-sessions.js';
import type { OrderOutcome } from '../calls/call-orders.js';
import { allPlain, type PlainKind } from '../calls/plain.js';

const answerWithinMs = 3_000;

/** A leg that is recorded, or is to be. */
export interface RecordedLeg {
  readonly mediaServerId: string;
  readonly uniqueid: string;
}

/**
 * What is ordered of a media server about recordings. AMI may not begin one (class `system`), so the leg is told which one is wanted and sent into its
 * conference anew: the dialplan begins it on the way (asterisk/config/extensions_recording.conf). All of it does no more when it is done twice.
 */
@Injectable()
export class RecordingOrders {
  readonly #logger = new Logger('RecordingOrders');

  constructor(private readonly sessions: AmiSessions) {}

  async begin(leg: RecordedLeg, recordingId: string, conference: string): Promise<OrderOutcome> {
    return this.#all(leg, [['uuid', recordingId], ['conference', conference]], [
      { Action: 'Setvar', Channel: leg.uniqueid, Variable: 'NAILUP_RECORDING', Value: recordingId },
      { Action: 'Redirect', Channel: leg.uniqueid, Context: 'clients', Exten: conference, Priority: 1 },
    ]);
  }

  /** Silence in the place of both sides, or both sides again. */
  async mute(leg: RecordedLeg, muted: boolean): Promise<OrderOutcome> {
    return this.#all(leg, [], [{ Action: 'MixMonitorMute', Channel: leg.uniqueid, Direction: 'both', State: muted ? 1 : 0 }]);
  }

  async end(leg: RecordedLeg): Promise<OrderOutcome> {
    return this.#all(leg, [], [
      { Action: 'StopMixMonitor', Channel: leg.uniqueid },
      // So that another one may begin.
      { Action: 'Setvar', Channel: leg.uniqueid, Variable: 'NAILUP_MONITOR', Value: '' },
    ]);
  }

  /** One after the other; the first that was not done ends it. */
  async #all({ mediaServerId, uniqueid }: RecordedLeg, fields: readonly (readonly [PlainKind, string])[], actions: readonly AmiFields[]): Promise<OrderOutcome> {
    const odd = allPlain([['uniqueid', uniqueid], ...fields]);
    if (odd !== null) {
      this.#logger.error(`An order was not given: its ${odd} is not plain`);
      return 'refused';
    }
    for (const action of actions) {
      const first = await this.#act(mediaServerId, action);
      const outcome = first === 'unknown' ? await this.#act(mediaServerId, action) : first;
      if (outcome !== 'done') return outcome;
    }
    return 'done';
  }

  async #act(mediaServerId: string, action: AmiFields): Promise<OrderOutcome> {
    try {
      const session = await this.sessions.to(mediaServerId);
      await session.action(action, { timeoutMs: answerWithinMs });
      return 'done';
    } catch (error) {
      this.#logger.debug(`${action.Action} was not done: ${error instanceof Error ? error.message : String(error)}`);
      const fault = error instanceof AmiError ? error.fault : 'not-connected';
      return fault === 'action-refused' || fault === 'field-invalid' || fault === 'not-connected' ? 'refused' : 'unknown';
    }
  }
}
