import type { AudioRefused, Ear, EarEvents, LineFault, ReasonCode } from '@nailup/phone';
import { explain, ProblemError, type LiveEvent } from '@nailup/web';
import type { Api } from '../../shared/api.js';
import type { SupervisionMode } from '../../shared/contract.js';
import { endWords, faultWords, refusalWords } from './words.js';

/** The call that is supervised, as the bar names it. */
export interface Supervised {
  readonly id: string;
  readonly number: string;
  readonly agent: string;
}

/** What the console shows of a supervision. */
export interface SupervisionPicture {
  /** Null: none. */
  readonly call: Supervised | null;
  readonly mode: SupervisionMode;
  /** `rejoining`: her line was lost, and another one is on its way. `over`: it has ended by another's will, and the bar says why until it is put away. */
  readonly phase: 'joining' | 'on' | 'rejoining' | 'over';
  /** The mode that is on its way; null when none is. */
  readonly changing: SupervisionMode | null;
  /** Since when she hears, epoch ms. */
  readonly since: number | null;
  /** What went wrong, or why it is over: a sentence. */
  readonly why: string | null;
}

/** The sound of this page, as a supervision needs it. */
export interface ConsoleEar {
  readonly ear: Pick<Ear, 'openMicrophone' | 'join' | 'speak' | 'silence' | 'leave' | 'speaking'>;
  /** How loud it is on the call at this moment, 0 to 1. */
  level(): number;
}

/** Milliseconds before each try for another line in place of one that was lost. */
const rejoinAfterMs = [0, 1_000, 2_000, 4_000, 8_000];
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

const none: SupervisionPicture = { call: null, mode: 'listen', phase: 'over', changing: null, since: null, why: null };

/**
 * A supervision from its first click to its end. The microphone is opened before anything is asked of the manager when the mode needs it, so that a
 * browser that says no changes nothing; what is shown as the mode is what the manager has confirmed.
 */
export class Supervising {
  #picture = none;
  #sound: ConsoleEar | null = null;
  #supervisionId: string | null = null;
  /** Rises with whatever overtakes what is under way. */
  #turn = 0;
  readonly #listeners = new Set<() => void>();

  constructor(
    private readonly calls: Pick<Api['calls'], 'supervise' | 'stopSupervision'>,
    private readonly loadEar: () => Promise<ConsoleEar>,
    private readonly wait = pause,
  ) {}

  readonly picture = (): SupervisionPicture => this.#picture;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly level = (): number => (this.#picture.phase === 'on' ? (this.#sound?.level() ?? 0) : 0);

  /** Begins with this call; a supervision of another one ends. */
  async begin(call: Supervised, mode: SupervisionMode): Promise<void> {
    if (this.#picture.call?.id === call.id && this.#picture.phase === 'on') return this.change(mode);
    const turn = this.#overtake();
    this.#sound?.ear.leave();
    this.#show({ call, mode, phase: 'joining', changing: null, since: null, why: null });
    try {
      await this.#joinAs(call, mode, turn);
    } catch (error) {
      if (turn !== this.#turn) return;
      this.#sound?.ear.leave();
      this.#supervisionId = null;
      this.#show({ phase: 'over', why: sentenceOf(error) });
      this.#tellStopped(call.id);
    }
  }

  /** Changes over without hanging up. */
  async change(mode: SupervisionMode): Promise<void> {
    const { call, phase, changing, mode: before } = this.#picture;
    const sound = this.#sound;
    if (!call || !sound || phase !== 'on' || changing || mode === before) return;
    const turn = this.#overtake();
    this.#show({ changing: mode, why: null });
    try {
      if (mode !== 'listen') await sound.ear.openMicrophone();
      const offer = await this.calls.supervise(call.id, mode);
      if (turn !== this.#turn) return;
      // Another supervision than the one her leg belongs to: that one had ended, and this one needs a leg.
      if (offer.id !== this.#supervisionId) {
        this.#supervisionId = offer.id;
        await sound.ear.join(offer, this.#events());
        if (turn !== this.#turn) return;
      }
      if (mode === 'listen') sound.ear.silence();
      else await sound.ear.speak();
      this.#show({ mode, changing: null });
    } catch (error) {
      if (turn !== this.#turn) return;
      if (before === 'listen') sound.ear.silence();
      this.#show({ changing: null, why: sentenceOf(error) });
    }
  }

  /** Ends it by her own will, or puts away what is over. */
  readonly stop = (): void => {
    const { call, phase } = this.#picture;
    this.#overtake();
    this.#sound?.ear.leave();
    this.#supervisionId = null;
    this.#show(none);
    if (call && phase !== 'over') this.#tellStopped(call.id);
  };

  /** What the manager tells of it: why it ended, and a change made elsewhere. */
  hear({ type, data }: LiveEvent): void {
    if (type !== 'call.supervision' || this.#supervisionId === null || data.supervisionId !== this.#supervisionId) return;
    // That her lost line is gone is no news while the next one is on its way.
    if (data.action === 'ended' && data.reason === 'hung-up' && this.#picture.phase === 'rejoining') return;
    if (data.action === 'ended') return this.#over(endWords(String(data.reason)));
    if (data.action === 'switched' && data.mode === 'listen' && this.#picture.changing === null && this.#picture.mode !== 'listen') {
      this.#sound?.ear.silence();
      this.#show({ mode: 'listen' });
    }
  }

  async #joinAs(call: Supervised, mode: SupervisionMode, turn: number): Promise<void> {
    const sound = (this.#sound ??= await this.loadEar());
    if (mode !== 'listen') await sound.ear.openMicrophone();
    if (turn !== this.#turn) return;
    const offer = await this.calls.supervise(call.id, mode);
    // Stopped meanwhile: the manager has been told so, perhaps before it gave this answer.
    if (turn !== this.#turn) return this.#picture.call?.id === call.id ? undefined : this.#tellStopped(call.id);
    this.#supervisionId = offer.id;
    if (mode !== 'listen') await sound.ear.speak();
    await sound.ear.join(offer, this.#events());
    if (turn === this.#turn) this.#show({ phase: 'on', since: this.#picture.since ?? Date.now() });
  }

  #events(): EarEvents {
    return {
      // A leg that the media server ended was ended for a reason, which the manager tells; a line that broke is made again.
      over: (reason: ReasonCode) => (reason === 'leg-ended' || this.#picture.phase !== 'on' ? this.#over(reason === 'leg-ended' ? endWords('') : faultWords(reason)) : void this.#rejoin(reason)),
      mute: (reason: ReasonCode) => this.#show({ why: `${refusalWords(reason)} Nobody hears you any more.` }),
    };
  }

  /** Her line was lost, not the call: the same call in the same mode, by another line. The manager's no, or the last try, ends it. */
  async #rejoin(lost: ReasonCode): Promise<void> {
    const { call, mode } = this.#picture;
    if (call === null) return;
    const turn = this.#overtake();
    this.#show({ phase: 'rejoining', changing: null, why: faultWords(lost) });
    let why = '';
    for (const ms of rejoinAfterMs) {
      await this.wait(ms);
      if (turn !== this.#turn) return;
      try {
        await this.#joinAs(call, mode, turn);
        if (turn === this.#turn) this.#show({ why: null });
        return;
      } catch (error) {
        if (turn !== this.#turn) return;
        this.#sound?.ear.leave();
        why = sentenceOf(error);
        if (error instanceof ProblemError && error.status < 500) break;
      }
    }
    this.#over(why);
    this.#tellStopped(call.id);
  }

  /** It has ended. The reason may come after the hang-up; a supervision that is over already only learns why. */
  #over(why: string): void {
    if (this.#picture.call === null) return;
    this.#overtake();
    this.#sound?.ear.leave();
    this.#show({ phase: 'over', changing: null, why });
  }

  /** Her leg is gone and with it the supervision; telling so only makes it end at once. */
  #tellStopped(callId: string): void {
    this.calls.stopSupervision(callId).catch(() => undefined);
  }

  #overtake(): number {
    this.#turn += 1;
    return this.#turn;
  }

  #show(changes: Partial<SupervisionPicture>): void {
    this.#picture = { ...this.#picture, ...changes };
    for (const listener of [...this.#listeners]) listener();
  }
}

function sentenceOf(error: unknown): string {
  // By name: their classes come with the SIP of the line, which a console loads only when somebody supervises.
  if (isNamed<AudioRefused>(error, 'AudioRefused')) return refusalWords(error.reason);
  if (isNamed<LineFault>(error, 'LineFault')) return faultWords(error.reason);
  const { sentence, wayOn } = explain(error);
  return `${sentence} ${wayOn}`;
}

function isNamed<T extends Error>(error: unknown, name: T['name']): error is T {
  return error instanceof Error && error.name === name;
}
