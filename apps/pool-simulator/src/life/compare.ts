import type { Pool } from '../pool.js';
import type { ManagerApi } from './manager-api.js';

interface ServerView {
  readonly id: string;
  readonly name: string;
  readonly health: string;
  readonly capacity: number;
  readonly weight: number;
  readonly mode: string;
  readonly utilisation: { readonly agentsInCall: number; readonly reserved: number; readonly talking: number };
}

/** One media server whose counts differ from what it says itself. */
export interface Divergence {
  readonly name: string;
  readonly what: 'agentsInCall' | 'talking';
  readonly manager: number;
  readonly server: number;
}

export interface Comparison {
  readonly divergences: readonly Divergence[];
  /** Most seats on one healthy, active server less fewest on another; where capacities or weights differ, as if all were as large as the largest. */
  readonly spread: number;
  readonly healthy: number;
  readonly agentsInCall: number;
  readonly reserved: number;
  readonly talking: number;
}

/** Holds what the managers count against what the media servers themselves say. Placements that wait for their agent are no divergence. */
export async function compare(pool: Pool, manager: ManagerApi): Promise<Comparison> {
  const views = await manager.all<ServerView>('/media-servers');
  const divergences: Divergence[] = [];
  const loads: number[] = [];
  let largest = 0;
  const sum = { healthy: 0, agentsInCall: 0, reserved: 0, talking: 0 };
  for (const server of pool.servers) {
    const view = views.find(({ name }) => name === server.name);
    if (view === undefined) continue;
    const standing = server.standing();
    const own = {
      agentsInCall: standing.filter(({ agentLegs }) => agentLegs.length > 0).length,
      talking: standing.filter(({ agentLegs, clientLegs }) => agentLegs.length > 0 && clientLegs > 0).length,
    };
    const { agentsInCall, reserved, talking } = view.utilisation;
    for (const what of ['agentsInCall', 'talking'] as const) {
      if (view.utilisation[what] !== own[what]) divergences.push({ name: server.name, what, manager: view.utilisation[what], server: own[what] });
    }
    if (view.health === 'healthy' && view.mode === 'active') {
      sum.healthy += 1;
      const room = view.capacity * view.weight;
      loads.push((agentsInCall + reserved) / room);
      largest = Math.max(largest, room);
    }
    sum.agentsInCall += agentsInCall;
    sum.reserved += reserved;
    sum.talking += talking;
  }
  return { divergences, spread: loads.length === 0 ? 0 : Math.round((Math.max(...loads) - Math.min(...loads)) * largest * 100) / 100, ...sum };
}
