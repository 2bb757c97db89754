// @ts-check
// The picture of a run: each figure with a goal as a share of it, on one scale. What reaches the line has met its goal.
import { short } from './figures.mjs';

const width = 900;
const left = 430;
const row = 26;
const scale = 220;

/** How far a figure goes, with 1 for the goal itself. @param {import('./figures.mjs').Figure} figure @param {number} value */
const share = ({ goal, bound }, value) => {
  const most = bound === 'most';
  // A goal of "none at all" has no share; it is met or it is not.
  if (goal === 0 || (most && value === 0)) return value <= /** @type {number} */ (goal) ? 2 : 0;
  return most ? /** @type {number} */ (goal) / value : value / /** @type {number} */ (goal);
};
const escape = (/** @type {string} */ text) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');

/** @param {readonly import('./figures.mjs').Figure[]} figures @returns {string} an SVG document */
export function plot(figures) {
  const judged = figures.filter(({ goal }) => goal !== null);
  const height = 50 + judged.length * row;
  const at = (/** @type {number} */ part) => left + Math.min(2, part) * scale;
  const rows = judged.map((figure, index) => {
    const y = 40 + index * row;
    const [from, to] = figure.spread.map((value) => at(share(figure, value))).sort((a, b) => a - b);
    const colour = figure.met ? '#2e7d32' : '#c62828';
    return [
      `<text x="${left - 10}" y="${y + 12}" text-anchor="end">${escape(figure.name)}</text>`,
      `<rect x="${left}" y="${y}" width="${(at(share(figure, figure.value)) - left).toFixed(1)}" height="16" fill="${colour}" opacity="0.75"/>`,
      `<line x1="${from.toFixed(1)}" x2="${to.toFixed(1)}" y1="${y + 8}" y2="${y + 8}" stroke="#111" stroke-width="2"/>`,
      `<text x="${left + 6}" y="${y + 12}" fill="#fff">${escape(`${short(figure.value)} ${figure.unit}`)}</text>`,
    ].join('');
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="sans-serif" font-size="11">`,
    `<rect width="${width}" height="${height}" fill="#fff"/>`,
    ...rows,
    `<line x1="${at(1)}" x2="${at(1)}" y1="28" y2="${height - 6}" stroke="#111" stroke-dasharray="4 3"/>`,
    `<text x="${at(1)}" y="22" text-anchor="middle">goal</text>`,
    `<text x="${at(2)}" y="22" text-anchor="end">twice as good, or better</text>`,
    '</svg>', '',
  ].join('\n');
}
