import { AsYouType, parsePhoneNumberFromString, type CountryCode } from 'libphonenumber-js/min';
import type { Call } from './manager-calls.js';

const colleague = /^agent:/;

/** The other side of a call, as a number; of a consultation between colleagues, the user name of who asks. */
export function otherSide({ direction, from, to }: Pick<Call, 'direction' | 'from' | 'to'>): string {
  return colleague.test(to) ? from.replace(colleague, '') : direction === 'inbound' ? from : to;
}

/** Whether somebody is being asked about this call, so that there are three. */
export const isConsulting = ({ consultation }: Pick<Call, 'consultation'>): boolean => consultation !== null && consultation.state !== 'ended';

/** Numbers of carriers that hide the caller come as words or empty. */
const withheld = /^(anonymous|unknown|restricted|unavailable|)$/i;

/** A number as people write it: `+1 555 123 4567`. What is no number stays as it is. */
export function numberText(number: string): string {
  if (withheld.test(number)) return 'Number withheld';
  if (!number.startsWith('+')) return number;
  return parsePhoneNumberFromString(number)?.formatInternational() ?? number;
}

/** What she may type or paste into a number: the manager reads any common notation. */
export const dialable = (text: string): string =>
  text
    .replace(/^\s*(tel|sip|callto):/i, '')
    .replace(/[\u00a0\u2000-\u200b]/g, ' ')
    .replace(/[\u2010-\u2015\u2212]/g, '-')
    .replace(/[^+0-9().\-/ ]/g, '')
    .slice(0, 64);

/** The number formatted as far as it is typed. @param country whose national numbers are understood, ISO 3166 */
export function asTyped(text: string, country: string | undefined): string {
  const bare = text.replace(/[^+0-9]/g, '');
  return bare ? new AsYouType(country as CountryCode | undefined).input(bare) : '';
}

/** Where the number leads, in words, as far as it can be told: "United States". */
export function countryOf(text: string, country: string | undefined, language = 'en'): string | null {
  const typing = new AsYouType(country as CountryCode | undefined);
  typing.input(text.replace(/[^+0-9]/g, ''));
  const found = typing.getCountry();
  return found ? (new Intl.DisplayNames([language], { type: 'region' }).of(found) ?? null) : null;
}

/** The state of a call in two words at most. */
export function stateWord({ state, direction, purpose }: Pick<Call, 'state' | 'direction' | 'purpose'>): string {
  if (purpose === 'consultation' && state !== 'ended') return state === 'answered' ? 'A colleague asks you' : 'A colleague wants to ask you';
  if (state === 'ringing') return direction === 'inbound' ? 'Incoming caller' : 'Ringing';
  return { queued: 'Waiting', dialing: 'Calling', answered: 'In call', held: 'On hold', ended: 'Call ended' }[state];
}

/** How a call ended, in words for her who was in it. */
export function endWords({ direction, endReason, hangupText, answeredAt }: Pick<Call, 'direction' | 'endReason' | 'hangupText' | 'answeredAt'>): string {
  switch (endReason) {
    case 'caller-hung-up':
      return direction === 'inbound' ? 'The caller hung up' : 'The other side hung up';
    case 'agent-hung-up':
      return 'You hung up';
    case 'busy':
      return 'The line was busy';
    case 'no-answer':
      return 'Nobody answered';
    case 'cancelled':
      return 'You cancelled before it was answered';
    case 'rejected':
      return hangupText ?? 'The call was rejected';
    case 'congestion':
      return hangupText ?? 'The network could not connect the call';
    case 'media-server-failed':
      return 'Cut off: the media server failed';
    case 'abandoned':
      return 'The caller gave up waiting';
    case 'transferred':
      return 'Passed on to somebody else';
    case 'limit':
      return 'Ended: it reached the longest time allowed';
    case null:
      return answeredAt ? 'Call ended' : 'Not connected';
  }
}

/** A duration in words: `8 s`, `1 min 20 s`, `1 h 5 min`. Milliseconds. */
export function durationWords(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000));
  if (seconds < 60) return `${seconds} s`;
  const [hours, minutes, rest] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  if (hours > 0) return minutes > 0 ? `${hours} h ${minutes} min` : `${hours} h`;
  return rest > 0 ? `${minutes} min ${rest} s` : `${minutes} min`;
}
