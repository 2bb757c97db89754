import { randomBytes } from 'node:crypto';
import { Gate } from '../gate.js';
import type { IngestTimings } from '../timings.js';
import type { Links, LinkTarget, ReportLink } from './link-report.js';
import { MediaServerLink } from './media-server-link.js';

/** So many media servers are read at a time: two fill this thread as well as all of them, and what was read does not pile up before the manager. */
const readAtOnce = 2;
/** Whoever is read for longer is far away or slow, and not waited for by the others: the last of 255 begins after 3.2 s at most. */
const turnMs = 25;

/** Links that run in the thread they are made in. */
export class InThreadLinks implements Links {
  private readonly links = new Map<number, MediaServerLink>();
  readonly overflows = 0;
  private readonly turns = new Gate(readAtOnce, turnMs);
  private readonly owner = randomBytes(8).toString('hex');

  constructor(
    private readonly timings: IngestTimings,
    private readonly report: ReportLink,
    private readonly chance: () => number = Math.random,
  ) {}

  open(linkId: number, target: LinkTarget): void {
    const link = new MediaServerLink(target, {
      timings: this.timings,
      chance: this.chance,
      owner: `${this.owner}-${linkId}`,
      report: (report) => this.report(linkId, report),
      inTurn: (reading) => this.turns.through(reading),
    });
    this.links.set(linkId, link);
    void link.run();
  }

  close(linkId: number): void {
    const link = this.links.get(linkId);
    this.links.delete(linkId);
    void link?.stop();
  }

  readSnapshot(linkId: number): void {
    this.links.get(linkId)?.readSnapshot();
  }

  hangUp(linkId: number, uniqueids: readonly string[]): void {
    this.links.get(linkId)?.hangUp(uniqueids);
  }

  async stop(): Promise<void> {
    const links = [...this.links.values()];
    this.links.clear();
    await Promise.all(links.map((link) => link.stop()));
  }
}
