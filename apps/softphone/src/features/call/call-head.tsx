import CallMade from '@mui/icons-material/CallMade';
import CallReceived from '@mui/icons-material/CallReceived';
import PauseCircleOutlined from '@mui/icons-material/PauseCircleOutlined';
import PhoneInTalk from '@mui/icons-material/PhoneInTalk';
import Box from '@mui/material/Box';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import { useNow } from '@nailup/web';
import { useDesk } from '../../calls/desk.js';
import type { Call } from '../../calls/manager-calls.js';
import { durationWords, numberText, otherSide, stateWord } from '../../calls/words.js';
import { clockText } from '../../line/clock-text.js';
import { useLine } from '../../line/line-context.js';
import type { CallTone } from './call-frame.js';

const washes: Record<CallTone, { color: string; bgcolor: string }> = {
  calm: { color: 'text.secondary', bgcolor: 'var(--nailup-sunken)' },
  busy: { color: 'info.main', bgcolor: 'info.light' },
  good: { color: 'success.main', bgcolor: 'success.light' },
  warn: { color: 'warning.main', bgcolor: 'warning.light' },
};

function Sign({ call: { state, direction } }: { call: Call }) {
  const large = { fontSize: 28 };
  if (state === 'held') return <PauseCircleOutlined sx={large} />;
  if (state === 'answered') return <PhoneInTalk sx={large} />;
  return direction === 'inbound' ? <CallReceived sx={large} /> : <CallMade sx={large} />;
}

/** Who it is, how the call stands, for how long; for a caller also by which queue and after what wait. */
export function CallHead({ call, tone }: { call: Call; tone: CallTone }) {
  return (
    <Stack direction="row" spacing={2} sx={{ alignItems: 'center' }}>
      <Box aria-hidden sx={{ ...washes[tone], width: 56, height: 56, flex: 'none', borderRadius: '50%', display: 'grid', placeItems: 'center' }}>
        <Sign call={call} />
      </Box>
      <Box sx={{ flex: 1, minWidth: 0 }}>
        <Typography sx={{ fontWeight: 600, color: washes[tone].color }}>{stateWord(call)}</Typography>
        <Typography variant="h2" sx={{ fontSize: { xs: '1.375rem', sm: '1.75rem' }, overflowWrap: 'anywhere' }}>
          {numberText(otherSide(call))}
        </Typography>
        <Came call={call} />
      </Box>
      <Timer call={call} />
    </Stack>
  );
}

/** How a caller came here. */
function Came({ call }: { call: Call }) {
  const { managerClock } = useLine();
  const now = useNow();
  if (call.direction !== 'inbound') return call.state === 'held' ? <Aside>They hear music.</Aside> : null;
  const waitedMs = (call.answeredAt ? managerClock.onPage(call.answeredAt) : now) - managerClock.onPage(call.startedAt);
  const parts = [call.queue ? `Queue ${call.queue.name}` : 'Called you directly', waitedMs >= 1_000 ? `waited ${durationWords(waitedMs)}` : '', call.state === 'held' ? 'hears music now' : ''];
  return <Aside>{parts.filter(Boolean).join(' · ')}</Aside>;
}

const Aside = ({ children }: { children: string }) => <Typography color="textSecondary">{children}</Typography>;

/** For how long: since they are together, and beside it since when on hold. Not read aloud, or it would be read every second. */
function Timer({ call }: { call: Call }) {
  const { managerClock } = useLine();
  const { stateSince } = useDesk();
  const now = useNow();
  if (!call.answeredAt) return null;
  return (
    <Box sx={{ textAlign: 'right' }} role="timer" aria-live="off">
      <Typography sx={{ fontSize: { xs: '1.375rem', sm: '1.75rem' }, fontWeight: 600, lineHeight: 1.2 }}>{clockText(now - managerClock.onPage(call.answeredAt))}</Typography>
      {call.state === 'held' && (
        <Typography variant="body2" sx={{ color: 'warning.main', fontWeight: 600, whiteSpace: 'nowrap' }}>
          Hold {clockText(now - stateSince)}
        </Typography>
      )}
    </Box>
  );
}
