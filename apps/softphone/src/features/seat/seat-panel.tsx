import Box from '@mui/material/Box';
import Paper from '@mui/material/Paper';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import { visuallyHidden } from '@mui/utils';
import { useEffect } from 'react';
import { useDuty } from '../../line/duty-context.js';
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

/**
 * Where the agent stands, and the one thing to do about it: the large thing on the page.
 * @param small while a call is the large thing
 */
export function SeatPanel({ small = false }: { small?: boolean }) {
  const { phone } = useLine();
  const duty = useDuty();
  const picture = usePicture();
  const { state, seat, onlineSince, retryAt } = picture;
  const { tone, title, lines } = faceOf(picture, duty);
  const onTheWay = state === 'preparing' || state === 'finding' || state === 'connecting' || state === 'joining';
  useEffect(() => {
    document.title = `${title} · Nailup softphone`;
  }, [title]);

  // Beside a call that goes well the seat is one line: what is said large is the call.
  const slim = small && tone === 'good' && picture.manager === 'there' && picture.microphone === null && picture.moved === null;

  return (
    <Paper
      component="section"
      aria-labelledby="seat-title"
      variant="outlined"
      sx={{ p: small ? { xs: 2, sm: 2.5 } : { xs: 2.5, sm: 4 }, borderTop: small ? 1 : 4, borderTopColor: small && tone !== 'warn' && tone !== 'bad' ? 'divider' : edges[tone] }}
    >
      {/* One voice for every change of state: assertive only when she must act. */}
      <div role="status" aria-live={state === 'failed' ? 'assertive' : 'polite'} style={visuallyHidden}>
        {[title, ...lines].join(' ')}
      </div>
      <Stack useFlexGap spacing={small ? 2 : 3} direction={slim ? { xs: 'column', sm: 'row' } : 'column'} sx={slim ? { justifyContent: 'space-between', alignItems: { sm: 'center' } } : undefined}>
        <Stack direction="row" spacing={2} sx={{ alignItems: 'center' }} style={slim ? visuallyHidden : undefined}>
          {!small && <StateSign tone={tone} />}
          <Typography id="seat-title" variant="h1" sx={{ fontSize: small ? '1.125rem' : { xs: '1.625rem', sm: '2rem' } }}>
            {title}
          </Typography>
        </Stack>
        {lines.length > 0 && !slim && (
          <Box sx={{ maxWidth: '58ch' }}>
            {lines.map((line) => (
              <Typography key={line} sx={{ fontSize: small ? undefined : '1rem' }}>
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
