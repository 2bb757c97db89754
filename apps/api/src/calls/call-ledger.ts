import { Injectable } from '@nestjs/common';
import { type CallLevel, type CallNews, type CallPicture, type CallStep, causeInWords, judgeNews, type LegPlaceSeen } from '@nailup/domain';
import { Database, rows, type Tx } from '../database/database.js';
import { appendEvents, type NewEvent } from '../live/event-log.js';
import { recordingBegun, recordingsOver } from '../recordings/recording-book.js';
import { SupervisionBook } from '../supervision/supervision-book.js';
import { lockServer } from '../selection/placement-moves.js';
import { comesBack, mayQueue, unknownCause } from '../transfers/comes-back.js';
import { CallBook } from './call-book.js';
import { callEvent } from './call-events.js';
import { callColumns, type CallDirection, type CallRecord } from './call.record.js';

/** What the owner of a media server sees of the calls on it. */
export interface CallObservation {
  readonly mediaServerId: string;
  /** Of the lease the observer holds; a stale one writes nothing. */
  readonly epoch: number;
  /** True for a snapshot: a leg that is not listed is gone. */
  readonly complete: boolean;
  readonly calls: readonly CallLevel[];
}

/** Makes the calls equal to what the media servers show. The only way a call is answered, held or ended by its leg. */
@Injectable()
export class CallLedger {
  constructor(
    private readonly database: Database,
    private readonly book: CallBook,
    private readonly supervisions: SupervisionBook,
  ) {}

  /**
   * Takes what happened on one media server in, in one transaction.
   * @returns uniqueids of legs whose call is over, unknown, or elsewhere: to be hung up
   */
  async observe(seen: CallObservation): Promise<{ orphans: string[] }> {
    if (seen.calls.length === 0 && !(seen.complete && (await this.#anyWritten(seen.mediaServerId)))) return { orphans: [] };
    return this.database.inTransaction(async (tx) => {
      if ((await lockServer(tx, seen.mediaServerId))?.epoch !== seen.epoch) return { orphans: [] };
      const events: NewEvent[] = [];
      const orphans: string[] = [];
      const levels = await this.#levels(tx, seen);
      const standing = new Set(seen.calls.flatMap(({ legs }) => legs.map(({ uniqueid }) => uniqueid)));
      const calls = await this.book.lockAll(tx, levels.map(({ callId }) => callId));
      for (const level of levels) {
        const found = calls.get(level.callId);
        const call = found === undefined ? null : await this.#judge(tx, seen, level, found, events, standing);
        orphans.push(...(await notHandedOn(tx, call, orphansOf(call, seen, level))));
      }
      const supervised = await this.supervisions.observe(tx, seen.mediaServerId, seen.complete, seen.calls);
      await appendEvents(tx, [...events, ...supervised.events]);
      return { orphans: [...orphans, ...supervised.orphans] };
    });
  }

  /** Whether any call or supervision is written there that a snapshot without legs would have to end; no lock, nearly every time there is none. */
  async #anyWritten(mediaServerId: string): Promise<boolean> {
    const found = await this.database.rows(
      `(SELECT 1 FROM calls WHERE state <> 'ended' AND media_server_id = ? LIMIT 1) UNION ALL (SELECT 1 FROM calls WHERE state <> 'ended' AND far_media_server_id = ? LIMIT 1)
       UNION ALL (SELECT 1 FROM supervisions WHERE live_media_server_id = ? LIMIT 1)`,
      [mediaServerId, mediaServerId, mediaServerId],
    );
    return found.length > 0;
  }

  /** In the order of their ids, in which everybody locks calls; a snapshot speaks also of the calls it does not show. */
  async #levels(tx: Tx, { mediaServerId, complete, calls }: CallObservation): Promise<CallLevel[]> {
    const byId = new Map(calls.map((level) => [level.callId, level]));
    if (complete) {
      const live = await rows<{ id: string }>(tx, "SELECT id FROM calls WHERE state <> 'ended' AND (media_server_id = ? OR far_media_server_id = ?)", [mediaServerId, mediaServerId]);
      for (const { id } of live) if (!byId.has(id)) byId.set(id, { callId: id, legs: [], news: [] });
    }
    return [...byId.values()].sort((one, other) => (one.callId < other.callId ? -1 : 1));
  }

  /** @returns the call as it is then */
  async #judge(tx: Tx, { mediaServerId, complete }: CallObservation, level: CallLevel, found: CallRecord, events: NewEvent[], standing: ReadonlySet<string>): Promise<CallRecord> {
    let call = found;
    for (const news of level.news) {
      if (news.kind === 'recording') events.push(...(await recordingBegun(tx, { id: news.recordingId, callId: call.id, agentId: call.agentId, mediaServerId, uniqueid: news.uniqueid })));
      else if (news.kind === 'quality') await this.book.sounded(tx, call, news.uniqueid, news.quality);
      else await this.#note(tx, mediaServerId, call, news);
      if (news.kind === 'digit') events.push(callEvent('call.dtmf', call, call.agentId, { digit: news.digit }));
      if (news.kind === 'ended') events.push(...(await recordingsOver(tx, call, news.uniqueid)));
      call = await this.#follow(tx, call, judgeNews(pictureOf(call), mediaServerId, news), events);
    }
    if (!complete) return call;
    for (const leg of level.legs) {
      if (leg.role === 'client' || leg.role === 'consult') call = await this.#follow(tx, call, judgeNews(pictureOf(call), mediaServerId, { kind: 'stands', ...leg }), events);
      if (leg.role === 'onward') call = await this.#follow(tx, call, judgeNews(pictureOf(call), mediaServerId, { kind: 'onward', uniqueid: leg.uniqueid, place: leg.place, cause: null }), events);
    }
    for (const uniqueid of knownLegs(call, mediaServerId)) {
      // A leg that is about to be handed on is still shown as the former call's.
      if (standing.has(uniqueid) || (call.purpose === 'consultation' && call.dueAt !== null)) continue;
      call = await this.#follow(tx, call, judgeNews(pictureOf(call), mediaServerId, { kind: 'ended', uniqueid, cause: null }), events);
      events.push(...(await recordingsOver(tx, call, uniqueid)));
    }
    return call;
  }

  async #follow(tx: Tx, call: CallRecord, steps: readonly CallStep[], events: NewEvent[]): Promise<CallRecord> {
    let now = call;
    for (const step of steps) {
      switch (step.kind) {
        case 'seen':
          await this.book.amend(tx, now, { legUniqueid: step.uniqueid });
          break;
        case 'arrived':
          if (now.dueAt === null || now.wantedEnd !== null) continue;
          await this.book.amend(tx, now, { dueSeconds: null });
          break;
        case 'due':
          await this.book.amend(tx, now, { dueSeconds: step.seconds });
          break;
        case 'near-gone':
          await this.book.amend(tx, now, { legUniqueid: null });
          break;
        case 'onward-refused':
          await this.book.amend(tx, now, { onwardCause: step.cause ?? unknownCause });
          break;
        case 'onward-failed':
          events.push(...(await comesBack(tx, this.book, now)));
          break;
        case 'move':
          events.push(...(await this.book.move(tx, now, step.cause)));
          break;
        case 'end':
          events.push(...(await this.book.end(tx, now, { reason: step.reason, cause: step.cause })));
      }
      now = (await this.book.lock(tx, now.id)) ?? now;
    }
    return now;
  }

  #note(tx: Tx, mediaServerId: string, { id, direction }: CallRecord, news: Exclude<CallNews, { kind: 'recording' | 'quality' }>): Promise<void> {
    switch (news.kind) {
      case 'stands':
        return this.book.note(tx, id, news.place === 'coming' ? comingStep[direction] : stepOf[news.place], { mediaServerId, uniqueid: news.uniqueid, conference: news.conference });
      case 'onward':
        return this.book.note(tx, id, `leg.onward-${news.place}`, { mediaServerId, uniqueid: news.uniqueid, ...(news.place === 'ended' ? causeOf(news.cause) : {}) });
      case 'digit':
        return this.book.note(tx, id, 'leg.dtmf', { mediaServerId, uniqueid: news.uniqueid, digit: news.digit, direction: 'received' });
      case 'across-failed':
        return this.book.note(tx, id, 'leg.across-failed', { mediaServerId, uniqueid: news.uniqueid });
      case 'ended':
        return this.book.note(tx, id, 'leg.hangup', { mediaServerId, uniqueid: news.uniqueid, ...causeOf(news.cause) });
      case 'dial-failed':
        return this.book.note(tx, id, 'leg.refused', { mediaServerId, ...causeOf(news.cause) });
    }
  }
}

/** How the ladder calls what a leg does. */
const stepOf: Readonly<Record<Exclude<LegPlaceSeen, 'coming'>, string>> = {
  ringing: 'leg.ringing', up: 'leg.up', moving: 'leg.left', conference: 'leg.joined', queue: 'leg.queue', hold: 'leg.hold', across: 'leg.across', onward: 'leg.onward',
};
const comingStep: Readonly<Record<CallDirection, string>> = { outbound: 'leg.originated', inbound: 'leg.arrived' };

function causeOf(cause: number | null): Record<string, unknown> {
  return { cause, hangupText: cause === null ? null : causeInWords(cause) };
}

/** Legs of a call that must not stand there. What ends by itself with its client (the tone, the way across) is given the time until the next snapshot. */
function orphansOf(call: CallRecord | null, { mediaServerId, complete }: CallObservation, { legs }: CallLevel): string[] {
  const over = call === null || call.state === 'ended';
  const elsewhere = !over && call.mediaServerId !== mediaServerId && call.farMediaServerId !== mediaServerId;
  if (!over && !(elsewhere && complete)) return [];
  // A supervisor's leg bears the id of her supervision, which is judged by SupervisionBook.
  return legs.filter(({ role }) => role === 'client' || role === 'consult' || (complete && role !== 'supervisor')).map(({ uniqueid }) => uniqueid);
}

function knownLegs({ mediaServerId: near, legUniqueid, farMediaServerId: far, farUniqueid }: CallRecord, mediaServerId: string): string[] {
  return [near === mediaServerId ? legUniqueid : null, far === mediaServerId ? farUniqueid : null].filter((uniqueid) => uniqueid !== null);
}

/** Legs of a call that ended by handing its caller on are the next call's, also before the media server has heard of that. */
async function notHandedOn(tx: Tx, call: CallRecord | null, orphans: string[]): Promise<string[]> {
  if (call?.endReason !== 'transferred' || orphans.length === 0) return orphans;
  const next = await rows<CallRecord>(tx, `SELECT ${callColumns} FROM calls c WHERE c.origin_call_id = ? AND c.state <> 'ended'`, [call.id]);
  return orphans.filter((uniqueid) => !next.some(({ legUniqueid, farUniqueid }) => uniqueid === legUniqueid || uniqueid === farUniqueid));
}

/** A call as the rules of `@nailup/domain` look at it. */
export function pictureOf(call: CallRecord): CallPicture {
  const { id, direction, state, conference, mediaServerId, legUniqueid, farMediaServerId, farUniqueid, wantedEnd, purpose, onwardCause } = call;
  return {
    id, direction, state, conference, mediaServerId, legUniqueid, farMediaServerId, farUniqueid, wantedEnd, purpose, onwardCause,
    mayQueue: mayQueue(call), wasAnswered: call.answeredAt !== null,
  };
}
