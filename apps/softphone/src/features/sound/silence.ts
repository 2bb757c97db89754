/** Below this a microphone gives nothing at all: even a quiet room is louder. */
const nothing = 0.02;

/** Looks, one a second, before a silent microphone is spoken of. */
const looks = 8;

/** Notices a microphone that is open but gives nothing (a mute switch on the headset, the wrong device). */
export class Silence {
  #silent = 0;

  /** @param level 0 to 1, looked at once a second */
  lasts(level: number): boolean {
    this.#silent = level < nothing ? this.#silent + 1 : 0;
    return this.#silent >= looks;
  }
}

/** The level in a few words. */
export function levelWord(level: number, silent: boolean): string {
  if (silent) return 'Your microphone gives no sound: is it muted on the headset?';
  if (level > 0.9) return 'Very loud';
  return level > 0.35 ? 'We hear you' : 'Quiet';
}
