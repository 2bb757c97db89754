import Box from '@mui/material/Box';
import Paper from '@mui/material/Paper';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import { visuallyHidden } from '@mui/utils';
import type { PhonePicture } from '@nailup/phone';
import { useEffect } from 'react';
import { useNow } from '@nailup/web';
import { useDuty, type Duty } from '../../line/duty.js';
import { useLine, usePicture } from '../../line/line-context.js';
import { faceOf, type Tone } from './faces.js';
import { MicrophoneExplained } from './microphone-explained.js';
import { Notices } from './notices.js';
import { SeatButtons } from './seat-buttons.js';
import { SeatFacts } from './seat-facts.js';
import { Stages } from './stages.js';
import { StateSign } from './state-sign.js';
import { Countdown } from './countdown.js';

const edges: Record<Tone, string> = { calm: 'divider', busy: 'info.main', good: 'success.main', warn: 'warning.main', bad: 'error.main' };

/** The large thing on the page: where the agent stands, and the one thing to do about it. */
export function SeatPanel() {
  const { phone } = useLine();
  const picture = usePicture();
  const { state, seat, onlineSince, retryAt } = picture;
  const { tone, title, lines } = faceOf(picture, useDutyOf(picture));
  const onTheWay = state === 'preparing' || state === 'finding' || state === 'connecting' || state === 'joining';
  useEffect(() => {
    document.title = `${title} · Nailup softphone`;
  }, [title]);

  return (
    <Paper component="section" aria-labelledby="seat-title" variant="outlined" sx={{ p: { xs: 2.5, sm: 4 }, borderTop: 4, borderTopColor: edges[tone] }}>
      {/* One voice for every change of state: assertive only when she must act. */}
      <div role="status" aria-live={state === 'failed' ? 'assertive' : 'polite'} style={visuallyHidden}>
        {[title, ...lines].join(' ')}
      </div>
      <Stack spacing={3}>
        <Stack direction="row" spacing={2} sx={{ alignItems: 'center' }}>
          <StateSign tone={tone} />
          <Typography id="seat-title" variant="h1" sx={{ fontSize: { xs: '1.625rem', sm: '2rem' } }}>
            {title}
          </Typography>
        </Stack>
        {lines.length > 0 && (
          <Box sx={{ maxWidth: '58ch' }}>
            {lines.map((line) => (
              <Typography key={line} sx={{ fontSize: '1rem' }}>
                {line}
              </Typography>
            ))}
            {state === 'recovering' && retryAt !== null && <Countdown at={retryAt} />}
          </Box>
        )}
        {onTheWay && <Stages state={state} server={seat?.server.name ?? null} />}
        {state === 'offline' && <MicrophoneExplained />}
        <Notices picture={picture} />
        {seat && onlineSince !== null && (state === 'ready' || state === 'recovering') && <SeatFacts seat={seat} onlineSince={onlineSince} />}
        <SeatButtons picture={picture} phone={phone} />
      </Stack>
    </Paper>
  );
}

/** The manager hears of a new seat from the media server, a little later than she does. Milliseconds. */
const arrivalMs = 5_000;

/** Her duty, without the "offline" of the moment before the manager has seen her arrive. */
function useDutyOf({ since }: PhonePicture): Duty | null {
  const duty = useDuty();
  const now = useNow();
  return duty?.state === 'offline' && now - since < arrivalMs ? null : duty;
}
