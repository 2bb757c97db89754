import { AudioRefused, PlacementRefused } from '../ports.js';
import type { AudioPort, Line, LineEvents, LineFault, PlacementsPort, RivalsPort, SeatLook, SeatOffer } from '../ports.js';
import type { ReasonCode } from '../reasons.js';

/** The offer of a seat on media server `name`, a new one for each `id`. */
export const offerOn = (name: string, id = `placement-on-${name}`, parking: SeatOffer['parking'] = 'conference'): SeatOffer => ({
  id,
  conference: `seat-${id}`,
  parking,
  mediaServer: { id: `id-of-${name}`, name, host: '127.0.0.1', webSocketUrl: 'ws://127.0.0.1:8088/ws' },
  sip: { username: `seat-${id}`, password: 'secret', uri: `sip:seat-${id}@127.0.0.1`, target: 'sip:seat@127.0.0.1' },
  iceServers: [],
});

/** A manager that answers what it was told to, the last answer for ever, and remembers what it was asked. */
export class FakePlacements implements PlacementsPort {
  answers: (SeatOffer | PlacementRefused | 'never')[] = [offerOn('media-1')];
  looks: (SeatLook | PlacementRefused)[] = [{ state: 'lost', releaseReason: null }];
  beats: PlacementRefused | null = null;
  readonly asked: { exclude?: readonly string[] }[] = [];
  readonly released: string[] = [];
  readonly reported: { id: string; stage: string; reason: string }[] = [];
  heartbeats = 0;

  /** @param lag lets the time pass that an answer takes */
  constructor(private readonly lag: () => Promise<void> = async () => undefined) {}

  async place(request: { exclude?: readonly string[] }): Promise<SeatOffer> {
    this.asked.push(request);
    const answer = this.answers.length > 1 ? this.answers.shift() : this.answers[0];
    if (answer === 'never' || !answer) return new Promise(() => undefined);
    await this.lag();
    if (answer instanceof PlacementRefused) throw answer;
    return answer;
  }

  async release(id: string): Promise<void> {
    this.released.push(id);
  }

  async heartbeat(): Promise<void> {
    this.heartbeats += 1;
    if (this.beats) throw this.beats;
  }

  async reportFailure(id: string, failure: { stage: string; reason: string }): Promise<void> {
    this.reported.push({ id, ...failure });
  }

  async look(): Promise<SeatLook> {
    const answer = this.looks.length > 1 ? this.looks.shift() : this.looks[0];
    await this.lag();
    if (answer instanceof PlacementRefused) throw answer;
    return answer ?? { state: 'lost', releaseReason: null };
  }
}

export type Outcome = 'well' | 'never' | LineFault;

/** A line whose steps end as they were told to. */
export class FakeLine implements Line {
  readonly remoteStream = {} as MediaStream;
  hungUp = false;
  muted = false;
  resting = false;
  digits = '';
  restarts = 0;
  track: MediaStreamTrack | null = null;
  looked = 0;

  constructor(
    readonly offer: SeatOffer,
    readonly events: LineEvents,
    private readonly plan: { connect: Outcome; join: Outcome; restart: Outcome },
    private readonly lag: () => Promise<void>,
  ) {}

  connect = (track: MediaStreamTrack): Promise<void> => {
    this.track = track;
    return this.#end(this.plan.connect);
  };

  join = (): Promise<void> => this.#end(this.plan.join);

  restartIce = (): Promise<void> => {
    this.restarts += 1;
    return this.#end(this.plan.restart);
  };

  replaceTrack = async (track: MediaStreamTrack): Promise<void> => {
    this.track = track;
  };

  setMuted = (muted: boolean): void => {
    this.muted = muted;
  };

  setResting = (resting: boolean): void => {
    this.resting = resting;
  };

  dtmf = (digits: string): boolean => {
    this.digits += digits;
    return true;
  };

  networkChanged = (): void => {
    this.looked += 1;
  };

  hangUp = (): void => {
    this.hungUp = true;
  };

  async #end(outcome: Outcome): Promise<void> {
    if (outcome === 'never') return new Promise(() => undefined);
    await this.lag();
    if (outcome !== 'well') throw outcome;
  }
}

/** A microphone and a loudspeaker that are only thought of. */
export class FakeAudio implements AudioPort {
  refuses: ReasonCode | null = null;
  unasked = true;
  opened = false;
  playing: MediaStream | null = null;
  chimes = 0;
  #onTrack: (track: MediaStreamTrack) => void = () => undefined;
  #onLost: (reason: ReasonCode) => void = () => undefined;

  mayOpenUnasked = async (): Promise<boolean> => this.unasked;

  open = async (): Promise<MediaStreamTrack> => {
    if (this.refuses) throw new AudioRefused(this.refuses);
    this.opened = true;
    return { label: 'headset' } as MediaStreamTrack;
  };

  close = (): void => {
    this.opened = false;
    this.playing = null;
  };

  play = (stream: MediaStream): void => {
    this.playing = stream;
  };

  chime = (): void => {
    this.chimes += 1;
  };

  onTrack(listener: (track: MediaStreamTrack) => void): () => void {
    this.#onTrack = listener;
    return () => undefined;
  }

  onLost(listener: (reason: ReasonCode) => void): () => void {
    this.#onLost = listener;
    return () => undefined;
  }

  swapTo(track: MediaStreamTrack): void {
    this.#onTrack(track);
  }

  unplug(): void {
    this.#onLost('no-device');
  }
}

/** Another tab of the same browser. */
export class FakeRivals implements RivalsPort {
  readonly claims: string[] = [];
  #hear: (placementId: string) => void = () => undefined;

  claim(placementId: string): void {
    this.claims.push(placementId);
  }

  onClaim(listener: (placementId: string) => void): () => void {
    this.#hear = listener;
    return () => undefined;
  }

  otherTabClaims(placementId: string): void {
    this.#hear(placementId);
  }
}
