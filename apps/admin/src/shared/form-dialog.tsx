import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import Stack from '@mui/material/Stack';
import { ErrorFace, type Explanation } from '@nailup/web';
import { useId, type BaseSyntheticEvent, type ReactNode } from 'react';

interface FormDialogProps {
  title: string;
  submitLabel: string;
  closeLabel?: string;
  pending: boolean;
  why: Explanation | null;
  onSubmit: (event: BaseSyntheticEvent) => Promise<void>;
  onClose: () => void;
  children: ReactNode;
  maxWidth?: 'xs' | 'sm' | 'md';
}

/** A form in a dialog: fields above, Cancel and the verb below, what went wrong between them. */
export function FormDialog({ title, submitLabel, closeLabel = 'Cancel', pending, why, onSubmit, onClose, children, maxWidth = 'sm' }: FormDialogProps) {
  const titleId = useId();
  return (
    <Dialog open onClose={onClose} aria-labelledby={titleId} maxWidth={maxWidth}>
      <form onSubmit={(event) => void onSubmit(event)} noValidate>
        <DialogTitle id={titleId}>{title}</DialogTitle>
        <DialogContent>
          {/* A label that floats above its field needs room under the title. */}
          <Stack spacing={2} sx={{ pt: 1 }}>
            {children}
            {why && <ErrorFace why={why} />}
          </Stack>
        </DialogContent>
        <DialogActions>
          <Button onClick={onClose}>
            {closeLabel}
          </Button>
          <Button type="submit" variant="contained" loading={pending}>
            {submitLabel}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
