import type { CallFact } from '@nailup/domain';
import type { LegFact, LinkReport } from './link-report.js';

/** Facts that may wait for the manager's thread, of one media server. Beyond them a fresh reading is cheaper and tells the same. */
const mostFacts = 10_000;

/** Legs and facts that go over in one turn of the manager's thread, of one media server at least: some milliseconds of it, between which requests are answered. */
const mostInABatch = 1_000;

interface Facts {
  readonly kind: 'facts';
  facts: LegFact[];
  calls: CallFact[];
}

interface Waiting {
  reports: (Exclude<LinkReport, { kind: 'facts' }> | Facts)[];
  facts: number;
}

/**
 * Reports on their way to another thread: bounded, whatever that thread does meanwhile. One batch is under way at a time; what comes until it is taken
 * waits here and is merged. Facts are put together; of signs of life and loads one of each kind stays, and of snapshots the newest. Facts of seats beyond
 * the bound are thrown away and a fresh snapshot is asked for: nothing is lost, because levels are written. Facts of calls, which tell causes and keys
 * that no list shows, go last.
 */
export class ReportQueue {
  private readonly waiting = new Map<number, Waiting>();
  private underWay = false;
  private announced = false;
  /** How often facts were given up for a fresh snapshot. */
  overflows = 0;

  /**
   * @param send hands a batch over; `taken` must follow
   * @param readSnapshot asks a link to read its media server anew
   */
  constructor(
    private readonly send: (reports: readonly (readonly [linkId: number, report: LinkReport])[]) => void,
    private readonly readSnapshot: (linkId: number) => void,
    private readonly most = mostFacts,
  ) {}

  push(linkId: number, report: LinkReport): void {
    const waiting = this.waiting.get(linkId) ?? { reports: [], facts: 0 };
    this.waiting.set(linkId, waiting);
    if (report.kind === 'facts') this.pushFacts(linkId, waiting, report);
    else if (report.kind === 'alive' || report.kind === 'load') replace(waiting, report);
    else {
      if (report.kind === 'snapshot') waiting.reports = waiting.reports.filter(({ kind }) => kind !== 'snapshot');
      waiting.reports.push(report);
    }
    this.soon();
  }

  /** The batch under way has been taken. */
  taken(): void {
    this.underWay = false;
    this.soon();
  }

  /** The link is closed; nobody wants to know any more. */
  forget(linkId: number): void {
    this.waiting.delete(linkId);
  }

  private pushFacts(linkId: number, waiting: Waiting, { facts, calls }: Extract<LinkReport, { kind: 'facts' }>): void {
    const last = waiting.reports.at(-1);
    const into: Facts = last?.kind === 'facts' ? last : { kind: 'facts', facts: [], calls: [] };
    if (into !== last) waiting.reports.push(into);
    for (const fact of facts) into.facts.push(fact);
    for (const call of calls) into.calls.push(call);
    waiting.facts += facts.length + calls.length;
    if (waiting.facts > this.most) this.giveUp(linkId, waiting);
  }

  private giveUp(linkId: number, waiting: Waiting): void {
    this.overflows += 1;
    const told = waiting.reports.filter((one): one is Facts => one.kind === 'facts');
    for (const one of told) one.facts = [];
    waiting.facts = told.reduce((sum, { calls }) => sum + calls.length, 0);
    // Half of the room for them, so that not each further one is a fresh reading.
    if (waiting.facts > this.most / 2) Object.assign(waiting, { reports: waiting.reports.filter(({ kind }) => kind !== 'facts'), facts: 0 });
    this.readSnapshot(linkId);
  }

  /** Whatever comes in one turn of the event loop goes together. */
  private soon(): void {
    if (this.underWay || this.announced || this.waiting.size === 0) return;
    this.announced = true;
    setImmediate(() => {
      this.announced = false;
      if (this.waiting.size === 0) return;
      this.underWay = true;
      this.send(this.batch());
    });
  }

  /** Of those who have waited longest; all that is told of a media server, in its order. */
  private batch(): (readonly [linkId: number, report: LinkReport])[] {
    const batch: (readonly [number, LinkReport])[] = [];
    let size = 0;
    for (const [linkId, { reports }] of this.waiting) {
      for (const report of reports) {
        batch.push([linkId, report]);
        size += sizeOf(report);
      }
      this.waiting.delete(linkId);
      if (size >= mostInABatch) break;
    }
    return batch;
  }
}

function sizeOf(report: LinkReport): number {
  if (report.kind === 'snapshot') return report.legs.length + report.calls.length;
  return report.kind === 'facts' ? report.facts.length + report.calls.length : 1;
}

function replace({ reports }: Waiting, report: Extract<LinkReport, { kind: 'alive' | 'load' }>): void {
  const at = reports.findIndex((one) => one.kind === report.kind && (one.kind !== 'alive' || report.kind !== 'alive' || one.signal === report.signal));
  // Of late events the latest is told: what is slow must not be hidden by what came after it.
  if (at < 0) reports.push(report);
  else if (report.kind === 'load' || report.latencyMs >= (reports[at] as { latencyMs: number }).latencyMs) reports[at] = report;
}
