import { getConfig } from '@testing-library/react';
import axe from 'axe-core';

/**
 * What a checker of WCAG 2.2 A and AA finds on the page, one line for each rule that is broken. Contrast and the shape of glyphs need real pixels: libs/web's palette.spec
 * keeps it, and the stories in a browser.
 */
export async function barriers(): Promise<string[]> {
  let found: axe.Result[] = [];
  // The clocks on the page tick on meanwhile, as they do while something is waited for.
  await getConfig().asyncWrapper(async () => {
    const { violations } = await axe.run(document.body, {
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
      rules: { 'color-contrast': { enabled: false }, 'label-content-name-mismatch': { enabled: false } },
      resultTypes: ['violations'],
    });
    found = violations;
  });
  return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')}`);
}
