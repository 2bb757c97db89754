import FiberManualRecord from '@mui/icons-material/FiberManualRecord';
import Pause from '@mui/icons-material/Pause';
import PlayArrow from '@mui/icons-material/PlayArrow';
import Stop from '@mui/icons-material/Stop';
import Box from '@mui/material/Box';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import { CallButton } from '../../calls/action-button.js';
import { useDesk } from '../../calls/desk.js';
import type { Call } from '../../calls/manager-calls.js';
import { useOrders } from '../../calls/use-order.js';
import { WhyNot } from '../../calls/why-not.js';
import { useLine } from '../../line/line-context.js';

/**
 * Whether the call is recorded, and what she may do about it. What it says is what the media server has confirmed: a pause that is only ordered still
 * reads "Recording".
 */
export function RecordingBar({ call }: { call: Call }) {
  const { calls } = useLine();
  const mode = useDesk().settings.value?.recording.mode ?? 'off';
  const { pending, why, give } = useOrders<'start' | 'pause' | 'resume' | 'stop'>();
  const { recording } = call;
  if (mode === 'off' && !recording) return null;

  const order = (action: 'start' | 'pause' | 'resume' | 'stop', isDone: (now: Call['recording']) => boolean): void =>
    give(action, () => calls.record(call.id, action), (now) => now?.id !== call.id || isDone(now.recording));
  const button = { size: 'medium', variant: 'outlined', color: 'inherit', disabled: pending !== null } as const;
  return (
    <Stack useFlexGap spacing={1} role="group" aria-label="Recording of the call">
      <Stack direction="row" useFlexGap sx={{ flexWrap: 'wrap', alignItems: 'center', columnGap: 1.5, rowGap: 1 }}>
        <Sign state={recording?.state ?? null} />
        <Box sx={{ flex: 1 }} />
        {!recording && (
          <CallButton {...button} startIcon={<FiberManualRecord />} loading={pending === 'start'} disabled={pending !== null || call.state !== 'answered'} onClick={() => order('start', (now) => now !== null)}>
            Record
          </CallButton>
        )}
        {recording?.state === 'recording' && (
          <CallButton {...button} startIcon={<Pause />} loading={pending === 'pause'} onClick={() => order('pause', (now) => now?.state !== 'recording')}>
            Pause recording
          </CallButton>
        )}
        {recording?.state === 'paused' && (
          <CallButton {...button} startIcon={<PlayArrow />} loading={pending === 'resume'} onClick={() => order('resume', (now) => now?.state !== 'paused')}>
            Resume recording
          </CallButton>
        )}
        {/* Where every call is recorded she may not end it; the manager would refuse. */}
        {recording && mode !== 'always' && (
          <CallButton {...button} startIcon={<Stop />} loading={pending === 'stop'} onClick={() => order('stop', (now) => now === null)}>
            Stop recording
          </CallButton>
        )}
      </Stack>
      <WhyNot why={why} />
    </Stack>
  );
}

const words = { recording: 'Recording', paused: 'Recording paused', none: 'Not recorded' } as const;

/** Said aloud as well: she tells the client by it. */
function Sign({ state }: { state: 'recording' | 'paused' | null }) {
  return (
    <Stack direction="row" role="status" sx={{ alignItems: 'center', gap: 1 }}>
      <Box aria-hidden sx={{ width: 12, height: 12, borderRadius: state === 'paused' ? 0.5 : '50%', bgcolor: state === 'recording' ? 'error.main' : state === 'paused' ? 'warning.main' : 'text.disabled' }} />
      <Typography sx={{ fontWeight: state ? 600 : 400, color: state ? 'text.primary' : 'text.secondary' }}>{words[state ?? 'none']}</Typography>
    </Stack>
  );
}
