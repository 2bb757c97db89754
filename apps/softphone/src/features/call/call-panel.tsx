import { visuallyHidden } from '@mui/utils';
import { useNow } from '@nailup/web';
import type { ReactNode } from 'react';
import { useDesk } from '../../calls/desk.js';
import type { Call } from '../../calls/manager-calls.js';
import { durationWords, numberText, otherSide, stateWord } from '../../calls/words.js';
import { usePicture } from '../../line/line-context.js';
import { CallCard } from './call-card.js';
import { StrangerCard } from './stranger-card.js';

/** The manager mostly tells who it is within this: then one announcement is enough. Milliseconds. */
const tellsWithinMs = 1_500;

/** Her call, whatever is known of it: by the manager, or by the media server alone. */
export function CallPanel({ more }: { more?: (call: Call) => ReactNode }) {
  const { call, stranger, left } = useDesk();
  const current = left ? null : call;
  return (
    <>
      <div role="status" aria-live="polite" style={visuallyHidden}>
        {current?.direction === 'outbound' ? `${stateWord(current)}: ${numberText(current.to)}` : current?.state === 'held' ? 'The caller is on hold' : ''}
      </div>
      {/* The caller is brought straight in, so this is all the warning she has: it interrupts what is being read. Said once, by the words not changing. */}
      <div role="status" aria-live="assertive" style={visuallyHidden}>
        {current?.direction === 'inbound' && announcement(current)}
        {stranger && <Untold number={stranger.number} />}
      </div>
      {current && <CallCard key={current.id} call={current} more={more?.(current)} />}
      {stranger && <StrangerCard stranger={stranger} />}
    </>
  );
}

/** Said only when the manager has had its time to say more. */
function Untold({ number }: { number: string }) {
  const { withOthersSince } = usePicture();
  const now = useNow(500);
  return withOthersSince !== null && now - withOthersSince > tellsWithinMs ? `A caller is with you: ${numberText(number)}` : null;
}

function announcement(call: Call): string {
  const waited = call.answeredAt ? Date.parse(call.answeredAt) - Date.parse(call.startedAt) : 0;
  return ['Caller', numberText(otherSide(call)), call.queue ? `from the queue ${call.queue.name}` : '', waited >= 1_000 ? `waited ${durationWords(waited)}` : ''].filter(Boolean).join(', ');
}
