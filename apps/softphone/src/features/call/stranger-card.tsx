import PhoneInTalk from '@mui/icons-material/PhoneInTalk';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import type { Participant } from '@nailup/phone';
import { useNow } from '@nailup/web';
import { useState } from 'react';
import { MuteButton } from '../../calls/mute-button.js';
import { numberText } from '../../calls/words.js';
import { usePicture } from '../../line/line-context.js';
import { CallFrame } from './call-frame.js';
import { Clock, HeadGrid } from './head-grid.js';
import { Keypad } from './keypad.js';
import { KeypadButton } from './keypad-button.js';

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
      <HeadGrid
        tone="good"
        sign={<PhoneInTalk />}
        word="A caller is with you"
        number={numberText(stranger.number)}
        aside={stranger.name && stranger.name !== stranger.number ? <Typography color="textSecondary">{stranger.name}</Typography> : null}
        timer={<Clock ms={forMs} />}
      />
      {(manager !== 'there' || forMs > usualMs) && (
        <Alert severity="warning" variant="outlined">
          You hear each other, and digits work. Holding and hanging up from here need the manager, which has not told of this call: to end it, let the caller hang up.
        </Alert>
      )}
      <Box sx={{ display: 'grid', gap: 1.5, gridTemplateColumns: { xs: '1fr', sm: '1fr 1fr' } }}>
        <MuteButton />
        <KeypadButton open={keypad} onToggle={() => setKeypad(!keypad)} />
      </Box>
      {keypad && <Keypad callId={null} />}
    </CallFrame>
  );
}
