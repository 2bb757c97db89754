import { createContext, useContext, useEffect, useEffectEvent, useSyncExternalStore, type ReactNode } from 'react';
import type { LiveEvent, LiveState, LiveStream } from './live-stream.js';

const LiveContext = createContext<LiveStream | null>(null);

/** Keeps the stream open for as long as it is on the page. */
export function LiveProvider({ stream, children }: { stream: LiveStream; children: ReactNode }) {
  useEffect(() => {
    stream.start();
    return () => stream.stop();
  }, [stream]);
  return <LiveContext value={stream}>{children}</LiveContext>;
}

function useStream(): LiveStream {
  const stream = useContext(LiveContext);
  if (!stream) throw new Error('The live stream needs a LiveProvider above it.');
  return stream;
}

export function useLiveState(): LiveState {
  const stream = useStream();
  return useSyncExternalStore(stream.subscribe, stream.getState);
}

/** Calls `work` for every event of the log while the component is on the page. */
export function useLiveEvents(work: (event: LiveEvent) => void): void {
  const stream = useStream();
  const onEvent = useEffectEvent(work);
  useEffect(() => stream.onEvent((event) => onEvent(event)), [stream]);
}

/** Calls `work` when what was read before may have changed unseen. */
export function useResync(work: () => void): void {
  const stream = useStream();
  const onResync = useEffectEvent(work);
  useEffect(() => stream.onResync(() => onResync()), [stream]);
}
