import { shownNumber, whomToCall } from './number-rules.js';

const rules = { countries: ['US', 'DE'], alsoAllowed: ['+155501'], emergency: false };

describe('whom an agent may call', () => {
  it.each([
    ['a number of an allowed country', '+12025550142', '+12025550142'],
    ['the same as people write it', '(202) 555-0142', '+12025550142'],
    ['a number of the second country, with its plus', '+49 30 1234567', '+49301234567'],
    ['a toll-free number', '+1 800 555 0100', '+18005550100'],
    ['a number that is allowed besides, though no country has it', '+1 555 0101', '+15550101'],
    ['the same without its plus, as of the first country', '5550101', '+15550101'],
  ])('%s', (_, typed, number) => {
    expect(whomToCall(typed, rules)).toBe(number);
  });

  it.each([
    ['a number of another country', '+33 1 23 45 67 89'],
    ['Jamaica, which begins like the United States', '+1 876 555 0142'],
    ['a premium-rate number at home', '+1 900 555 0142'],
    ['a premium-rate number of the second country', '+49 900 1234567'],
    ['a satellite telephone', '+881612345678'],
    ['a number that is too short', '+1202555'],
    ['a number that is too long', '+120255501421234567'],
    ['a beginning of an allowed number with nothing behind it', '+1'],
    ['a national number of a country that is not the first', '030 1234567'],
    ['an emergency number', '911'],
    ['an emergency number of another country', '112'],
    ['an emergency number behind a country code', '+1911'],
    ['signs without a digit', '+-()'],
    ['nothing', ''],
  ])('never %s', (_, typed) => {
    expect(whomToCall(typed, rules)).toBeNull();
  });

  it('an emergency number is dialled as it is once that was allowed', () => {
    expect(whomToCall('911', { ...rules, emergency: true })).toBe('911');
  });

  it('what is allowed besides goes before everything but emergency', () => {
    expect(whomToCall('+19005550142', { ...rules, alsoAllowed: ['+1900'] })).toBe('+19005550142');
    expect(whomToCall('+1911', { ...rules, alsoAllowed: ['+1'] })).toBeNull();
    expect(whomToCall('+12025550142', { countries: [], alsoAllowed: ['', 'x'], emergency: false })).toBeNull();
  });

  it('with no country nobody may be called, and a country that is none allows nobody', () => {
    expect(whomToCall('+12025550142', { countries: [], alsoAllowed: [], emergency: false })).toBeNull();
    expect(whomToCall('+12025550142', { countries: ['XX'], alsoAllowed: [], emergency: false })).toBeNull();
    expect(whomToCall('+12025550142', { countries: ['us'], alsoAllowed: [], emergency: false })).toBe('+12025550142');
  });
});

describe('the number that is shown', () => {
  it.each([
    ['(202) 555-0142', '+12025550142'],
    ['+1 555 0199', '+15550199'],
    ['4711', '+14711'],
    ['+', null],
    ['1', null],
  ])('%s becomes %s', (typed, number) => {
    expect(shownNumber(typed, rules)).toBe(number);
  });
});
