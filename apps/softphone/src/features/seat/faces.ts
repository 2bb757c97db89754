import type { PhonePicture } from '@nailup/phone';
import { sayings } from './sentences.js';

export type Tone = 'calm' | 'busy' | 'good' | 'warn' | 'bad';

/** The large state of the seat in words. */
export interface Face {
  readonly tone: Tone;
  readonly title: string;
  readonly lines: readonly string[];
}

/** How the seat looks in this state. Only a proven line is called ready. */
export function faceOf(picture: PhonePicture): Face {
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
      return { tone: 'good', title: 'Ready', lines: ['Your line is open. Callers reach you here.'] };
    case 'recovering':
      return { tone: 'warn', title: why?.title ?? 'Connection lost', lines: why ? [why.sentence, why.wayOn] : [] };
    case 'leaving':
      return { tone: 'busy', title: 'Leaving your seat', lines: [] };
    case 'failed':
      return { tone: 'bad', title: why?.title ?? 'That did not work', lines: why ? [why.sentence, why.wayOn] : [] };
  }
}
