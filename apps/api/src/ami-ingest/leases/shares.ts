import type { LeasedServer } from './lease.repository.js';

export interface LeasePlan {
  /** Held, and still ours. */
  readonly keep: readonly LeasedServer[];
  /** Held until now, and somebody else's, disabled or deleted meanwhile: stop watching. */
  readonly lost: readonly string[];
  /** More than our share: hand over. */
  readonly spare: readonly LeasedServer[];
  /** Nobody's, and within our share. */
  readonly claim: readonly string[];
}

/**
 * What this manager should do about its leases. Pure.
 * @param held epochs by media server, as this manager believes
 * @param managers the names of those that live, this one included
 * @param chance from 0 to 1: managers that begin together reach for different servers first
 */
export function planLeases(me: string, servers: readonly LeasedServer[], held: ReadonlyMap<string, number>, managers: readonly string[], chance: () => number): LeasePlan {
  const ours = servers.filter(({ id, owner, epoch }) => owner === me && held.get(id) === epoch);
  const oursById = new Set(ours.map(({ id }) => id));
  const share = Math.ceil(servers.length / Math.max(1, managers.length));
  const fair = Math.floor(servers.length / Math.max(1, managers.length));
  // Who has one more than the fair share gives it away while another manager has less than that: no two differ by more than one.
  const fewest = Math.min(...managers.filter((name) => name !== me).map((name) => servers.filter(({ owner, leased }) => leased && owner === name).length));
  const mayKeep = fewest < fair ? fair : share;
  const free = servers.filter(({ id, owner, leased }) => !oursById.has(id) && (owner === null || !leased));
  return {
    keep: ours.slice(0, mayKeep),
    lost: [...held.keys()].filter((id) => !oursById.has(id)),
    spare: ours.slice(mayKeep),
    claim: shuffled(free, chance).slice(0, Math.max(0, mayKeep - ours.length)).map(({ id }) => id),
  };
}

function shuffled<T>(items: readonly T[], chance: () => number): T[] {
  return items.map((item) => ({ item, at: chance() })).sort((a, b) => a.at - b.at).map(({ item }) => item);
}
