import { randomBytes } from 'node:crypto';
import type { IngestTimings } from '../timings.js';
import type { Links, LinkTarget, ReportLink } from './link-report.js';
import { MediaServerLink } from './media-server-link.js';

/** Links that run in the thread they are made in. */
export class InThreadLinks implements Links {
  private readonly links = new Map<number, MediaServerLink>();
  readonly overflows = 0;
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
