import { useState } from 'react';
import { useDesk } from '../../calls/desk.js';
import type { Call } from '../../calls/manager-calls.js';
import { useDuty } from '../../line/duty-context.js';
import { EndedCard } from './ended-card.js';

/** The call that has just ended: how, what came of it, and how long until the next one. */
export function WrapUpPanel() {
  const { call, ended, history, putAway } = useDesk();
  const duty = useDuty();
  const [done, setDone] = useState<string | null>(null);
  const [typed, setTyped] = useState<string | null>(null);
  /** The call whose wrap-up this page has seen: when that is over by itself, its card goes, unless something in it is not saved. */
  const [wrapped, setWrapped] = useState<string | null>(null);

  const inWrapUp = duty?.state === 'wrap-up';
  const last = ended ?? (inWrapUp ? newestOf(history.value) : null);
  if (inWrapUp && last && wrapped !== last.id) setWrapped(last.id);
  if (!last || last.id === done) return null;
  const unsaved = typed === last.id;
  if (!unsaved && (call !== null || (!inWrapUp && wrapped === last.id))) return null;
  return (
    <EndedCard
      key={last.id}
      call={last}
      wrapUp={inWrapUp ? duty : null}
      onTyped={(some) => setTyped(some ? last.id : null)}
      onDone={() => {
        setTyped(null);
        setDone(last.id);
        putAway();
      }}
    />
  );
}

/** After a reload nobody has told which call just ended: the newest one of hers is it. */
function newestOf(calls: readonly Call[] | null): Call | null {
  const newest = calls?.[0];
  return newest?.state === 'ended' && newest.answeredAt && newest.disposition === null ? newest : null;
}
