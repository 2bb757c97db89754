import type { MediaServer, Sample } from '../../shared/contract.js';

/** One line of the plot. */
export interface Series {
  id: string;
  name: string;
  colour: string;
  dash: number[] | undefined;
  /** Agents in call, one per time; null where nothing is known. */
  values: (number | null)[];
}

// Told apart also by people who confuse red and green; from the ninth line on the pattern repeats, dashed.
const colours = { light: ['#0f6b70', '#b3541e', '#5b4fb0', '#8a6d00', '#b03a6f', '#2f6fb5', '#4d7a1f', '#6b5a4d'], dark: ['#74c7c2', '#f0a06c', '#aaa1f2', '#dfc45a', '#ef8fb8', '#8fc0f2', '#a9d17a', '#cbb8a6'] };

const dealt = new Map<string, number>();

/** The colour's place of a server: dealt once and kept for as long as the page lives, whoever comes between in the list. */
export function placeOf(serverId: string): number {
  const place = dealt.get(serverId) ?? dealt.size;
  dealt.set(serverId, place);
  return place;
}

export function lineStyle(index: number, scheme: 'light' | 'dark'): { colour: string; dash: number[] | undefined } {
  const set = colours[scheme];
  return { colour: set[index % set.length] as string, dash: index >= set.length ? [6, 4] : undefined };
}

export interface History {
  server: Pick<MediaServer, 'id' | 'name'>;
  samples: Sample[];
  /** What the live stream says now; null when nothing trustworthy is known. */
  now: number | null;
}

/**
 * Puts the histories of several servers on one row of times: each sample falls into its step, a step nobody reported stays empty,
 * and the last column is the present.
 * @param now epoch ms
 */
export function align(histories: readonly History[], fromMs: number, now: number, stepSeconds: number): { times: number[]; values: (number | null)[][] } {
  const step = stepSeconds * 1000;
  const first = Math.ceil(fromMs / step) * step;
  const times: number[] = [];
  for (let at = first; at < now; at += step) times.push(at / 1000);
  const values = histories.map(({ samples, now: present }) => {
    const bySlot = new Map(samples.map(({ at, agentsInCall }) => [Math.floor(Date.parse(at) / step) * step, agentsInCall]));
    return [...times.map((at) => bySlot.get(at * 1000) ?? null), present];
  });
  return { times: [...times, now / 1000], values };
}
