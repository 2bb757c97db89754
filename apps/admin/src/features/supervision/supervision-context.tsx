import { useLiveEvents } from '@nailup/web';
import { createContext, useContext, useEffect, useState, useSyncExternalStore, type ReactNode } from 'react';
import { useApi } from '../../shared/api-context.js';
import { Supervising, type ConsoleEar, type SupervisionPicture } from './supervising.js';

const SupervisionContext = createContext<Supervising | null>(null);

/** Holds the supervision above all pages, so that it stays while she walks between them; it ends when she signs out. */
export function SupervisionProvider({ loadEar, children }: { loadEar: () => Promise<ConsoleEar>; children: ReactNode }) {
  const api = useApi();
  const [supervising] = useState(() => new Supervising(api.calls, loadEar));
  useLiveEvents((event) => supervising.hear(event));
  useEffect(() => supervising.stop, [supervising]);
  return <SupervisionContext value={supervising}>{children}</SupervisionContext>;
}

export function useSupervising(): { supervising: Supervising; picture: SupervisionPicture } {
  const supervising = useContext(SupervisionContext);
  if (!supervising) throw new Error('useSupervising needs a SupervisionProvider above it.');
  return { supervising, picture: useSyncExternalStore(supervising.subscribe, supervising.picture) };
}
