import { AudioRefused, LineFault } from '../ports.js';
import type { Line, SeatOffer } from '../ports.js';
import { isLasting } from '../reasons.js';
import { startHeart } from '../time/heart.js';
import { beat, courtesy } from './courtesy.js';
import { judgeEnd } from './judge-end.js';
import { Lines } from './lines.js';
import type { PhoneParts } from './parts.js';
import { factsOf, movedBy, type PhonePicture } from './picture.js';
import { emptyRoom, Room } from './room.js';
import { Run, trouble, type Trouble } from './run.js';
import { Showcase } from './showcase.js';
import { goUpOnce, type Steps } from './way-up.js';

/** The agent's line: goes online, stays there, and gets back by itself. */
export class Phone {
  readonly #shown: Showcase;
  #run: Run | null = null;
  #offer: SeatOffer | null = null;
  readonly #room: Room;
  readonly #lines = new Lines();
  #track: MediaStreamTrack | null = null;
  #stopHeart: (() => void) | null = null;

  constructor(private readonly parts: PhoneParts) {
    this.#shown = new Showcase(parts.clock);
    this.#room = new Room(parts.clock);
    parts.audio.onTrack((track) => this.#newTrack(track));
    parts.audio.onLost((reason) => this.#run && this.#shown.show({ microphone: reason }));
    parts.rivals.onClaim((placementId) => {
      if (this.#run && placementId === this.#offer?.id) this.#run.rivalSince = parts.clock.now();
    });
  }

  /** The present picture; the same object until something changes. */
  readonly picture = (): PhonePicture => this.#shown.picture;

  /** Calls `listener` after every change. Returns the unsubscriber. */
  readonly subscribe = (listener: () => void): (() => void) => this.#shown.subscribe(listener);

  /** Starts the way to a seat, also after a failure ("try again", "take it back"). Does nothing when on the way already. */
  goOnline(): void {
    if (this.#shown.state !== 'offline' && this.#shown.state !== 'failed') return;
    const run = new Run(this.parts.clock, this.parts.random);
    this.#run = run;
    this.#shown.move('preparing', { moved: null, microphone: null, onlineSince: null, attempt: 0, manager: 'there' });
    this.#spawn(this.#prepare(run));
  }

  /** Leaves the seat and stops the microphone. Resolves when the manager knows, or did not answer in time. */
  async leave(): Promise<void> {
    const { state } = this.#shown;
    if (state === 'failed') return this.#shown.move('offline');
    if (state === 'offline' || state === 'leaving') return;
    const offer = this.#offer;
    this.#shown.move('leaving');
    this.#letGo();
    if (offer) await this.#tell(this.parts.placements.release(offer.id));
    this.#shown.move('offline', { seat: null, ...emptyRoom, onlineSince: null, muted: false });
  }

  /** Ends the wait before the next try. */
  readonly tryNow = (): void => this.#run?.wake();

  setMuted(muted: boolean): void {
    this.#lines.setMuted(muted);
    this.#shown.show({ muted });
  }

  /** Sends digits down the line itself, without the manager. Returns false when there is no line that could. */
  readonly dtmf = (digits: string): boolean => this.#lines.current?.dtmf(digits) ?? false;

  /** The computer's network changed: do not wait for a timer to notice. */
  networkChanged(): void {
    this.tryNow();
    this.#lines.current?.networkChanged();
  }

  /** The page goes away: BYE while that is still possible. The seat stays the agent's for the manager's grace. */
  pageHidden(): void {
    this.#lines.current?.hangUp();
    this.#lines.endFading();
  }

  /** The page came back from the browser's cache after `pageHidden`. */
  pageShown(): void {
    if (this.#lines.current) this.#socketLost(this.#lines.current);
  }

  async #prepare(run: Run): Promise<void> {
    const { audio, placements } = this.parts;
    // When the browser will not ask the agent, the manager is asked at the same time: one round trip less to wait.
    if (await audio.mayOpenUnasked()) {
      if (!run.live) return;
      run.early = placements.place({});
      run.early.catch(() => undefined);
    }
    try {
      const track = await audio.open();
      if (!run.live) return this.#run ? undefined : audio.close();
      this.#track = track;
    } catch (error) {
      void run.early?.then(({ id }) => this.#tell(placements.release(id))).catch(() => undefined);
      if (!run.live) return;
      if (!(error instanceof AudioRefused)) throw error;
      return this.#fail(trouble(error.reason, error.message));
    }
    this.#shown.move('finding');
    await this.#climb(run);
  }

  /** From `finding` to `ready`, however often it takes. */
  async #climb(run: Run): Promise<void> {
    for (;;) {
      const why = await goUpOnce(run, this.parts.placements, this.#steps(run));
      if (!run.live || !why) return;
      if (isLasting(why.reason)) return this.#fail(why);
      await this.#pause(run, why);
      if (!run.live) return;
      this.#shown.move('finding');
    }
  }

  /** Climbs again after `why` threw her off. */
  #again(run: Run, why: Trouble): void {
    if (!run.live) return;
    const onTheWay = async (): Promise<void> => {
      await this.#pause(run, why);
      if (!run.live) return;
      this.#shown.move('finding');
      await this.#climb(run);
    };
    this.#spawn(onTheWay());
  }

  async #pause(run: Run, { reason, detail, ...why }: Trouble): Promise<void> {
    const waitMs = run.nextWait({ reason, detail, ...why });
    const news = { reason, detail, retryAt: this.parts.clock.now() + waitMs, attempt: run.attempt };
    if (this.#shown.state === 'recovering') this.#shown.show(news);
    else this.#shown.move('recovering', news);
    await run.rest(waitMs);
  }

  #steps(run: Run): Steps {
    return {
      refused: ({ reason }) => this.#shown.show({ manager: reason === 'manager-away' ? 'away' : 'there' }),
      offered: (offer) => this.#sitOn(offer),
      opened: () => this.#shown.move('joining'),
      seated: (line) => this.#seated(run, line),
      abandoned: (line, offer, fault) => this.#abandon(run, line, offer, fault),
      // She left while the manager was choosing: give it back, unless she is already on her way to the same seat again.
      unwanted: async ({ id }) => (this.#run ? undefined : this.#tell(this.parts.placements.release(id))),
    };
  }

  #sitOn(offer: SeatOffer): { line: Line; track: MediaStreamTrack } {
    if (!this.#track) throw new Error('A line is joined with an open microphone only');
    const { clock, openLine, rivals } = this.parts;
    this.#offer = offer;
    rivals.claim(offer.id);
    this.#shown.move('connecting', {
      manager: 'there',
      moved: movedBy(this.#shown.picture, offer, clock.now()),
      seat: factsOf(offer),
      ...this.#room.enter(offer),
    });
    const line: Line = openLine(offer, {
      socketLost: () => this.#socketLost(line),
      mediaLost: () => this.#mediaLost(line),
      ended: ({ replaced }) => this.#ended(line, replaced),
      message: (contentType, body) => this.#message(line, contentType, body),
    });
    this.#lines.take(line);
    line.setMuted(this.#shown.picture.muted);
    line.setResting(this.#shown.picture.resting);
    return { line, track: this.#track };
  }

  #seated(run: Run, line: Line): void {
    run.settle();
    this.#lines.endFading();
    if (line.remoteStream) this.parts.audio.play(line.remoteStream);
    this.#shown.move('ready', { attempt: 0, onlineSince: this.#shown.picture.onlineSince ?? this.parts.clock.now() });
    this.#stopHeart ??= startHeart(this.parts.clock, () => this.#beat(run).catch(this.parts.onBug));
  }

  /** This server cannot be reached: let go of it, tell the manager, and stay away for a while. */
  async #abandon(run: Run, line: Line, offer: SeatOffer, fault: LineFault): Promise<void> {
    this.#lines.drop(line);
    run.avoid(offer.mediaServer.id);
    await this.#tell(this.parts.placements.reportFailure(offer.id, { stage: fault.stage, reason: fault.message }));
  }

  async #beat(run: Run): Promise<void> {
    const offer = this.#offer;
    if (!run.live || !offer || !this.#lines.current) return;
    const manager = await beat(this.parts.placements, offer.id);
    if (!run.live) return;
    if (manager !== 'ended') return this.#shown.show({ manager });
    // The manager has ended this seat; its hang-up is on the way to the leg, unless that got lost.
    if (this.#offer === offer && this.#lines.current) this.#ended(this.#lines.current, false);
  }

  /** The socket is gone but the audio may still flow: keep hearing it while the next line is made. */
  #socketLost(line: Line): void {
    const run = this.#run;
    const { state } = this.#shown;
    if (line !== this.#lines.current || !run || (state !== 'ready' && state !== 'recovering')) return;
    if (run.judging) return this.#lines.forget();
    this.#lines.fade();
    this.#again(run, trouble('socket-lost'));
  }

  #mediaLost(line: Line): void {
    const run = this.#run;
    if (line !== this.#lines.current || !run || this.#shown.state !== 'ready') return;
    this.#shown.move('recovering', { reason: 'ice-failed', detail: null });
    this.#spawn(this.#restartIce(run, line));
  }

  async #restartIce(run: Run, line: Line): Promise<void> {
    const offer = this.#offer;
    const mine = (): boolean => run.live && line === this.#lines.current && !run.judging;
    try {
      await line.restartIce();
      if (mine()) this.#shown.move('ready');
    } catch (error) {
      if (!(error instanceof LineFault)) throw error;
      if (!mine() || !offer) return;
      await this.#abandon(run, line, offer, error);
      this.#again(run, trouble(error.reason, error.message));
    }
  }

  /** The media server hung up: somebody wanted that, or the phone goes back to its seat. */
  #ended(line: Line, replaced: boolean): void {
    const run = this.#run;
    const { state } = this.#shown;
    if (line !== this.#lines.current || !run || run.judging || (state !== 'ready' && state !== 'recovering')) return;
    if (replaced || run.hasRival()) return this.#fail(trouble('seat-taken-elsewhere'));
    run.judging = true;
    if (state === 'ready') this.#shown.move('recovering', { reason: 'leg-ended', detail: null });
    this.#spawn(this.#judge(run, line));
  }

  async #judge(run: Run, line: Line): Promise<void> {
    const offer = this.#offer;
    if (!offer) return;
    const why = await judgeEnd(this.parts.placements, offer.id, (ms) => run.rest(ms), () => this.#lines.current !== line);
    if (!run.live) return;
    run.judging = false;
    this.#lines.drop(line);
    const reason = run.hasRival() ? 'seat-taken-elsewhere' : why;
    if (reason) this.#fail(trouble(reason));
    else this.#again(run, trouble('leg-ended'));
  }

  #message(line: Line, contentType: string, body: string): void {
    const heard = line === this.#lines.current ? this.#room.hear(contentType, body) : null;
    if (!heard) return;
    // First of all: whoever has just joined is waiting to hear her.
    line.setResting(heard.view.resting);
    if (heard.arrived) this.parts.audio.chime();
    this.#shown.show(heard.view);
  }

  #newTrack(track: MediaStreamTrack): void {
    if (!this.#run) return;
    this.#track = track;
    this.#shown.show({ microphone: null });
    this.#lines.current?.replaceTrack(track).catch(this.parts.onBug);
  }

  #fail({ reason, detail }: Trouble): void {
    this.#letGo();
    this.#shown.move('failed', { reason, detail, seat: null, ...emptyRoom, onlineSince: null });
  }

  #letGo(): void {
    this.#run?.end();
    this.#lines.hangUp();
    this.#stopHeart?.();
    this.#run = this.#offer = this.#track = this.#stopHeart = null;
    this.parts.audio.close();
  }

  #tell(telling: Promise<void>): Promise<void> {
    return courtesy(this.parts.clock, telling);
  }

  #spawn(work: Promise<void>): void {
    work.catch((error: unknown) => {
      this.parts.onBug(error);
      if (this.#run) this.#fail(trouble('request-refused'));
    });
  }
}

/** Makes a phone; it is offline until `goOnline`. */
export const createPhone = (parts: PhoneParts): Phone => new Phone(parts);
