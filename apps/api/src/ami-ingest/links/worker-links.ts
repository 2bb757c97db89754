import { setFlagsFromString } from 'node:v8';
import { Worker } from 'node:worker_threads';
import type { IngestTimings } from '../timings.js';
import type { Links, LinkTarget, ReportLink } from './link-report.js';
import type { FromWorker, ToWorker } from './worker-words.js';

const stopWithinMs = 1_000;
/** Three half-spaces of it. What is read here lives for milliseconds, a few media servers at a time. */
const youngMb = 18;

/**
 * Links in a worker thread of their own. 255 servers that resync at once are some 300,000 events; read in the thread that answers requests
 * they stop it for a second, read here they do not.
 */
export class WorkerLinks implements Links {
  private readonly targets = new Map<number, LinkTarget>();
  private worker: Worker;
  private stopping: (() => void) | undefined;
  private stopped = false;
  overflows = 0;

  /**
   * @param entry the built link-worker.js
   * @param failed called when the worker ended by itself; it is started again with the same links
   */
  constructor(
    private readonly entry: URL,
    private readonly timings: IngestTimings,
    private readonly report: ReportLink,
    private readonly failed: (error: Error) => void,
  ) {
    this.worker = this.start();
  }

  open(linkId: number, target: LinkTarget): void {
    this.targets.set(linkId, target);
    this.say({ command: 'open', linkId, target });
  }

  close(linkId: number): void {
    this.targets.delete(linkId);
    this.say({ command: 'close', linkId });
  }

  readSnapshot(linkId: number): void {
    this.say({ command: 'readSnapshot', linkId });
  }

  hangUp(linkId: number, uniqueids: readonly string[]): void {
    this.say({ command: 'hangUp', linkId, uniqueids });
  }

  async stop(): Promise<void> {
    this.stopped = true;
    await new Promise<void>((resolve) => {
      this.stopping = resolve;
      setTimeout(resolve, stopWithinMs).unref();
      this.say({ command: 'stop' });
    });
    await this.worker.terminate();
  }

  private start(): Worker {
    // The flag is for the crowd of requests in the manager's own thread (MANAGER_FLAGS), which has its heap by now; V8 would let it overrule what is said here.
    setFlagsFromString('--max-semi-space-size=0');
    const worker = new Worker(this.entry, { workerData: this.timings, name: 'ami-links', resourceLimits: { maxYoungGenerationSizeMb: youngMb } });
    worker.on('message', (words: FromWorker) => {
      if ('stopped' in words) return this.stopping?.();
      for (const [linkId, report] of words.reports) if (this.targets.has(linkId)) this.report(linkId, report);
      this.overflows = words.overflows;
      this.say({ command: 'taken' });
    });
    let cause: Error | undefined;
    worker.on('error', (error) => (cause = error instanceof Error ? error : new Error(String(error))));
    worker.on('exit', (code) => {
      this.stopping?.();
      if (this.stopped) return;
      this.failed(cause ?? new Error(`The worker of the AMI links ended with ${code}`));
      this.worker = this.start();
      for (const [linkId, target] of this.targets) this.say({ command: 'open', linkId, target });
    });
    return worker;
  }

  private say(words: ToWorker): void {
    this.worker.postMessage(words);
  }
}
