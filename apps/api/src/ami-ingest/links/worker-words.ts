import type { LinkReport, LinkTarget } from './link-report.js';

/** What the manager says to its worker. */
export type ToWorker =
  | { readonly command: 'open'; readonly linkId: number; readonly target: LinkTarget }
  | { readonly command: 'close'; readonly linkId: number }
  | { readonly command: 'readSnapshot'; readonly linkId: number }
  | { readonly command: 'hangUp'; readonly linkId: number; readonly uniqueids: readonly string[] }
  /** The last batch of reports has been taken; the next may come. */
  | { readonly command: 'taken' }
  | { readonly command: 'stop' };

/** What the worker says back: reports in their order, a batch at a time. `overflows`: how often so far facts were given up for a fresh snapshot. */
export type FromWorker = { readonly reports: readonly (readonly [linkId: number, report: LinkReport])[]; readonly overflows: number } | { readonly stopped: true };
