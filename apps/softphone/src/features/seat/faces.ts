import type { PhonePicture } from '@nailup/phone';
import type { Duty } from '../../line/duty.js';
import { sayings } from './sentences.js';

export type Tone = 'calm' | 'busy' | 'good' | 'warn' | 'bad';

/** The large state of the seat in words. */
export interface Face {
  readonly tone: Tone;
  readonly title: string;
  readonly lines: readonly string[];
}

/** The same words as the supervisor's table, each with what it means for her who sits there. */
const duties = {
  ready: { tone: 'good', title: 'Ready', line: 'Your line is open. Callers reach you here.' },
  'on-call': { tone: 'good', title: 'On call', line: 'Your line is open, and a caller is with you.' },
  'wrap-up': { tone: 'calm', title: 'Wrap-up', line: 'Your line stays open. No caller is brought to you until you are ready again.' },
  paused: { tone: 'calm', title: 'Paused', line: 'Your line stays open. No caller is brought to you until you choose Ready.' },
  offline: { tone: 'calm', title: 'Offline', line: 'Your line is open, but you were set to offline: no caller is brought to you until you choose Ready.' },
} as const satisfies Record<Duty['state'], { tone: Tone; title: string; line: string }>;

/** Who paused her, when it was not herself. */
const pausers: Readonly<Partial<Record<Duty['setBy'], string>>> = { supervisor: 'a supervisor', integrator: 'another application' };

function seatedFace(duty: Duty | null, withSomebody: boolean): Face {
  // The media server sees a caller join before the manager does, and also without it.
  const { tone, title, line } = duties[withSomebody && duty?.state !== 'on-call' ? 'on-call' : (duty?.state ?? 'ready')];
  if (duty?.state !== 'paused' || withSomebody) return { tone, title, lines: duty?.reason && !withSomebody ? [duty.reason, line] : [line] };
  const pauser = pausers[duty.setBy];
  const by = pauser ? `Paused by ${pauser}${duty.reason ? `: ${duty.reason}` : ''}` : duty.reason;
  return { tone, title, lines: by ? [by, line] : [line] };
}

/**
 * How the seat looks in this state. Only a proven line is called ready.
 * @param duty what the manager takes her to be doing; null while it has not told
 */
export function faceOf(picture: PhonePicture, duty: Duty | null): Face {
  const { state, reason, onlineSince } = picture;
  const why = reason ? sayings[reason] : null;
  switch (state) {
    case 'offline':
      return { tone: 'calm', title: 'You are offline', lines: ['Go online to take your seat. Callers are brought to you there, and you stay connected between calls.'] };
    case 'preparing':
      return { tone: 'busy', title: 'Opening your microphone', lines: ['If your browser asks, choose Allow.'] };
    case 'finding':
    case 'connecting':
    case 'joining':
      if (onlineSince !== null) return { tone: 'warn', title: 'Bringing you back', lines: why ? [why.sentence] : [] };
      return { tone: 'busy', title: 'Taking your seat', lines: why ? [why.sentence] : [] };
    case 'ready':
      return seatedFace(duty, picture.others.length > 0);
    case 'recovering':
      return { tone: 'warn', title: why?.title ?? 'Connection lost', lines: why ? [why.sentence, why.wayOn] : [] };
    case 'leaving':
      return { tone: 'busy', title: 'Leaving your seat', lines: [] };
    case 'failed':
      return { tone: 'bad', title: why?.title ?? 'That did not work', lines: why ? [why.sentence, why.wayOn] : [] };
  }
}
