import { explain, useResync, useUser, type Explanation } from '@nailup/web';
import { useRef, useState } from 'react';
import { useLine } from '../line/line-context.js';
import type { Call, Settings } from './manager-calls.js';

/** Something read from the manager: what was read last stays when a later reading fails. */
export interface Reading<T> {
  readonly value: T | null;
  /** Why the last reading failed; null when it did not. */
  readonly why: Explanation | null;
  readonly pending: boolean;
  refresh(): void;
}

function useReading<T>(read: () => Promise<T>): Reading<T> & { change(work: (value: T) => T): void } {
  const [state, setState] = useState<{ value: T | null; why: Explanation | null; pending: boolean }>({ value: null, why: null, pending: true });
  const turn = useRef(0);
  const refresh = (): void => {
    const mine = ++turn.current;
    setState((before) => ({ ...before, pending: true }));
    read().then(
      (value) => mine === turn.current && setState({ value, why: null, pending: false }),
      (error: unknown) => mine === turn.current && setState((before) => ({ ...before, why: explain(error), pending: false })),
    );
  };
  useResync(refresh);
  return { ...state, refresh, change: (work) => setState((before) => (before.value === null ? before : { ...before, value: work(before.value) })) };
}

/** What holds for the whole pool: pause reasons, dispositions, how long a wrap-up lasts. */
export function useSettingsReading(): Reading<Settings> {
  const { calls } = useLine();
  return useReading(() => calls.settings());
}

export interface History extends Reading<readonly Call[]> {
  readonly hasMore: boolean;
  /** Reads the next older ones. Rejects when that fails. */
  more(): Promise<void>;
}

/** Her calls of the past, newest first. */
export function useHistoryReading(): History {
  const { id } = useUser();
  const { calls } = useLine();
  const { value, change, ...reading } = useReading(() => calls.recent(id));
  return {
    ...reading,
    value: value?.items ?? null,
    hasMore: (value?.nextCursor ?? null) !== null,
    async more() {
      if (!value?.nextCursor) return;
      const next = await calls.recent(id, value.nextCursor);
      change(({ items }) => ({ items: [...items, ...next.items.filter((older) => items.every((known) => known.id !== older.id))], nextCursor: next.nextCursor }));
    },
  };
}
