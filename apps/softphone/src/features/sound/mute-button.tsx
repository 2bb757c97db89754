import Mic from '@mui/icons-material/Mic';
import MicOff from '@mui/icons-material/MicOff';
import Button from '@mui/material/Button';

/** Mute or unmute: the button says what it does, the line under the level bar what is. */
export function MuteButton({ muted, disabled, onChange }: { muted: boolean; disabled: boolean; onChange: (muted: boolean) => void }) {
  return (
    <Button
      fullWidth
      size="large"
      variant={muted ? 'contained' : 'outlined'}
      color={muted ? 'error' : 'inherit'}
      startIcon={muted ? <MicOff /> : <Mic />}
      disabled={disabled}
      onClick={() => onChange(!muted)}
      // The darker hover of a filled button would cost the contrast of its words on dark paper.
      sx={muted ? { '&:hover': { bgcolor: 'error.main', textDecoration: 'underline' } } : undefined}
    >
      {muted ? 'Unmute' : 'Mute'}
    </Button>
  );
}
