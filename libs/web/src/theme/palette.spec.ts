import { dark, light, type Tones } from './palette.js';

/** WCAG 2.2 relative luminance and contrast ratio. */
const luminance = (hex: string): number => {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const channel = parseInt(hex.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};
const contrast = (a: string, b: string): number => {
  const [hi, lo] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number];
  return (hi + 0.05) / (lo + 0.05);
};

describe.each([
  ['light', light],
  ['dark', dark],
] as [string, Tones][])('the %s palette', (_, tones) => {
  const grounds = [tones.paper, tones.raised, tones.sunken];

  it.each(['ink', 'inkSoft', 'sea', 'good', 'warn', 'bad', 'info'] as const)('lets a person with weak sight read %s on every ground', (tone) => {
    for (const ground of grounds) expect(contrast(tones[tone], ground)).toBeGreaterThanOrEqual(4.5);
  });

  it.each(['good', 'warn', 'bad', 'info'] as const)('lets a person read %s on its own wash', (tone) => {
    expect(contrast(tones[tone], tones[`${tone}Wash`])).toBeGreaterThanOrEqual(4.5);
    expect(contrast(tones.ink, tones[`${tone}Wash`])).toBeGreaterThanOrEqual(4.5);
  });

  it('keeps button text readable and control edges visible', () => {
    expect(contrast(tones.onSea, tones.sea)).toBeGreaterThanOrEqual(4.5);
    for (const ground of grounds) expect(contrast(tones.edge, ground)).toBeGreaterThanOrEqual(3);
  });
});
