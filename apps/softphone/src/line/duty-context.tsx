import { useLiveEvents, useNow, useResync, useUser } from '@nailup/web';
import { createContext, useContext, useState, type ReactNode } from 'react';
import { dutyIn, type Duty, type WishedState } from './duty.js';
import { useLine, usePicture } from './line-context.js';

/** The manager hears of a new seat from the media server, a little later than she does. Milliseconds. */
const arrivalMs = 5_000;

interface DutyDesk {
  readonly duty: Duty | null;
  /** Asks the manager for another state; resolves when the page shows it. */
  readonly wish: (state: WishedState, reason?: string) => Promise<void>;
}

const DutyContext = createContext<DutyDesk | null>(null);

/** Follows what the manager takes her to be doing, once for the whole page. */
export function DutyProvider({ children }: { children: ReactNode }) {
  const { id } = useUser();
  const { duties, ownStates } = useLine();
  const [duty, setDuty] = useState<Duty | null>(null);
  // An answer may be overtaken by an event; ISO times of one clock compare as text.
  const take = (next: Duty): void => setDuty((before) => (before && before.since > next.since ? before : next));
  useResync(() => void duties.read(id).then(take, () => undefined));
  useLiveEvents((event) => {
    const told = event.subject === id ? dutyIn(event) : null;
    if (told) take(told);
  });
  const wish = async (state: WishedState, reason?: string): Promise<void> => take(await ownStates.whileAsking(duties.set(id, state, reason ?? null)));
  return <DutyContext value={{ duty, wish }}>{children}</DutyContext>;
}

function useDutyDesk(): DutyDesk {
  const desk = useContext(DutyContext);
  if (!desk) throw new Error('useDuty needs a DutyProvider above it.');
  return desk;
}

/** Her duty; null until the manager has told it, and in the moment before it has seen her arrive, when it still says "offline". */
export function useDuty(): Duty | null {
  const { duty } = useDutyDesk();
  const { since } = usePicture();
  const now = useNow();
  return duty?.state === 'offline' && now - since < arrivalMs ? null : duty;
}

export const useWish = (): DutyDesk['wish'] => useDutyDesk().wish;
