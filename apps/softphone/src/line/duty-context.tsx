import { useLiveEvents, useNow, useResync, useUser } from '@nailup/web';
import { createContext, useCallback, useContext, useMemo, useState, type ReactNode } from 'react';
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
  const { duties } = useLine();
  const [duty, setDuty] = useState<Duty | null>(null);
  // An answer may be overtaken by an event; ISO times of one clock compare as text.
  const take = useCallback((next: Duty): void => setDuty((before) => (before && before.since > next.since ? before : next)), []);
  useResync(() => void duties.read(id).then(take, () => undefined));
  useLiveEvents((event) => {
    const told = event.subject === id ? dutyIn(event) : null;
    if (told) take(told);
  });
  const { since } = usePicture();
  const now = useNow();
  const arriving = duty?.state === 'offline' && now - since < arrivalMs;
  const shown = arriving ? null : duty;
  // One object while nothing changes: whoever looks at her duty must not be drawn anew every second.
  const desk = useMemo(
    () => ({ duty: shown, wish: async (state: WishedState, reason?: string) => take(await duties.set(id, state, reason ?? null)) }),
    [shown, take, id, duties],
  );
  return <DutyContext value={desk}>{children}</DutyContext>;
}

function useDutyDesk(): DutyDesk {
  const desk = useContext(DutyContext);
  if (!desk) throw new Error('useDuty needs a DutyProvider above it.');
  return desk;
}

/** Her duty; null until the manager has told it, and in the moment before it has seen her arrive, when it still says "offline". */
export const useDuty = (): Duty | null => useDutyDesk().duty;

export const useWish = (): DutyDesk['wish'] => useDutyDesk().wish;
