import { Injectable } from '@nestjs/common';
import { v7 as newId } from 'uuid';
import { CallRepository, type NamedCall } from '../calls/call.repository.js';
import { type CallView, toCallView } from '../calls/call.view.js';
import type { OrderOutcome } from '../calls/call-orders.js';
import { Database, type Tx } from '../database/database.js';
import type { Caller } from '../identity/caller.js';
import { appendEvents, type NewEvent } from '../live/event-log.js';
import { problem } from '../problem/problem.js';
import { SettingsService } from '../settings/settings.service.js';
import { recordingMoved, recordingPaused, runningRecording } from './recording-book.js';
import { RecordingOrders } from './recording-orders.js';
import type { RecordingRecord } from './recording.record.js';
import { RecordingRepository } from './recording.repository.js';
import type { RecordingAction } from './recording.dto.js';

interface Running {
  readonly recording: RecordingRecord;
  readonly leg: { readonly mediaServerId: string; readonly uniqueid: string };
}

/**
 * What is ordered of the recording of a call. That one has begun is told by its media server; that it is paused, goes on or has ended is told when the
 * media server has confirmed it, and not before: nobody reads a card number out to a recording that only looks paused.
 */
@Injectable()
export class RecordingControl {
  constructor(
    private readonly database: Database,
    private readonly calls: CallRepository,
    private readonly recordings: RecordingRepository,
    private readonly orders: RecordingOrders,
    private readonly settings: SettingsService,
  ) {}

  /** @throws Problem CALL.NOT_FOUND, CALL.ENDED, CALL.WRONG_STATE, CALL.MEDIA_SERVER_AWAY, RECORDING.SWITCHED_OFF, RECORDING.ALWAYS_ON, RECORDING.RUNNING, RECORDING.WRONG_STATE, RECORDING.NOT_CONFIRMED */
  async order(caller: Caller, callId: string, action: RecordingAction): Promise<CallView> {
    const call = await this.calls.find(callId);
    if (call === null || (caller.role === 'agent' && call.agentId !== caller.agentId)) throw problem('CALL.NOT_FOUND');
    if (call.state === 'ended') throw problem('CALL.ENDED');
    const { mode } = (await this.settings.read()).recording;
    if (action === 'start') {
      if (mode === 'off') throw problem('RECORDING.SWITCHED_OFF');
      await this.#start(call);
    } else {
      if (action === 'stop' && mode === 'always' && caller.role === 'agent') throw problem('RECORDING.ALWAYS_ON');
      await this.#change(call, action);
    }
    const now = await this.calls.find(callId);
    if (now === null) throw problem('CALL.NOT_FOUND');
    return toCallView(now);
  }

  async #start({ id, state, mediaServerId, legUniqueid, conference }: NamedCall): Promise<void> {
    // A client on hold would be brought back by it.
    if (state !== 'answered' || mediaServerId === null || legUniqueid === null || conference === null) throw problem('CALL.WRONG_STATE', { detail: `It is ${state}: a recording begins while both talk.` });
    if ((await this.database.inTransaction((tx) => runningRecording(tx, id))) !== null) throw problem('RECORDING.RUNNING');
    confirmed(await this.orders.begin({ mediaServerId, uniqueid: legUniqueid }, newId(), conference));
  }

  async #change(call: NamedCall, action: Exclude<RecordingAction, 'start'>): Promise<void> {
    const { recording, leg } = await this.#running(call.id);
    const wanted = action === 'resume' ? 'paused' : 'recording';
    if (action !== 'stop' && recording.state !== wanted) throw problem('RECORDING.WRONG_STATE', { detail: action === 'pause' ? 'It is paused already.' : 'It is not paused.' });
    confirmed(action === 'stop' ? await this.orders.end(leg) : await this.orders.mute(leg, action === 'pause'));
    await this.database.inTransaction(async (tx) => {
      const now = await this.recordings.callOf(tx, call.id);
      await appendEvents(tx, await this.#written(tx, recording.id, call.id, action, now?.agentId ?? null));
    });
  }

  async #written(tx: Tx, id: string, callId: string, action: Exclude<RecordingAction, 'start'>, agentId: string | null): Promise<NewEvent[]> {
    const recording = await runningRecording(tx, callId);
    if (recording?.id !== id) return [];
    if (action === 'pause') return recordingPaused(tx, recording, agentId);
    return recordingMoved(tx, recording, action === 'resume' ? 'recording' : 'stopped', agentId);
  }

  async #running(callId: string): Promise<Running> {
    const recording = await this.database.inTransaction((tx) => runningRecording(tx, callId));
    if (recording?.legUniqueid == null) throw problem('RECORDING.WRONG_STATE', { detail: 'The call is not being recorded.' });
    return { recording, leg: { mediaServerId: recording.mediaServerId, uniqueid: recording.legUniqueid } };
  }
}

function confirmed(outcome: OrderOutcome): void {
  if (outcome === 'refused') throw problem('CALL.MEDIA_SERVER_AWAY', { detail: 'Its media server did not take the order. Nothing was changed.' });
  if (outcome === 'unknown') throw problem('RECORDING.NOT_CONFIRMED');
}
