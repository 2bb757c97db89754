import type { MediaServer } from '../../shared/contract.js';

/** The fleet in one line: who can take agents, and how many seats are gone. */
export function fleetSummary(servers: readonly MediaServer[]): string {
  const open = servers.filter(({ mode, health }) => mode === 'active' && health === 'healthy');
  const sum = (of: (server: MediaServer) => number, among: readonly MediaServer[] = servers): number => among.reduce((total, server) => total + of(server), 0);
  const agents = sum(({ utilisation }) => utilisation.agentsInCall);
  const reserved = sum(({ utilisation }) => utilisation.reserved);
  const seats = sum(({ capacity }) => capacity, open);
  return [
    `${open.length} of ${servers.length} take agents${open.length > 0 ? `, with ${seats} seats` : ''}`,
    `${agents} ${agents === 1 ? 'agent' : 'agents'} in call${reserved > 0 ? `, ${reserved} reserved` : ''}`,
  ].join(' · ');
}

/** Why the managers move nobody at present although much of the fleet is silent, or null. They give it as the reason of each media server concerned. */
export function freezeOf(servers: readonly MediaServer[]): string | null {
  return servers.find(({ health, healthReason }) => health === 'suspect' && /a fault of our own network/.test(healthReason ?? ''))?.healthReason ?? null;
}
