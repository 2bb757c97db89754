import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import Stack from '@mui/material/Stack';
import TextField from '@mui/material/TextField';
import { useId, useState, type FormEvent, type ReactNode } from 'react';
import { explain, type Explanation } from '../problem/explain.js';
import { ErrorFace } from './error-face.js';

interface ConfirmDialogProps {
  title: string;
  /** What will happen, with numbers: "ends the seats of 14 agents". */
  children: ReactNode;
  confirmLabel: string;
  /** When given, the person must type exactly this before the button works. */
  typeToConfirm?: string;
  danger?: boolean;
  /** The dialog stays, with the reason, when this rejects. */
  onConfirm: () => Promise<unknown>;
  onClose: () => void;
}

/** Asks before something that cannot be undone. Rendered only while it is asked. */
export function ConfirmDialog({ title, children, confirmLabel, typeToConfirm, danger = false, onConfirm, onClose }: ConfirmDialogProps) {
  const titleId = useId();
  const [typed, setTyped] = useState('');
  const [pending, setPending] = useState(false);
  const [why, setWhy] = useState<Explanation | null>(null);
  const ready = typeToConfirm === undefined || typed === typeToConfirm;

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (!ready || pending) return;
    setPending(true);
    try {
      await onConfirm();
      onClose();
    } catch (error) {
      setWhy(explain(error));
      setPending(false);
    }
  };

  return (
    <Dialog open onClose={onClose} aria-labelledby={titleId} maxWidth="xs">
      <form onSubmit={(event) => void submit(event)}>
        <DialogTitle id={titleId}>{title}</DialogTitle>
        <DialogContent>
          <Stack spacing={2}>
            <div>{children}</div>
            {typeToConfirm !== undefined && (
              <TextField
                label={`Type ${typeToConfirm} to confirm`}
                value={typed}
                onChange={(event) => setTyped(event.target.value)}
                autoFocus
                autoComplete="off"
                slotProps={{ htmlInput: { spellCheck: false, autoCapitalize: 'none' } }}
              />
            )}
            {why && <ErrorFace why={why} />}
          </Stack>
        </DialogContent>
        <DialogActions>
          <Button onClick={onClose} autoFocus={typeToConfirm === undefined}>
            Cancel
          </Button>
          <Button type="submit" variant="contained" color={danger ? 'error' : 'primary'} disabled={!ready} loading={pending}>
            {confirmLabel}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
