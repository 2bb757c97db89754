import type { CallFact, CallLeg, CallLegRole, CallLevel, CallNews } from './leg-facts.js';

/** News of one call that are kept while nobody writes them; a leg that flaps for hours must not fill the memory. */
const mostNews = 200;

/** Legs whose way is the way of their call. */
function isMain(role: CallLegRole): boolean {
  return role === 'client' || role === 'consult';
}

/**
 * The legs of calls on one media server: a projection of snapshots plus the events that follow, as `Fleet` is for seats. Beside the level it keeps
 * what has happened until it is written, because the cause of a hang-up is told once and shown by no list.
 */
export class CallLegs {
  private legs = new Map<string, CallLeg>();
  private readonly byCall = new Map<string, Set<string>>();
  private readonly news = new Map<string, CallNews[]>();

  /** Takes a fact in and names the calls it may have changed. */
  apply(fact: CallFact): ReadonlySet<string> {
    switch (fact.kind) {
      case 'call-leg':
        return this.stands(fact);
      case 'call-leg-left': {
        const leg = this.legs.get(fact.uniqueid);
        // A leave that names another conference than the leg stands in is old news.
        if (leg?.place !== 'conference' || leg.conference !== fact.conference) return new Set();
        return this.stands({ ...leg, place: 'moving', conference: null });
      }
      case 'call-leg-ended':
        this.remove(fact.uniqueid);
        if (isMain(fact.role)) this.tell(fact.callId, { kind: 'ended', uniqueid: fact.uniqueid, cause: fact.cause });
        if (fact.role === 'onward') this.tell(fact.callId, { kind: 'onward', uniqueid: fact.uniqueid, place: 'ended', cause: fact.cause });
        return new Set([fact.callId]);
      case 'call-digit':
        return this.tell(fact.callId, { kind: 'digit', uniqueid: fact.uniqueid, digit: fact.digit });
      case 'call-recording':
        return this.tell(fact.callId, { kind: 'recording', uniqueid: fact.uniqueid, recordingId: fact.recordingId });
      case 'call-quality':
        return this.tell(fact.callId, { kind: 'quality', uniqueid: fact.uniqueid, quality: fact.quality });
      case 'call-across-failed':
        return this.tell(fact.callId, { kind: 'across-failed', uniqueid: fact.uniqueid });
      case 'call-dial-failed':
        return this.tell(fact.callId, { kind: 'dial-failed', cause: fact.cause });
    }
  }

  /** Everything that stands there: what is not listed is gone. Names the calls it may have changed. */
  snapshot(legs: readonly CallLeg[]): ReadonlySet<string> {
    const changed = new Set(this.byCall.keys());
    this.legs.clear();
    this.byCall.clear();
    for (const leg of legs) {
      this.put(leg);
      changed.add(leg.callId);
    }
    return changed;
  }

  /** How one call stands; an unknown one has no legs and no news. */
  level(callId: string): CallLevel {
    const legs = [...(this.byCall.get(callId) ?? [])].flatMap((uniqueid) => this.legs.get(uniqueid) ?? []);
    return { callId, legs, news: [...(this.news.get(callId) ?? [])] };
  }

  /** Every call that has a leg or news here. */
  levels(): CallLevel[] {
    return [...new Set([...this.byCall.keys(), ...this.news.keys()])].map((callId) => this.level(callId));
  }

  /** The news of these levels are written. */
  written(levels: readonly CallLevel[]): void {
    for (const { callId, news } of levels) {
      const left = this.news.get(callId)?.slice(news.length) ?? [];
      if (left.length === 0) this.news.delete(callId);
      else this.news.set(callId, left);
    }
  }

  private stands(leg: CallLeg): ReadonlySet<string> {
    const known = this.legs.get(leg.uniqueid);
    // Answering comes before walking somewhere; said late it must not take the leg back out.
    if (leg.place === 'up' && known !== undefined && known.conference === null && ['queue', 'hold', 'across', 'onward'].includes(known.place)) return new Set();
    if (known?.callId === leg.callId && known.place === leg.place && known.conference === leg.conference) return new Set();
    this.put({ callId: leg.callId, uniqueid: leg.uniqueid, role: leg.role, place: leg.place, conference: leg.conference });
    if (isMain(leg.role)) this.tell(leg.callId, { kind: 'stands', uniqueid: leg.uniqueid, place: leg.place, conference: leg.conference });
    if (leg.role === 'onward') this.tell(leg.callId, { kind: 'onward', uniqueid: leg.uniqueid, place: leg.place, cause: null });
    return new Set([leg.callId, ...(known ? [known.callId] : [])]);
  }

  private put(leg: CallLeg): void {
    // A leg that was handed on to another call is not the former one's any more.
    const former = this.legs.get(leg.uniqueid);
    if (former !== undefined && former.callId !== leg.callId) this.remove(leg.uniqueid);
    this.legs.set(leg.uniqueid, leg);
    const members = this.byCall.get(leg.callId);
    if (members) members.add(leg.uniqueid);
    else this.byCall.set(leg.callId, new Set([leg.uniqueid]));
  }

  private remove(uniqueid: string): void {
    const leg = this.legs.get(uniqueid);
    if (!leg) return;
    this.legs.delete(uniqueid);
    const members = this.byCall.get(leg.callId);
    members?.delete(uniqueid);
    if (members?.size === 0) this.byCall.delete(leg.callId);
  }

  private tell(callId: string, news: CallNews): ReadonlySet<string> {
    const present = this.news.get(callId);
    if (present === undefined) this.news.set(callId, [news]);
    else if (present.length < mostNews) present.push(news);
    return new Set([callId]);
  }
}
