import Dialpad from '@mui/icons-material/Dialpad';
import { CallButton } from '../../calls/action-button.js';

/** Opens and closes the keypad; pressed in while it is open. */
export function KeypadButton({ open, disabled = false, onToggle }: { open: boolean; disabled?: boolean; onToggle: () => void }) {
  return (
    <CallButton
      variant="outlined"
      color="inherit"
      startIcon={<Dialpad />}
      aria-expanded={open}
      disabled={disabled}
      onClick={onToggle}
      sx={{ gridColumn: { xs: '1 / -1', sm: 'auto' }, bgcolor: open ? 'var(--nailup-sunken)' : undefined }}
    >
      Keypad
    </CallButton>
  );
}
