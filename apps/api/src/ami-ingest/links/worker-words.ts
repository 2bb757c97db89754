import type { LinkReport, LinkTarget } from './link-report.js';

/** What the manager says to its worker. */
export type ToWorker =
  | { readonly command: 'open'; readonly linkId: number; readonly target: LinkTarget }
  | { readonly command: 'close'; readonly linkId: number }
  | { readonly command: 'readSnapshot'; readonly linkId: number }
  | { readonly command: 'hangUp'; readonly linkId: number; readonly uniqueids: readonly string[] }
  | { readonly command: 'stop' };

/** What the worker says back: reports in their order, a turn of its event loop at a time. */
export type FromWorker = { readonly reports: readonly (readonly [linkId: number, report: LinkReport])[] } | { readonly stopped: true };
