import { type CountryCode, isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js/max';
import type { DiallingSettings } from '../settings/settings.dto.js';

/**
 * Numbers that reach police, fire brigade or ambulance somewhere. libphonenumber-js knows no short numbers; each of these is refused everywhere unless
 * the settings say otherwise, because what is harmless in one country is an alarm in another.
 */
const emergency: ReadonlySet<string> = new Set([
  '000', '08', '100', '101', '102', '103', '104', '108', '110', '111', '112', '113', '114', '115', '116', '117', '118', '119', '120', '122', '123', '125', '128', '129', '131', '132',
  '133', '140', '144', '150', '155', '158', '160', '161', '166', '180', '190', '191', '192', '193', '194', '195', '196', '197', '198', '199', '911', '922', '933', '991', '993',
  '994', '995', '996', '997', '998', '999', '1122', '1669', '9110', '10111', '10177',
]);

type Rules = Pick<DiallingSettings, 'countries' | 'alsoAllowed' | 'emergency'>;

/**
 * The number to dial, from what a person typed: E.164 with its plus, or an emergency number as it is dialled. Null when it is no number that may be
 * called. Premium-rate numbers need a line of their own in `alsoAllowed`: they cost whoever calls them, which is what toll fraud lives on.
 */
export function whomToCall(typed: string, { countries, alsoAllowed, emergency: mayRaiseAlarm }: Rules): string | null {
  const digits = typed.replace(/\D/g, '');
  const international = typed.trimStart().startsWith('+');
  if (!international && emergency.has(digits)) return mayRaiseAlarm ? digits : null;
  const parsed = parse(typed, countries);
  if (parsed !== undefined && emergency.has(parsed.nationalNumber) && !mayRaiseAlarm) return null;
  const number = parsed?.number ?? (international ? `+${digits}` : null);
  // E.164 ends at fifteen digits.
  if (number === null || !/^\+[1-9][0-9]{1,14}$/.test(number)) return null;
  if (alsoAllowed.some((beginning) => isBeginning(beginning, number))) return number;
  if (!parsed?.isValid() || parsed.country === undefined || parsed.getType() === 'PREMIUM_RATE') return null;
  return countries.some((country) => country.toUpperCase() === parsed.country) ? number : null;
}

/** The number shown to the other side: E.164 where it is one, else its digits. Null when it holds none. */
export function shownNumber(typed: string, { countries }: Pick<Rules, 'countries'>): string | null {
  const digits = typed.replace(/\D/g, '');
  const number = parse(typed, countries)?.number ?? (typed.trimStart().startsWith('+') ? `+${digits}` : digits);
  return /^\+?[0-9]{2,15}$/.test(number) ? number : null;
}

function parse(typed: string, countries: readonly string[]): ReturnType<typeof parsePhoneNumberFromString> {
  const home = countries[0]?.toUpperCase();
  return parsePhoneNumberFromString(typed, home !== undefined && isSupportedCountry(home) ? (home satisfies CountryCode) : undefined);
}

function isBeginning(beginning: string, number: string): boolean {
  const digits = beginning.replace(/\D/g, '');
  return digits !== '' && number.startsWith(`+${digits}`);
}
