import { useLiveEvents, useResync } from '@nailup/web';
import { useEffect, useState } from 'react';
import { useLine } from '../line/line-context.js';

/** How a supervisor takes part in a call. */
export type SupervisionMode = 'listen' | 'whisper' | 'barge';

interface Step {
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** From the least to the most: of several supervisors the one who takes part most is shown. */
const order: readonly SupervisionMode[] = ['listen', 'whisper', 'barge'];

type Going = ReadonlyMap<string, SupervisionMode>;

/** The supervisions that go on after a step. One the policy hides from agents is none here, though a supervisor at a softphone hears of it. */
function after(going: Going, { type, data }: Step): Going {
  const { supervisionId: id, action, visibleToAgent } = data;
  const mode = order.find((known) => known === data['mode']);
  if (type !== 'call.supervision' || typeof id !== 'string' || visibleToAgent !== true || mode === undefined) return going;
  const next = new Map(going);
  if (action === 'ended') next.delete(id);
  else next.set(id, mode);
  return next;
}

/** How a supervisor takes part in this call, as far as its agent is to know; null: not at all. By the live stream, and after a reload by the ladder. */
export function useSupervision(callId: string | null): SupervisionMode | null {
  const { calls } = useLine();
  const [seen, setSeen] = useState<{ callId: string | null; going: Going }>({ callId, going: new Map() });
  if (seen.callId !== callId) setSeen({ callId, going: new Map() });
  useLiveEvents((event) => {
    if (event.subject === callId) setSeen((now) => ({ callId, going: after(now.callId === callId ? now.going : new Map(), event) }));
  });
  const [resyncs, setResyncs] = useState(0);
  useResync(() => setResyncs((count) => count + 1));
  useEffect(() => {
    if (callId === null) return;
    let wanted = true;
    calls.steps(callId).then(
      (steps) => wanted && setSeen({ callId, going: steps.reduce<Going>(after, new Map()) }),
      // The live stream tells of every change all the same.
      () => undefined,
    );
    return () => void (wanted = false);
  }, [calls, callId, resyncs]);
  const modes = seen.callId === callId ? [...seen.going.values()] : [];
  return order.findLast((mode) => modes.includes(mode)) ?? null;
}
