import { createPhone, PageAudio, pageClock, sipLines, tabRivals, workerClock, type Clock, type Phone } from '@nailup/phone';
import type { Session } from '@nailup/web';
import { DeviceChoice } from './device-choice.js';
import { restCalls, type ManagerCalls } from '../calls/manager-calls.js';
import { restDuty, type DutyPort } from './duty.js';
import { ManagerClock } from './manager-clock.js';
import { OnlineWish } from './online-wish.js';
import { restPlacements } from './placements.js';

/** The phone of this page and what the screen needs beside it. */
export interface AgentLine {
  readonly phone: Phone;
  readonly audio: PageAudio;
  readonly wish: OnlineWish;
  readonly choice: DeviceChoice;
  readonly duties: DutyPort;
  readonly calls: ManagerCalls;
  readonly managerClock: ManagerClock;
}

/** Puts the phone together from the parts of this browser. Call it once per page. */
export function makeLine(page: Window & typeof globalThis, session: Session, timers: Worker | null): AgentLine {
  const clock: Clock = timers ? workerClock(timers) : pageClock();
  const element = page.document.body.appendChild(page.document.createElement('audio'));
  const audio = new PageAudio({
    media: page.navigator.mediaDevices,
    permissions: page.navigator.permissions,
    element,
    // Beside the page, not on it: it has no place there, and plays all the same.
    chimeElement: new page.Audio(),
    makeContext: () => new page.AudioContext(),
  });
  const phone = createPhone({
    placements: restPlacements(session.fetch, page.location.origin),
    audio,
    openLine: sipLines(clock),
    rivals: tabRivals(new page.BroadcastChannel('nailup-seats')),
    clock,
    random: Math.random,
    onBug: (error) => page.reportError(error),
  });
  page.addEventListener('online', () => phone.networkChanged());
  page.addEventListener('pagehide', () => phone.pageHidden());
  page.addEventListener('pageshow', ({ persisted }) => persisted && phone.pageShown());
  page.addEventListener('pointerdown', () => audio.meter.wake());
  page.addEventListener('keydown', () => audio.meter.wake());
  const choice = new DeviceChoice(page.localStorage);
  void choice.restore(audio.microphone, audio.speaker);
  const managerClock = new ManagerClock();
  const fetch = managerClock.listening(session.fetch);
  const { origin } = page.location;
  return {
    phone,
    audio,
    wish: new OnlineWish(page.sessionStorage),
    choice,
    duties: restDuty(fetch, origin),
    calls: restCalls(fetch, origin),
    managerClock,
  };
}
