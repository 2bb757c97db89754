import Mic from '@mui/icons-material/Mic';
import MicOff from '@mui/icons-material/MicOff';
import { useLine, usePicture } from '../line/line-context.js';
import { CallButton, steadyHover } from './action-button.js';

/** Mute or unmute: the button says what it does. Every one of them on the page tells of the same microphone. */
export function MuteButton({ disabled = false, fullWidth = false }: { disabled?: boolean; fullWidth?: boolean }) {
  const { phone } = useLine();
  const { muted } = usePicture();
  return (
    <CallButton
      fullWidth={fullWidth}
      variant={muted ? 'contained' : 'outlined'}
      color={muted ? 'error' : 'inherit'}
      startIcon={muted ? <MicOff /> : <Mic />}
      disabled={disabled}
      onClick={() => phone.setMuted(!muted)}
      sx={muted ? steadyHover('error') : undefined}
    >
      {muted ? 'Unmute' : 'Mute'}
    </CallButton>
  );
}
