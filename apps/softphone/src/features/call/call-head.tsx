import CallMade from '@mui/icons-material/CallMade';
import CallReceived from '@mui/icons-material/CallReceived';
import PauseCircleOutlined from '@mui/icons-material/PauseCircleOutlined';
import PhoneInTalk from '@mui/icons-material/PhoneInTalk';
import Typography from '@mui/material/Typography';
import { useNow } from '@nailup/web';
import type { Call } from '../../calls/manager-calls.js';
import { durationWords, numberText, otherSide, stateWord } from '../../calls/words.js';
import { clockText } from '../../line/clock-text.js';
import { useLine } from '../../line/line-context.js';
import type { CallTone } from './call-frame.js';
import { Clock, HeadGrid } from './head-grid.js';

function Sign({ call: { state, direction } }: { call: Call }) {
  const large = { fontSize: { xs: 24, sm: 28 } };
  if (state === 'held') return <PauseCircleOutlined sx={large} />;
  if (state === 'answered') return <PhoneInTalk sx={large} />;
  return direction === 'inbound' ? <CallReceived sx={large} /> : <CallMade sx={large} />;
}

/** Who it is, how the call stands, for how long; for a caller also by which queue and after what wait. */
export function CallHead({ call, tone }: { call: Call; tone: CallTone }) {
  return <HeadGrid tone={tone} sign={<Sign call={call} />} word={stateWord(call)} number={numberText(otherSide(call))} aside={<Came call={call} />} timer={<Timer call={call} />} />;
}

/** How a caller came here. */
function Came({ call }: { call: Call }) {
  const { managerClock } = useLine();
  const now = useNow();
  if (call.direction !== 'inbound') return call.state === 'held' ? <Aside>Hears music</Aside> : null;
  const waitedMs = (call.answeredAt ? managerClock.onPage(call.answeredAt) : now) - managerClock.onPage(call.startedAt);
  const parts = [call.queue ? `Queue ${call.queue.name}` : 'Called you directly', waitedMs >= 1_000 ? `waited ${durationWords(waitedMs)}` : '', call.state === 'held' ? 'hears music' : ''];
  return <Aside>{parts.filter(Boolean).join(' · ')}</Aside>;
}

const Aside = ({ children }: { children: string }) => <Typography color="textSecondary">{children}</Typography>;

/** For how long: since they are together, and beside it since when on hold. Not read aloud, or it would be read every second. */
function Timer({ call }: { call: Call }) {
  const { managerClock } = useLine();
  const now = useNow();
  if (!call.answeredAt) return null;
  return (
    <Clock ms={now - managerClock.onPage(call.answeredAt)}>
      {call.state === 'held' && (
        <Typography variant="body2" sx={{ color: 'warning.main', fontWeight: 600, whiteSpace: 'nowrap' }}>
          Hold {clockText(now - managerClock.onPage(call.stateSince))}
        </Typography>
      )}
    </Clock>
  );
}
