import type { Participant } from '@nailup/phone';
import { useLiveEvents, useLiveState, useResync, useUser } from '@nailup/web';
import { createContext, useContext, useEffect, useEffectEvent, useState, useSyncExternalStore, type ReactNode } from 'react';
import { useLine, usePicture } from '../line/line-context.js';
import { CallBoard, type Board } from './call-board.js';
import type { Call, Settings } from './manager-calls.js';
import { useHistoryReading, useSettingsReading, type History, type Reading } from './use-readings.js';

/** Everything about calls that lies on an agent's desk. */
export interface Desk extends Board {
  /** Shows what the manager answered to an order. */
  take(call: Call): void;
  /** The end of the last call has been seen. */
  putAway(): void;
  /** Who is with her by the word of the media server, when the manager has not told of a call. */
  readonly stranger: Participant | null;
  /** The manager still shows a call whose caller has left the room, and cannot tell: the media server is believed. */
  readonly left: boolean;
  readonly history: History;
  readonly settings: Reading<Settings>;
}

const DeskContext = createContext<Desk | null>(null);

/** Reads calls, history and settings once for the whole page. Needs the live stream and the line above it. */
export function DeskProvider({ children }: { children: ReactNode }) {
  const { id } = useUser();
  const { calls } = useLine();
  const [board] = useState(() => new CallBoard(calls, id));
  const current = useSyncExternalStore(board.subscribe, board.board);
  useResync(() => board.resync());
  useLiveEvents((event) => board.hear(event));
  const history = useHistoryReading();
  const settings = useSettingsReading();
  const { others, state } = usePicture();
  const { phase } = useLiveState();
  const endedId = current.ended?.id;
  const refresh = useEffectEvent(() => history.refresh());
  useEffect(() => {
    if (endedId) refresh();
  }, [endedId]);

  const { call } = current;
  const live = phase === 'live';
  /** Legs in the room that belong to a call the manager told of: when that ends a moment before its leg goes, nobody new is with her. */
  const [known, setKnown] = useState<ReadonlySet<string>>(new Set());
  if (call && live && others.some((other) => !known.has(other.id))) setKnown(new Set(others.map((other) => other.id)));
  const left = call?.state === 'answered' && !live && state === 'ready' && !others.some((other) => known.has(other.id));
  const stranger = call && !left ? null : (others.find((other) => !known.has(other.id)) ?? null);
  return <DeskContext value={{ ...current, take: board.take, putAway: board.putAway, stranger, left, history, settings }}>{children}</DeskContext>;
}

export function useDesk(): Desk {
  const desk = useContext(DeskContext);
  if (!desk) throw new Error('useDesk needs a DeskProvider above it.');
  return desk;
}

/** Is somebody with her, or on the way to her or from her? Leaving now would cut a person off. */
export function useOnCall(): boolean {
  const { call, stranger, left } = useDesk();
  return stranger !== null || (call !== null && !left);
}

/** Her national numbers are those of the first country that may be called. */
export function useCountry(): string | undefined {
  return useDesk().settings.value?.dialling.countries[0];
}
