import Box from '@mui/material/Box';
import { useNow } from '@nailup/web';
import type { ReactNode } from 'react';
import { isLive } from '../../shared/calls.js';
import type { Call } from '../../shared/contract.js';
import { clockText } from '../../shared/duration.js';
import { Moment, None, Soft } from '../../shared/text.js';
import { LegTree } from './leg-tree.js';
import { directionNames, endText, talkMs } from './words.js';

interface CallFactsProps {
  call: Call;
  conference: string | null;
  /** What the settings call a disposition. */
  dispositionName: (code: string) => string;
}

/** All that is known of one call. What is not known is left out, not shown as nothing. */
export function CallFacts({ call, conference, dispositionName }: CallFactsProps) {
  const end = endText(call);
  const { quality } = call;
  return (
    <Box component="dl" sx={{ display: 'grid', gridTemplateColumns: 'max-content minmax(0, 1fr)', columnGap: 2, rowGap: 0.5, m: 0, fontSize: '0.875rem', '& dt': { color: 'text.secondary' }, '& dd': { m: 0, minWidth: 0, overflowWrap: 'anywhere' } }}>
      <Fact name="From">{call.from || <None what="not told" />}</Fact>
      <Fact name="To">{call.to}</Fact>
      <Fact name="Direction">{directionNames[call.direction]}</Fact>
      <Fact name="Legs">
        <LegTree call={call} conference={conference} wrap />
      </Fact>
      {call.queue && <Fact name="Queue">{call.queue.name}</Fact>}
      <Fact name="Began">
        <Moment at={call.startedAt} />
      </Fact>
      {call.answeredAt && (
        <Fact name="Answered">
          <Moment at={call.answeredAt} /> <Soft>after {clockText(Date.parse(call.answeredAt) - Date.parse(call.startedAt))}</Soft>
        </Fact>
      )}
      <Talk call={call} />
      {end && call.endedAt && (
        <Fact name="Ended">
          {end.how} <Soft>at </Soft>
          <Moment at={call.endedAt} />
          {(end.network !== null || call.hangupCause !== null) && (
            <Box>
              <Soft>
                {[end.network, call.hangupCause === null ? null : `cause ${call.hangupCause} of Q.850`].filter(Boolean).join(', ')}
              </Soft>
            </Box>
          )}
        </Fact>
      )}
      {quality && (
        <Fact name="Quality">
          {[
            quality.mos !== null && `MOS ${quality.mos.toFixed(1)}`,
            quality.lossPercent !== null && `${quality.lossPercent.toFixed(1)} % lost`,
            quality.jitterMs !== null && `jitter ${Math.round(quality.jitterMs)} ms`,
            quality.rttMs !== null && `round trip ${Math.round(quality.rttMs)} ms`,
          ]
            .filter(Boolean)
            .join(' · ')}
        </Fact>
      )}
      {call.disposition && <Fact name="Disposition">{dispositionName(call.disposition)}</Fact>}
      {call.note && (
        <Fact name="Note">
          <Box sx={{ whiteSpace: 'pre-wrap' }}>{call.note}</Box>
        </Fact>
      )}
      <Fact name="Call id">
        <Soft>{call.id}</Soft>
      </Fact>
    </Box>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  );
}

function Talk({ call }: { call: Call }) {
  const talk = talkMs(call, useNow());
  if (talk === null) return null;
  return <Fact name={isLive(call) ? 'Up for' : 'Lasted'}>{clockText(talk)}</Fact>;
}
