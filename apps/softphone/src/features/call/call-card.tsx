import CallEnd from '@mui/icons-material/CallEnd';
import Pause from '@mui/icons-material/Pause';
import PlayArrow from '@mui/icons-material/PlayArrow';
import Box from '@mui/material/Box';
import Stack from '@mui/material/Stack';
import { useState, type ReactNode } from 'react';
import { CallButton, steadyHover } from '../../calls/action-button.js';
import type { Call } from '../../calls/manager-calls.js';
import { MuteButton } from '../../calls/mute-button.js';
import { useOrders } from '../../calls/use-order.js';
import { WhyNot } from '../../calls/why-not.js';
import { isConsulting, stateWord } from '../../calls/words.js';
import { useLine } from '../../line/line-context.js';
import { CallFrame, type CallTone } from './call-frame.js';
import { CallHead } from './call-head.js';
import { Keypad } from './keypad.js';
import { KeypadButton } from './keypad-button.js';
import { RecordingBar } from './recording-bar.js';

const tones: Readonly<Record<Call['state'], CallTone>> = { queued: 'busy', dialing: 'busy', ringing: 'busy', answered: 'good', held: 'warn', ended: 'calm' };

/** A call from its first ring to its end: who it is, how it stands, and what can be done with it. `more`: what another feature adds while they are together. */
export function CallCard({ call, more }: { call: Call; more?: ReactNode }) {
  const { calls } = useLine();
  const { pending, why, give } = useOrders<'hang-up' | 'hold' | 'resume'>();
  const [keypad, setKeypad] = useState(false);
  const held = call.state === 'held';
  const together = call.state === 'answered' || held;
  // A caller on her way in cannot be cancelled like a call of one's own: she is here in a moment.
  const cancels = call.direction === 'outbound' && !together;

  return (
    <CallFrame tone={tones[call.state]} label={stateWord(call)}>
      <CallHead call={call} tone={tones[call.state]} />
      {together && (
        <Box sx={{ display: 'grid', gap: 1.5, gridTemplateColumns: { xs: '1fr 1fr', sm: 'repeat(3, 1fr)' } }}>
          <MuteButton />
          {isConsulting(call) ? null : held ? (
            <CallButton
              variant="contained"
              startIcon={<PlayArrow />}
              loading={pending === 'resume'}
              onClick={() => give('resume', () => calls.resume(call.id), (now) => now?.state !== 'held')}
              sx={steadyHover('primary')}
            >
              Resume
            </CallButton>
          ) : (
            <CallButton
              variant="outlined"
              color="inherit"
              startIcon={<Pause />}
              loading={pending === 'hold'}
              disabled={pending !== null}
              onClick={() => give('hold', () => calls.hold(call.id), (now) => now?.state !== 'answered')}
            >
              Hold
            </CallButton>
          )}
          <KeypadButton open={keypad} disabled={held} onToggle={() => setKeypad(!keypad)} />
        </Box>
      )}
      {together && keypad && !held && <Keypad callId={call.id} />}
      {together && more}
      {together && <RecordingBar call={call} />}
      <WhyNot why={why} />
      <Stack direction="row">
        <CallButton
          fullWidth
          variant="contained"
          color="error"
          startIcon={<CallEnd />}
          loading={pending === 'hang-up'}
          onClick={() => give('hang-up', () => calls.hangUp(call.id), (now) => now?.id !== call.id)}
          sx={steadyHover('error')}
        >
          {cancels ? 'Cancel' : 'Hang up'}
        </CallButton>
      </Stack>
    </CallFrame>
  );
}
