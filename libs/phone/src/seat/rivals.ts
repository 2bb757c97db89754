import type { RivalsPort } from '../ports.js';

/** The part of BroadcastChannel the rivals need. */
export interface TabChannel {
  postMessage(message: unknown): void;
  addEventListener(type: 'message', listener: (event: { data: unknown }) => void): void;
}

/**
 * Rivals over a channel all tabs of this browser hear. A tab never hears its own messages.
 * No secret travels: a placement's id is nothing without its sign-in.
 */
export function tabRivals(channel: TabChannel): RivalsPort {
  const listeners = new Set<(placementId: string) => void>();
  channel.addEventListener('message', ({ data }) => {
    if (typeof data !== 'object' || data === null || !('claimed' in data) || typeof data.claimed !== 'string') return;
    for (const listener of [...listeners]) listener(data.claimed);
  });
  return {
    claim: (placementId) => channel.postMessage({ claimed: placementId }),
    onClaim: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
