import { Ear, LevelMeter, PageAudio, pageClock, silentTrack, sipLines, type EarEvents, type EarOffer } from '@nailup/phone';
import type { ConsoleEar } from './supervising.js';

/** Puts the sound of a supervision together from the parts of this browser. Call it once per page. */
export function makeEar(page: Window & typeof globalThis): ConsoleEar {
  const makeContext = (): AudioContext => new page.AudioContext();
  const audio = new PageAudio({
    media: page.navigator.mediaDevices,
    permissions: page.navigator.permissions,
    element: page.document.body.appendChild(page.document.createElement('audio')),
    chimeElement: new page.Audio(),
    makeContext,
  });
  const ear = new HearingEar(new LevelMeter(makeContext), { audio, openLine: sipLines(pageClock()), silence: silentTrack(makeContext) });
  // BYE while that is still possible: else the media server would find out half a minute later.
  page.addEventListener('pagehide', () => ear.leave());
  return { ear, level: ear.level };
}

/** An ear with a meter on what it hears. */
class HearingEar extends Ear {
  constructor(
    private readonly meter: LevelMeter,
    parts: ConstructorParameters<typeof Ear>[0],
  ) {
    super(parts);
  }

  readonly level = (): number => this.meter.level();

  override async join(offer: EarOffer, events: EarEvents): Promise<void> {
    await super.join(offer, events);
    this.meter.listenTo(this.hears?.getAudioTracks()[0] ?? null);
  }

  override leave(): void {
    super.leave();
    this.meter.listenTo(null);
  }
}
