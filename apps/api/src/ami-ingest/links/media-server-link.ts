import { ActionIds, AmiError, AmiSession, systemClock, type AmiClock, type AmiMessage } from '@nailup/ami';
import type { CallFact } from '@nailup/domain';
import type { IngestTimings } from '../timings.js';
import { EchoProbe } from './echo-probe.js';
import type { LegFact, LinkReport, LinkTarget } from './link-report.js';
import { readEverything, readBootMark, readLoadAverage, readVersion } from './read-server.js';
import { SipProbe } from './sip-probe.js';
import { translateCall } from './translate-calls.js';
import { translate } from './translate.js';
import { whyEnded } from './why-ended.js';

/** So many questions over a new session come quickly. */
const firstProbes = 5;

export interface LinkSurroundings {
  readonly timings: IngestTimings;
  readonly clock?: AmiClock;
  /** From 0 to 1, for jitter. */
  readonly chance: () => number;
  /** Short and unique to this process, so that ActionIDs are unique over all managers' sessions with one server. */
  readonly owner: string;
  readonly report: (report: LinkReport) => void;
  /** Begins the reading of a whole server once it is its turn among all links. */
  readonly inTurn: (reading: () => Promise<void>) => Promise<void>;
}

/**
 * Holds one AMI session with one media server for as long as it is open: logs in, waits until Asterisk has booted, reads everything, follows the
 * events, reads everything again on the slow beat, and begins anew when the session ends.
 */
export class MediaServerLink {
  private readonly clock: AmiClock;
  private readonly ids: ActionIds;
  private session: AmiSession | undefined;
  private facts: LegFact[] = [];
  private calls: CallFact[] = [];
  /** While a snapshot is read, facts wait for it: they are told after it. */
  private reading = false;
  /** A reading that waits for its turn, or runs. */
  private due: Promise<void> | undefined;
  private telling = false;
  /** Whether the Asterisk of this session has said that it is up. */
  private booted = false;
  private stopped = false;
  private wake: () => void = () => undefined;
  private readonly echo: EchoProbe;
  private readonly sip: SipProbe;
  private cancelProbe: () => void = () => undefined;
  private probed = 0;

  constructor(
    private readonly target: LinkTarget,
    private readonly around: LinkSurroundings,
  ) {
    this.clock = around.clock ?? systemClock;
    this.ids = new ActionIds(around.owner);
    const { clock } = this;
    const heard = (signal: 'echo' | 'sip') => (latencyMs: number) => this.around.report({ kind: 'alive', signal, latencyMs });
    this.echo = new EchoProbe(clock, () => this.ids.next('echo'), heard('echo'));
    this.sip = new SipProbe({ webSocketUrl: target.webSocketUrl, clock, nextId: () => this.ids.next('sip').replace(/[^0-9A-Za-z]/g, ''), heard: heard('sip') });
  }

  /** Runs until `stop`; never rejects. */
  async run(): Promise<void> {
    let failures = 0;
    this.probe();
    while (!this.stopped) {
      const opened = await this.once();
      if (this.stopped) return;
      // Right after the end of a session that stood, ask at once: a refusal tells that the process is gone.
      failures = opened ? 0 : failures + 1;
      if (failures > 0) await this.pause(this.retryDelay(failures));
    }
  }

  async stop(): Promise<void> {
    this.stopped = true;
    this.cancelProbe();
    this.sip.stop();
    this.wake();
    await this.session?.close();
  }

  readSnapshot(): void {
    if (this.session?.isOpen && this.booted) void this.read();
  }

  hangUp(uniqueids: readonly string[]): void {
    const { session } = this;
    if (!session?.isOpen) return;
    // Normal clearing, Q.850 cause 16. A channel that is gone is refused, and a session that ends tells so itself.
    for (const Channel of uniqueids) session.action({ Action: 'Hangup', Channel, Cause: 16 }).catch(() => undefined);
  }

  /** One session from log-in to end; answers whether it stood. */
  private async once(): Promise<boolean> {
    const { timings } = this.around;
    const { host, port, tls, username, secret } = this.target;
    const session = new AmiSession({
      host, port, tls, username, secret, clock: this.clock, actionIds: this.ids,
      pingIntervalMs: timings.pingIntervalMs, pingTimeoutMs: timings.pingTimeoutMs, loginTimeoutMs: timings.loginTimeoutMs,
    });
    this.session = session;
    this.facts = [];
    this.calls = [];
    this.booted = false;
    const booted = new Promise<number>((resolve) => session.on('event', (event) => this.hear(event, resolve)));
    const answered = (latencyMs: number): void => this.around.report({ kind: 'alive', signal: 'ping', latencyMs });
    session.on('pong', answered);
    const begun = this.clock.now();
    try {
      await session.connect();
      answered(this.clock.now() - begun);
      this.probeAnew();
      await this.follow(session, booted);
    } catch {
      // Why it ended is told below, from the session itself.
      await session.close();
    }
    const reason = await session.closed;
    this.echo.forget();
    if (!this.stopped) this.around.report({ kind: 'closed', refused: isRefusal(reason), why: reason.message, reason: whyEnded(reason, this.target) });
    return reason.fault !== 'connect-failed' && reason.fault !== 'login-timeout' && reason.fault !== 'login-refused' && reason.fault !== 'not-asterisk';
  }

  /** Follows a session that is logged in until it ends; rejects when it cannot be read. */
  private async follow(session: AmiSession, booted: Promise<number>): Promise<void> {
    const uptimeSeconds = await Promise.race([booted, session.closed]);
    if (typeof uptimeSeconds !== 'number') return;
    this.booted = true;
    const [mark, version] = await Promise.all([readBootMark(session), readVersion(session)]);
    this.around.report({ kind: 'opened', boot: { uptimeSeconds, mark }, version });
    while (session.isOpen) {
      await this.read();
      await this.tellLoad(session);
      const { reconcileMs } = this.around.timings;
      // Spread, so that a pool does not answer all managers' questions in the same moment.
      await Promise.race([session.closed, this.pause(reconcileMs * (0.9 + 0.2 * this.around.chance()))]);
    }
  }

  /** Reads the whole server once; whoever asks meanwhile shares the reading. */
  private read(): Promise<void> {
    this.due ??= this.around.inTurn(() => this.readOnce()).finally(() => (this.due = undefined));
    return this.due;
  }

  private async readOnce(): Promise<void> {
    // The one that stands now: another may have ended while other media servers were read.
    const { session } = this;
    if (!session?.isOpen || !this.booted) return;
    this.reading = true;
    try {
      const standing = await readEverything(session);
      if (session === this.session && session.isOpen) this.around.report({ kind: 'snapshot', ...standing });
    } catch {
      // A server whose state cannot be read is not known: begin anew.
      await session.close();
    } finally {
      this.reading = false;
      this.tellFacts();
    }
  }

  private async tellLoad(session: AmiSession): Promise<void> {
    const loadAverage = session.isOpen ? await readLoadAverage(session) : null;
    if (loadAverage !== null) this.around.report({ kind: 'load', loadAverage });
  }

  /** Asks for signs of life, each by its own way: the SIP side also while there is no session. */
  private probe(): void {
    if (this.stopped) return;
    const { session } = this;
    if (session?.isOpen) {
      this.echo.ask(session);
      // The session asks at its own pace whether it stands; the first answers after a break are wanted sooner.
      if (this.probed < firstProbes) this.ping(session);
    }
    this.sip.ask();
    this.probed += 1;
    const { probeMs, firstProbesMs } = this.around.timings;
    this.cancelProbe = this.clock.after(this.probed < firstProbes ? firstProbesMs : probeMs, () => this.probe());
  }

  private probeAnew(): void {
    this.probed = 0;
    this.cancelProbe();
    this.probe();
  }

  private ping(session: AmiSession): void {
    const at = this.clock.now();
    const tell = (): void => this.around.report({ kind: 'alive', signal: 'ping', latencyMs: this.clock.now() - at });
    session.action({ Action: 'Ping' }).then(tell, () => undefined);
  }

  private hear(event: AmiMessage, booted: (uptimeSeconds: number) => void): void {
    if (this.echo.take(event)) return;
    if (event.Event === 'FullyBooted') booted(Number(event.get('Uptime') ?? 0));
    const fact = translate(this.target.mediaServerId, event);
    const call = translateCall(event);
    if (fact === null && call === null) return;
    if (fact !== null) this.facts.push(fact);
    if (call !== null) this.calls.push(call);
    if (!this.reading && !this.telling) {
      this.telling = true;
      // Whatever came in the same read of the socket is told together.
      setImmediate(() => {
        this.telling = false;
        if (!this.reading) this.tellFacts();
      });
    }
  }

  private tellFacts(): void {
    if (this.facts.length === 0 && this.calls.length === 0) return;
    this.around.report({ kind: 'facts', facts: this.facts, calls: this.calls });
    this.facts = [];
    this.calls = [];
  }

  /** Full jitter (so that a pool does not come back as one), growing from the first to the longest retry. */
  private retryDelay(failures: number): number {
    const { firstRetryMs, longestRetryMs } = this.around.timings;
    return Math.min(longestRetryMs, firstRetryMs * 1.5 ** (failures - 1)) * this.around.chance();
  }

  private pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const cancel = this.clock.after(ms, resolve);
      this.wake = () => {
        cancel();
        resolve();
      };
    });
  }
}

function isRefusal(reason: AmiError): boolean {
  return reason.fault === 'connect-failed' && (reason.cause as { code?: string } | undefined)?.code === 'ECONNREFUSED';
}
