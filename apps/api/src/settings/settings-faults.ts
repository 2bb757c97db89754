import { isSupportedCountry } from 'libphonenumber-js/max';
import type { FieldFault } from '../problem/problem.js';
import type { ChangeSettingsBody } from './settings.dto.js';

const beginning = /^\+[1-9][0-9]{0,14}$/;

/** What no field can tell of itself: lists in the place of dispositions, codes that stand twice, and which element of a list is no country and no beginning of a number. */
export function settingsFaults({ dispositions, dialling }: ChangeSettingsBody): FieldFault[] {
  const codes = (dispositions ?? []).map(({ code }) => code);
  return [
    // class-validator looks into a list within the list, and lets an empty one pass.
    ...(dispositions ?? []).flatMap((one, at) => (Array.isArray(one) ? [{ pointer: `/dispositions/${at}`, message: 'must be an object' }] : [])),
    ...codes.flatMap((code, at) => (codes.indexOf(code) < at ? [{ pointer: `/dispositions/${at}/code`, message: 'stands there already' }] : [])),
    ...misfits('/dialling/countries', dialling?.countries, isSupportedCountry, 'must be the ISO 3166 code of a country, as US'),
    ...misfits('/dialling/alsoAllowed', dialling?.alsoAllowed, (text) => beginning.test(text), 'must be the beginning of a number, as +155501'),
  ];
}

function misfits(list: string, values: readonly string[] | undefined, fits: (text: string) => boolean, message: string): FieldFault[] {
  return (values ?? []).flatMap((text, at) => (fits(text) ? [] : [{ pointer: `${list}/${at}`, message }]));
}
