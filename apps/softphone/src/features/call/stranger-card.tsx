import Dialpad from '@mui/icons-material/Dialpad';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import type { Participant } from '@nailup/phone';
import { useNow } from '@nailup/web';
import { useState } from 'react';
import { CallButton } from '../../calls/action-button.js';
import { MuteButton } from '../../calls/mute-button.js';
import { numberText } from '../../calls/words.js';
import { clockText } from '../../line/clock-text.js';
import { usePicture } from '../../line/line-context.js';
import { CallFrame } from './call-frame.js';
import { Keypad } from './keypad.js';

/** The manager tells of a call within this; only then is its silence worth a word. Milliseconds. */
const usualMs = 3_000;

/** Somebody is in her room by the word of the media server, and the manager has not told who. Talking, muting and digits need no manager. */
export function StrangerCard({ stranger }: { stranger: Participant }) {
  const { withOthersSince, manager } = usePicture();
  const [keypad, setKeypad] = useState(false);
  const now = useNow();
  const forMs = withOthersSince === null ? 0 : now - withOthersSince;
  return (
    <CallFrame tone="good" label="A caller is with you">
      <Box sx={{ display: 'flex', gap: 2, alignItems: 'baseline', justifyContent: 'space-between' }}>
        <Box sx={{ minWidth: 0 }}>
          <Typography sx={{ fontWeight: 600, color: 'success.main' }}>A caller is with you</Typography>
          <Typography variant="h2" sx={{ fontSize: { xs: '1.375rem', sm: '1.75rem' }, overflowWrap: 'anywhere' }}>
            {numberText(stranger.number)}
          </Typography>
          {stranger.name && stranger.name !== stranger.number && <Typography color="textSecondary">{stranger.name}</Typography>}
        </Box>
        <Typography role="timer" aria-live="off" sx={{ fontSize: { xs: '1.375rem', sm: '1.75rem' }, fontWeight: 600 }}>
          {clockText(forMs)}
        </Typography>
      </Box>
      {(manager !== 'there' || forMs > usualMs) && (
        <Alert severity="warning" variant="outlined">
          <strong>The manager does not answer.</strong> You hear each other, and digits work. To end the call, let the caller hang up: holding and hanging up from here need the manager.
        </Alert>
      )}
      <Box sx={{ display: 'grid', gap: 1.5, gridTemplateColumns: '1fr 1fr' }}>
        <MuteButton />
        <CallButton variant={keypad ? 'contained' : 'outlined'} color="inherit" startIcon={<Dialpad />} aria-expanded={keypad} onClick={() => setKeypad(!keypad)}>
          Keypad
        </CallButton>
      </Box>
      {keypad && <Keypad callId={null} />}
    </CallFrame>
  );
}
