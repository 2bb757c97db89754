import { parentPort, workerData } from 'node:worker_threads';
import type { IngestTimings } from '../timings.js';
import { InThreadLinks } from './in-thread-links.js';
import { ReportQueue } from './report-queue.js';
import type { FromWorker, ToWorker } from './worker-words.js';

/** The other thread: sockets, framing and translation of every media server; the manager's thread sees plain facts only. */
const port = parentPort;
if (port === null) throw new Error('link-worker runs as a worker thread.');

const say = (words: FromWorker): void => port.postMessage(words);
const queue = new ReportQueue((reports) => say({ reports, overflows: queue.overflows }), (linkId) => links.readSnapshot(linkId));
const links = new InThreadLinks(workerData as IngestTimings, (linkId, report) => queue.push(linkId, report));

port.on('message', (words: ToWorker) => {
  if (words.command === 'open') links.open(words.linkId, words.target);
  else if (words.command === 'close') {
    links.close(words.linkId);
    queue.forget(words.linkId);
  } else if (words.command === 'readSnapshot') links.readSnapshot(words.linkId);
  else if (words.command === 'hangUp') links.hangUp(words.linkId, words.uniqueids);
  else if (words.command === 'taken') queue.taken();
  else void links.stop().then(() => say({ stopped: true }));
});
