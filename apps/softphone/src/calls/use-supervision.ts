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

interface Seen {
  readonly callId: string | null;
  /** What had happened when the ladder was read. */
  readonly ladder: readonly Step[];
  /** What the live stream told since the call was here; said once more over the ladder it changes nothing. */
  readonly told: readonly Step[];
}

/** How a supervisor takes part in this call, as far as its agent is to know; null: not at all. By the live stream, and after a reload by the ladder. */
export function useSupervision(callId: string | null): SupervisionMode | null {
  const { calls } = useLine();
  const [seen, setSeen] = useState<Seen>({ callId, ladder: [], told: [] });
  const [round, setRound] = useState(0);
  if (seen.callId !== callId) setSeen({ callId, ladder: [], told: [] });
  useLiveEvents((event) => {
    if (event.subject === callId && event.type === 'call.supervision') setSeen((now) => ({ ...now, told: [...now.told, event] }));
  });
  useResync(() => setRound((before) => before + 1));
  useEffect(() => {
    if (callId === null) return;
    calls.steps(callId).then(
      (ladder) => setSeen((now) => (now.callId === callId ? { ...now, ladder } : now)),
      // The live stream tells of every change all the same.
      () => undefined,
    );
  }, [calls, callId, round]);
  const modes = seen.callId === callId ? [...[...seen.ladder, ...seen.told].reduce<Going>(after, new Map()).values()] : [];
  return order.findLast((mode) => modes.includes(mode)) ?? null;
}
