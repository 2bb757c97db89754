/** A duration as a clock shows it: `0:07`, `12:30`, `1:02:05`. Below zero counts as zero: clocks of two machines never agree. */
export function clockText(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const two = (part: number): string => String(part).padStart(2, '0');
  return h > 0 ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`;
}

const units: readonly [string, number][] = [
  ['h', 3600],
  ['min', 60],
  ['s', 1],
];

/** A limit in the words of whoever set it: 90 -> `1 min 30 s`. */
export function secondsText(seconds: number): string {
  let rest = seconds;
  const parts = units.flatMap(([unit, size]) => {
    const count = Math.floor(rest / size);
    rest -= count * size;
    return count > 0 ? [`${count} ${unit}`] : [];
  });
  return parts.join(' ') || '0 s';
}
