import type { Call, Directory } from '../../calls/manager-calls.js';
import { numberText, otherSide } from '../../calls/words.js';

type Consultation = NonNullable<Call['consultation']>;

/** Somebody a caller can be handed on to, as it is shown and as it is asked for. */
export interface Choice {
  readonly to: string;
  readonly name: string;
  readonly more: string;
  /** Can be chosen now. */
  readonly free: boolean;
  /** Can be talked with first. */
  readonly talks: boolean;
}

const stateWords: Readonly<Record<Directory['items'][number]['state'], string>> = { ready: 'ready', 'on-call': 'on a call', 'wrap-up': 'wrapping up', paused: 'paused', offline: 'offline' };

/** Whom the text she typed may mean: a number if it looks like one, then colleagues and queues by any part of their names. */
export function choices({ items, queues }: Directory, text: string): Choice[] {
  const wanted = text.trim().toLowerCase();
  const fits = (...names: string[]): boolean => names.some((name) => name.toLowerCase().includes(wanted));
  const number = /^[+0-9().\-/ ]+$/.test(wanted) && /[0-9]{2}/.test(wanted.replace(/[^0-9]/g, ''));
  return [
    ...(number ? [{ to: text.trim(), name: numberText(text.trim()), more: 'number', free: true, talks: true }] : []),
    ...items
      .filter(({ username, displayName }) => fits(username, displayName))
      .map(({ username, displayName, state, free }) => ({ to: `agent:${username}`, name: displayName, more: free || state !== 'ready' ? stateWords[state] : 'no seat', free, talks: true })),
    ...queues.filter(({ name }) => fits(name)).map(({ name, waiting }) => ({ to: `queue:${name}`, name, more: waiting === 0 ? 'queue, nobody waits' : `queue, ${waiting} waiting`, free: true, talks: false })),
  ];
}

/** Who is asked, by name or number. */
export const askedName = ({ displayName, to }: Consultation): string => displayName ?? numberText(to.replace(/^agent:/, ''));

/** Who hears whom, in a sentence. */
export function whoHearsWhom(call: Call, consultation: Consultation): string {
  const client = numberText(otherSide(call));
  const asked = askedName(consultation);
  if (consultation.state !== 'answered') return `${asked} is being called. ${client} hears ${call.state === 'held' ? 'music' : 'you'}.`;
  return call.state === 'held' ? `You and ${asked} hear each other. ${client} hears music.` : `You, ${asked} and ${client} all hear each other.`;
}

const endings: Readonly<Partial<Record<NonNullable<Consultation['endReason']>, string>>> = {
  busy: 'is busy', 'no-answer': 'did not answer', rejected: 'did not take the call', congestion: 'could not be reached', 'media-server-failed': 'was cut off',
};

/** What became of the last consultation, while the caller still hears music. */
export function unansweredText({ consultation }: Call): string | null {
  if (!consultation) return null;
  return `${askedName(consultation)} ${(consultation.endReason && endings[consultation.endReason]) ?? 'has left'}. The caller still hears music: resume the call, or transfer it.`;
}
