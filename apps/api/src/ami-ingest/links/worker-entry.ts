import type { IngestTimings } from '../timings.js';
import type { Links, ReportLink } from './link-report.js';
import { WorkerLinks } from './worker-links.js';

/** Links in the worker of the built manager. Apart, because tests run as CommonJS and have no import.meta. */
export function linksInWorker(timings: IngestTimings, report: ReportLink, failed: (error: Error) => void): Links {
  return new WorkerLinks(new URL('./link-worker.js', import.meta.url), timings, report, failed);
}
