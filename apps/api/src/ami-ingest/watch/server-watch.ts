import { type ConferenceLevel, type Fleet, type HealthCause, type LifeSignal, LifeSigns, type MediaServerHealth } from '@nailup/domain';
import type { Clock } from '../../time/clock.js';
import type { Gate } from '../gate.js';
import type { Boot, LinkReport } from '../links/link-report.js';
import type { IngestTimings } from '../timings.js';
import { CallWatch, type CallsLedger } from './call-watch.js';
import { LevelWriter } from './level-writer.js';
import type { MediaServerStateRepository } from './media-server-state.repository.js';

/** What the placements are told; `PlacementLedger` of `selection` is one. */
export interface Ledger {
  observe(seen: { mediaServerId: string; epoch: number; complete: boolean; conferences: readonly ConferenceLevel[] }): Promise<{ orphans: { conference: string; legs: string[] }[] }>;
  serverFailed(mediaServerId: string, epoch: number): Promise<number>;
}

export interface WatchSurroundings {
  readonly fleet: Fleet;
  readonly ledger: Ledger;
  readonly calls: CallsLedger;
  readonly state: MediaServerStateRepository;
  readonly clock: Clock;
  readonly timings: IngestTimings;
  /** Of the whole manager; what is written whole goes through it. */
  readonly gate: Gate;
  /** The same for the short questions and writes of a reading; that a media server is gone never waits there. */
  readonly shortGate: Gate;
  readonly log: { log(text: string): void; warn(text: string): void };
  readonly hangUp: (uniqueids: readonly string[]) => void;
  readonly readSnapshot: () => void;
  /** Its placements may have changed. */
  readonly moved: () => void;
  /** An event needed so many milliseconds to come. */
  readonly eventCame: (latencyMs: number) => void;
  /** Why nobody is given up at present, in one sentence: our own network may be at fault. Null when it is not. */
  readonly ourFault: () => string | null;
}

const retryMs = 500;
/** What is asked for each sign of life, as an operator knows it. */
const asked: Readonly<Record<LifeSignal, string>> = { ping: 'AMI Ping', echo: 'echo of an AMI event', sip: 'SIP OPTIONS' };

/** One media server whose lease this manager holds: turns what its link reports into facts, levels and health. */
export class ServerWatch {
  private readonly writer: LevelWriter<ConferenceLevel>;
  private readonly calls: CallWatch;
  /** What its signs of life say; `good` is told in the metrics. */
  readonly life: LifeSigns;
  private refusals = 0;
  /** Whether all that stands there has been read and written since it was last not well. */
  private standing = false;
  /** Counts the sessions: what was read in one says nothing in the next. */
  private sessions = 0;
  /** Whether the last of them stands. */
  private linked = false;
  /** Whether its process was proven gone, and everything there ended, since it answered last. */
  private over = false;
  private lateEvents = false;
  /** Why it was not given up, as told last. */
  private fault: string | null = null;
  /** Why there is no session, as told last. */
  private complaint = '';
  /** The same for the operator; null while it answers. */
  private reason: string | null = null;
  private stopped = false;
  /** Writes about this server happen one after the other, in the order they were decided. */
  private queue: Promise<void> = Promise.resolve();
  /** The cause that is on its way to the database, so that the next look does not decide it again. */
  private deciding = false;

  constructor(
    readonly mediaServerId: string,
    readonly name: string,
    readonly epoch: number,
    private health: MediaServerHealth,
    private readonly around: WatchSurroundings,
  ) {
    const { fleet, ledger, timings, gate, log } = around;
    const failing = (error: Error | null): void => (error ? log.warn(`What ${name} says cannot be written: ${error.message}`) : log.log(`What ${name} says is written again`));
    this.calls = new CallWatch({ mediaServerId, epoch, ledger: around.calls, gatherMs: timings.gatherMs, gate, hangUp: (legs) => around.hangUp(legs), failing });
    this.life = new LifeSigns(around.clock.monotonic(), timings);
    this.writer = new LevelWriter(
      {
        all: () => fleet.conferences(mediaServerId),
        levels: (names) => names.map((conference) => fleet.conference(mediaServerId, conference)),
        write: async (complete, conferences) => {
          // Let go of while it waited: it is another manager's to write.
          const observe = async (): ReturnType<Ledger['observe']> => (this.stopped ? { orphans: [] } : ledger.observe({ mediaServerId, epoch, complete, conferences }));
          const { orphans } = await (complete ? gate.through(observe) : observe());
          if (this.stopped) return;
          around.hangUp(orphans.flatMap(({ legs }) => legs));
          around.moved();
        },
        failing,
      },
      timings.gatherMs,
    );
  }

  /** Takes what the link says. */
  take(report: LinkReport): void {
    if (this.stopped) return;
    const { fleet } = this.around;
    if (report.kind !== 'closed') this.heard(report.kind === 'alive' ? report.signal : 'ping');
    switch (report.kind) {
      case 'opened':
        return this.opened(report.boot, report.version);
      case 'snapshot':
        return this.snapshot(report);
      case 'facts':
        for (const fact of report.facts) this.writer.changed(fleet.apply(fact));
        return this.calls.facts(report.calls);
      case 'load':
        return this.do('its load', () => this.around.shortGate.through(() => this.around.state.writeLoad(this.mediaServerId, this.epoch, report.loadAverage)));
      case 'alive':
        if (report.signal === 'echo') this.eventCame(report.latencyMs);
        // Late, but back on the same session: nothing was missed that a fresh look would not show.
        if (report.signal === 'ping' && this.health !== 'healthy' && !this.standing) this.around.readSnapshot();
        return;
      case 'closed':
        return this.closed(report);
    }
  }

  /** Judges the signs of life; called on a regular tick. */
  tick(): void {
    this.life.look(this.around.clock.monotonic());
    if (this.deciding || this.stopped) return;
    const { well, failed } = this.life;
    if (this.health === 'healthy') {
      if (!well) this.decide('answer-late', this.whyLate());
    } else if (well && this.standing) this.decide('snapshot-read', null);
    else if (failed && this.health !== 'down') this.giveUp('silent-too-long', this.reason ?? this.whyLate());
  }

  /** Whether it counts when it is asked how much of the pool seems to be gone: not who was gone before, or never seen. */
  get counts(): boolean {
    return this.health === 'healthy' || this.health === 'suspect';
  }

  get overdue(): boolean {
    return this.counts && (this.life.overdue || this.refusals > 0);
  }

  /** Whether it answered since this was asked last. */
  takeHeard(): boolean {
    return this.life.takeHeard();
  }

  /** The seat's legs in a conference, as last seen. */
  legsOf(conference: string): readonly string[] {
    return this.around.fleet.conference(this.mediaServerId, conference).legs;
  }

  /** Ends a seat's legs. */
  hangUp(uniqueids: readonly string[]): void {
    if (!this.stopped && uniqueids.length > 0) this.around.hangUp(uniqueids);
  }

  stop(): void {
    this.stopped = true;
    this.writer.stop();
    this.calls.stop();
    this.around.fleet.apply({ kind: 'server-forgotten', mediaServerId: this.mediaServerId });
  }

  private heard(signal: LifeSignal): void {
    this.life.heard(signal);
    // Its SIP side may answer while nobody can log in: then the reason still stands.
    if (signal === 'sip') return;
    this.refusals = 0;
    this.reason = null;
  }

  private whyLate(): string {
    const late = [...this.life.late()];
    const longest = Math.max(0, ...late.map(([, quietMs]) => quietMs));
    return `No answer for ${Math.round(longest / 1_000)} s: ${late.map(([signal]) => asked[signal]).join(', ')}.`;
  }

  private eventCame(latencyMs: number): void {
    this.around.eventCame(latencyMs);
    const late = latencyMs > this.around.timings.lateEventMs;
    if (late && !this.lateEvents) this.around.log.warn(`Events of ${this.name} come late: ${Math.round(latencyMs)} ms`);
    if (!late && this.lateEvents) this.around.log.log(`Events of ${this.name} are in time again: ${Math.round(latencyMs)} ms`);
    this.lateEvents = late;
  }

  private opened(boot: Boot, version: string | null): void {
    const at = this.around.clock.monotonic();
    this.complaint = '';
    this.over = false;
    this.linked = true;
    const session = ++this.sessions;
    this.around.log.log(`${this.name} answers: Asterisk ${version ?? 'of unknown version'}, up for ${boot.uptimeSeconds} s`);
    // A new process has new legs: they must not be written before the seats of the old one are ended.
    this.writer.hold();
    this.calls.hold();
    let restarted = false;
    this.do('its boot', async () => {
      const { state, ledger, clock, log, shortGate } = this.around;
      // Asked again after a failure, it would be the process that is written.
      restarted ||= await shortGate.through(() => state.booted(this.mediaServerId, this.epoch, version, boot, clock.monotonic() - at));
      if (restarted) {
        const ended = await ledger.serverFailed(this.mediaServerId, this.epoch);
        log.warn(`${this.name} was restarted: ${ended} seats ended`);
      }
      // Another one may have begun meanwhile, of which nothing is written yet.
      if (this.sessions !== session) return;
      this.writer.release();
      this.calls.release();
    });
  }

  private snapshot({ legs, calls }: Extract<LinkReport, { kind: 'snapshot' }>): void {
    const { mediaServerId, sessions } = this;
    this.around.fleet.apply({ kind: 'snapshot', mediaServerId, legs });
    this.calls.snapshot(calls);
    // Outside of the queue: that it is gone must not wait until it is the turn of what stands there.
    void Promise.all([this.writer.everything(), this.calls.everything()]).then(() => {
      if (this.sessions !== sessions || !this.linked) return;
      this.standing = true;
      if (this.life.well) this.do('that its snapshot is read', () => this.around.shortGate.through(() => this.move('snapshot-read', null)));
    });
  }

  private closed({ refused, why, reason }: Extract<LinkReport, { kind: 'closed' }>): void {
    this.refusals = refused ? this.refusals + 1 : 0;
    // Once for each new reason; the next attempts fail the same way.
    if (why !== this.complaint) this.around.log.warn(`${this.name}: ${why}`);
    this.complaint = why;
    this.standing = false;
    this.linked = false;
    const news = reason !== this.reason;
    this.reason = reason;
    // A reason that is new is written also where the health stays as it is.
    if (this.health === 'healthy' || news) this.decide('link-lost', reason);
    if (this.refusals >= this.around.timings.refusalsUntilDown && !this.over) this.giveUp('refused', reason);
  }

  /** It is dead, unless we are the ones who are cut off: then that is said, and nothing else. */
  private giveUp(cause: 'silent-too-long' | 'refused', why: string): void {
    const fault = this.around.ourFault();
    if (fault === null) return this.decide(cause, why);
    if (fault === this.fault) return;
    this.fault = fault;
    this.decide('link-lost', fault);
  }

  private decide(cause: HealthCause, why: string | null): void {
    this.deciding = true;
    if (cause !== 'snapshot-read') this.standing = false;
    else this.fault = null;
    if (cause === 'answer-late' || cause === 'silent-too-long') this.around.log.warn(`${this.name}: ${why}`);
    this.do(`that it is ${cause}`, async () => {
      await this.move(cause, why);
      this.deciding = false;
    });
  }

  private async move(cause: HealthCause, why: string | null): Promise<void> {
    const { state, ledger, fleet, log } = this.around;
    // A cause decided on a health that has moved on meanwhile says nothing any more.
    if (cause === 'silent-too-long' && (this.health === 'healthy' || !this.life.failed)) return;
    const health = await state.move(this.mediaServerId, this.epoch, cause, why);
    if (health === null) return;
    const changed = health !== this.health;
    this.health = health;
    if (changed) log.log(`${this.name} is ${health} (${cause})`);
    // By silence alone nothing there is known to be over: the sweeps let those go who lose nothing by it.
    if (health !== 'down' || cause !== 'refused') return;
    this.over = true;
    this.life.gone();
    fleet.apply({ kind: 'server-restarted', mediaServerId: this.mediaServerId });
    this.calls.snapshot([]);
    const ended = await ledger.serverFailed(this.mediaServerId, this.epoch);
    if (ended > 0) log.warn(`${this.name} is gone: ${ended} seats ended`);
    this.around.moved();
  }

  /** Queues a write; tried again until it passes or the watch ends. */
  private do(what: string, work: () => Promise<void>): void {
    this.queue = this.queue.then(async () => {
      for (let attempt = 1; !this.stopped; attempt += 1) {
        try {
          return await work();
        } catch (error) {
          if (attempt === 1) this.around.log.warn(`Of ${this.name} ${what} cannot be written: ${error instanceof Error ? error.message : String(error)}`);
          await new Promise((resolve) => setTimeout(resolve, retryMs));
        }
      }
    });
  }
}
