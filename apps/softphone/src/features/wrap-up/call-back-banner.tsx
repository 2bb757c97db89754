import Alert from '@mui/material/Alert';
import AlertTitle from '@mui/material/AlertTitle';
import Button from '@mui/material/Button';
import Stack from '@mui/material/Stack';
import { useNow } from '@nailup/web';
import { useState } from 'react';
import { useDesk, useOnCall } from '../../calls/desk.js';
import { useDial } from '../../calls/use-dial.js';
import { WhyNot } from '../../calls/why-not.js';
import { numberText, otherSide } from '../../calls/words.js';
import { useLine } from '../../line/line-context.js';

/** A call that was cut off is worth calling back for so long. Milliseconds. */
const worthMs = 15 * 60_000;

/** Her last call was cut off by a media server that failed: the other side did not hang up, and may be waiting for her. */
export function CallBackBanner() {
  const { ended, history } = useDesk();
  const { managerClock } = useLine();
  const onCall = useOnCall();
  const dial = useDial();
  const now = useNow(10_000);
  const [dismissed, setDismissed] = useState<string | null>(null);
  const last = ended ?? history.value?.[0];
  if (!last || last.endReason !== 'media-server-failed' || last.id === dismissed || onCall) return null;
  if (last.endedAt && now - managerClock.onPage(last.endedAt) > worthMs) return null;
  const number = otherSide(last);
  const callable = /[0-9]/.test(number);
  return (
    <Alert severity="warning" variant="outlined" sx={{ bgcolor: 'warning.light', '& .MuiAlert-message': { color: 'text.primary' } }} onClose={() => setDismissed(last.id)} slotProps={{ closeButton: { 'aria-label': 'Do not call back' } }}>
      <AlertTitle>Your call was cut off</AlertTitle>
      <Stack useFlexGap spacing={1.5} sx={{ alignItems: 'flex-start' }}>
        <span>The media server failed while you spoke with {numberText(number)}. They did not hang up.</span>
        {callable && (
          <Button variant="contained" color="warning" disabled={dial.hindrance !== null} loading={dial.pending !== null} onClick={() => dial.call(number)} sx={{ '&:hover': { bgcolor: 'warning.main', textDecoration: 'underline' } }}>
            Call back
          </Button>
        )}
        {callable && dial.hindrance && <span>{dial.hindrance}</span>}
        <WhyNot why={dial.why} />
      </Stack>
    </Alert>
  );
}
