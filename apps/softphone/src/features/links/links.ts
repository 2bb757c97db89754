import type { PhonePicture } from '@nailup/phone';

export type LinkFace = 'up' | 'trying' | 'down' | 'idle';

export interface Link {
  readonly name: 'Manager' | 'Signalling' | 'Audio';
  readonly face: LinkFace;
  readonly word: string;
}

const managers = {
  there: { face: 'up', word: 'answers' },
  away: { face: 'down', word: 'does not answer' },
  'signed-out': { face: 'down', word: 'wants you to sign in' },
} as const;

/** What the three connections of a phone are worth right now. */
export function linksOf({ state, reason, manager, onlineSince }: Pick<PhonePicture, 'state' | 'reason' | 'manager' | 'onlineSince'>): Link[] {
  const link = (name: Link['name'], face: LinkFace, word: string): Link => ({ name, face, word });
  if (state === 'offline' || state === 'failed' || state === 'leaving') {
    return [link('Manager', managers[manager].face, managers[manager].word), link('Signalling', 'idle', 'not in use'), link('Audio', 'idle', 'not in use')];
  }
  const asked = state === 'finding' ? link('Manager', 'trying', 'being asked') : link('Manager', managers[manager].face, managers[manager].word);
  if (state === 'ready') return [asked, link('Signalling', 'up', 'connected'), link('Audio', 'up', 'flows')];
  if (state === 'joining') return [asked, link('Signalling', 'up', 'connected'), link('Audio', 'trying', 'being set up')];
  const waiting = [asked, link('Signalling', 'idle', 'waiting'), link('Audio', 'idle', 'waiting')];
  if (state === 'recovering' && onlineSince === null) return waiting;
  if (state === 'recovering' && reason === 'ice-failed') return [asked, link('Signalling', 'up', 'connected'), link('Audio', 'down', 'interrupted')];
  if (state === 'recovering') return [asked, link('Signalling', 'down', 'interrupted'), link('Audio', 'down', 'interrupted')];
  if (state === 'connecting') return [asked, link('Signalling', 'trying', 'connecting'), link('Audio', 'idle', 'waiting')];
  return waiting;
}
