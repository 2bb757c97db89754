import type { Readable } from 'node:stream';
import { Injectable, Logger } from '@nestjs/common';
import { v7 as newId } from 'uuid';
import { change, Database } from '../database/database.js';
import { afterId, defaultLimit, type PageQuery, toPage } from '../http/page.js';
import type { Caller } from '../identity/caller.js';
import { appendEvents } from '../live/event-log.js';
import { isId } from '../problem/id.pipe.js';
import { invalid, problem } from '../problem/problem.js';
import { type ByteRange, readRange } from './byte-range.js';
import { lockRecording, recordingTold } from './recording-book.js';
import { RecordingFiles, type TakenFile } from './recording-files.js';
import { type Accessor, type HeldRecording, RecordingRepository } from './recording.repository.js';
import { type RecordingAccessPage, type RecordingView, toAccessView, toRecordingView } from './recording.view.js';

/** A part of the sound of a recording, or the whole: `range` is null then. */
export interface Sound {
  readonly size: number;
  readonly range: ByteRange | 'unsatisfiable' | null;
  /** The stream of it; not for a HEAD. */
  open(): Readable;
}

const noSound = 'The media server has no sound of it: it could not be written there, or ended before anything was said.';
const neverCame = 'The media server has not handed it over. It is taken when it comes.';

/** What people and integrators may do with recordings, and media servers hand over. Whoever reads, hears or removes one is written down. */
@Injectable()
export class RecordingsService {
  readonly #logger = new Logger('Recordings');

  constructor(
    private readonly database: Database,
    private readonly recordings: RecordingRepository,
    private readonly files: RecordingFiles,
  ) {}

  async get(caller: Caller, id: string): Promise<RecordingView> {
    const recording = await this.#seen(caller, id);
    await this.recordings.note(id, accessor(caller), 'read');
    return toRecordingView(recording);
  }

  /** @throws Problem RECORDING.NOT_FOUND, RECORDING.NOT_STORED, RECORDING.FILE_AWAY */
  async sound(caller: Caller, id: string, { range, isHead }: { range: string | undefined; isHead: boolean }): Promise<Sound> {
    const recording = await this.#seen(caller, id);
    if (recording.state !== 'stored') throw problem('RECORDING.NOT_STORED', { detail: recording.failure ?? `It is ${recording.state}.` });
    const size = await this.files.size(id);
    const part = readRange(range, size);
    const sound: Sound = { size, range: part, open: () => this.files.read(id, part === null || part === 'unsatisfiable' ? 0 : part.start, part === null || part === 'unsatisfiable' ? size - 1 : part.end) };
    // Nothing was heard of what is not there, nor by asking how large it is.
    if (!isHead && part !== 'unsatisfiable') await this.recordings.note(id, accessor(caller), 'heard', part === null ? null : `bytes ${part.start}-${part.end}/${size}`);
    return sound;
  }

  /** Also of a recording that was removed. */
  async accesses(id: string, query: PageQuery): Promise<RecordingAccessPage> {
    const after = afterId(query.cursor);
    if ((await this.recordings.find(id)) === null) throw problem('RECORDING.NOT_FOUND');
    const limit = query.limit ?? defaultLimit;
    return toPage(await this.recordings.accesses(id, limit, after), limit, toAccessView);
  }

  /** Removed again, it stays removed. One that is not stored yet is thrown away when it comes. */
  async remove(caller: Caller, id: string): Promise<void> {
    const recording = await this.recordings.find(id);
    if (recording === null) throw problem('RECORDING.NOT_FOUND');
    if (recording.state === 'recording' || recording.state === 'paused') throw problem('RECORDING.WRONG_STATE', { detail: 'It is running: stop it first.' });
    if (recording.deletedAt === null) await this.#forget(id, accessor(caller), 'deleted');
  }

  /** Its time has come. */
  expire(id: string): Promise<void> {
    return this.#forget(id, { kind: 'system', id: null }, 'expired');
  }

  /** Says of a recording that its media server has not handed over for long that it failed. */
  async giveUp(id: string): Promise<void> {
    await this.#write(id, { state: 'failed', failure: neverCame, bytes: null, seconds: null }, 'stopped');
  }

  /**
   * Takes the file of a recording from its media server; taken already, or removed since, it is not read. An empty one says that there is no sound.
   * @param recordingId which of the call's, when the media server names it
   * @throws Problem CALL.NOT_FOUND for what is not this media server's, and all of `RecordingFiles.take`
   */
  async take(mediaServerId: string, callId: string, recordingId: string | undefined, body: Readable): Promise<RecordingView> {
    if (recordingId !== undefined && !isId(recordingId)) throw invalid([{ parameter: 'recording', message: 'must be a UUID' }]);
    const agentId = await this.recordings.agentOfCallOn(mediaServerId, callId);
    if (agentId === undefined) throw problem('CALL.NOT_FOUND');
    const id = recordingId?.toLowerCase() ?? (await this.recordings.awaited(mediaServerId, callId)) ?? newId();
    const present = await this.recordings.find(id);
    if (present !== null && (present.callId !== callId || present.mediaServerId !== mediaServerId)) throw problem('RECORDING.NOT_FOUND');
    if (present !== null && (present.state === 'stored' || present.deletedAt !== null)) return toRecordingView(present);
    const { bytes, seconds } = await this.files.take(id, body);
    await this.#insert(id, callId, mediaServerId, seconds);
    await this.#write(id, bytes === 0 ? { state: 'failed', failure: noSound, bytes: null, seconds: null } : { state: 'stored', failure: null, bytes, seconds });
    const taken = await this.recordings.find(id);
    if (taken === null) throw problem('RECORDING.NOT_FOUND');
    // Removed while it was on its way: its file must not outlive it.
    if (taken.deletedAt !== null) await this.files.remove(id);
    return toRecordingView(taken);
  }

  /** A recording whose beginning no manager heard of, because all of them were away. */
  async #insert(id: string, callId: string, mediaServerId: string, seconds: number | null): Promise<void> {
    await this.database.change(
      `INSERT IGNORE INTO recordings (id, call_id, media_server_id, state, started_at, ended_at, pauses)
       VALUES (?, ?, ?, 'stopped', NOW(3) - INTERVAL ROUND(? * 1000000) MICROSECOND, NOW(3), '[]')`,
      [id, callId, mediaServerId, seconds ?? 0],
    );
  }

  /** @param only this state, when another one has overtaken it */
  async #write(id: string, { state, failure, bytes, seconds }: { state: 'stored' | 'failed'; failure: string | null } & (TakenFile | { bytes: null; seconds: null }), only?: string): Promise<void> {
    const callId = (await this.recordings.find(id))?.callId;
    if (callId === undefined) return;
    await this.database.inTransaction(async (tx) => {
      const call = await this.recordings.callOf(tx, callId);
      const now = await lockRecording(tx, id);
      if (now === null || now.state === 'stored' || now.deletedAt !== null || (only !== undefined && now.state !== only) || (now.state === 'failed' && state === 'failed')) return;
      await change(
        tx,
        `UPDATE recordings SET state = ?, failure = ?, bytes = ?, seconds = ?, paused_at = NULL, ended_at = COALESCE(ended_at, NOW(3)), stored_at = IF(? = 'stored', NOW(3), NULL) WHERE id = ?`,
        [state, failure, bytes, seconds, state, id],
      );
      await appendEvents(tx, await recordingTold(tx, id, `recording.${state}`, call?.agentId ?? null));
    });
  }

  /** The file first: a row that says "removed" must not leave a sound behind when this process ends in between. */
  async #forget(id: string, who: Accessor, what: 'deleted' | 'expired'): Promise<void> {
    await this.files.remove(id);
    const { affectedRows } = await this.database.change('UPDATE recordings SET deleted_at = NOW(3) WHERE id = ? AND deleted_at IS NULL', [id]);
    if (affectedRows === 0) return;
    await this.recordings.note(id, who, what);
    this.#logger.log(`Recording ${id} was removed: ${what}`);
  }

  /** Agents hear the recordings of their own calls; others, and what was removed, do not exist for them. */
  async #seen(caller: Caller, id: string): Promise<HeldRecording> {
    const recording = await this.recordings.find(id);
    if (recording === null || recording.deletedAt !== null || (caller.role === 'agent' && recording.agentId !== caller.agentId)) throw problem('RECORDING.NOT_FOUND');
    return recording;
  }
}

function accessor(caller: Caller): Accessor {
  return { kind: caller.kind === 'api-key' ? 'api-key' : 'user', id: caller.id };
}
