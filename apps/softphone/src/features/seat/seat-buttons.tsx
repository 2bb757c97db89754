import Button from '@mui/material/Button';
import Stack from '@mui/material/Stack';
import type { Phone, PhonePicture } from '@nailup/phone';
import { ConfirmDialog } from '@nailup/web';
import { useState } from 'react';
import { useOnCall } from '../../calls/desk.js';
import { sayings } from './sentences.js';

/** What she can do now: one main thing, and a way out of everything. */
export function SeatButtons({ picture, phone }: { picture: PhonePicture; phone: Phone }) {
  const { state, reason, onlineSince, retryAt } = picture;
  const onCall = useOnCall();
  const [asks, setAsks] = useState(false);
  const leave = (words: string) => (
    <Button variant="outlined" color="inherit" size="large" onClick={() => (onCall ? setAsks(true) : void phone.leave())} loading={state === 'leaving'}>
      {words}
    </Button>
  );
  const go = (words: string) => (
    <Button variant="contained" size="large" onClick={() => phone.goOnline()} sx={{ minWidth: 160 }}>
      {words}
    </Button>
  );
  return (
    <Stack direction="row" useFlexGap spacing={1.5} sx={{ flexWrap: 'wrap' }}>
      {state === 'offline' && go('Go online')}
      {state === 'failed' && (
        <>
          {go(reason ? sayings[reason].button : 'Try again')}
          {leave('Stay offline')}
        </>
      )}
      {state === 'recovering' && retryAt !== null && (
        <Button variant="contained" size="large" onClick={phone.tryNow}>
          Try now
        </Button>
      )}
      {state !== 'offline' && state !== 'failed' && leave(onlineSince === null && state !== 'leaving' ? 'Cancel' : 'Leave')}
      {asks && (
        <ConfirmDialog
          title="Leave during a call?"
          confirmLabel="Leave"
          danger
          // The dialog has done its work when she is on her way out; the panel shows the rest.
          onConfirm={async () => void phone.leave()}
          onClose={() => setAsks(false)}
        >
          You are on a call. If you leave now, the other side stays behind without you. Hang up first to end it.
        </ConfirmDialog>
      )}
    </Stack>
  );
}
