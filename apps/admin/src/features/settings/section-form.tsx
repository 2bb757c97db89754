import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Paper from '@mui/material/Paper';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import { ErrorFace, type Explanation } from '@nailup/web';
import { useId, type BaseSyntheticEvent, type ReactNode } from 'react';

/** A part of the settings: what it is about on the left, its fields on the right. */
export function SettingsPart({ title, about, children }: { title: string; about: ReactNode; children: ReactNode }) {
  const titleId = useId();
  return (
    <Paper variant="outlined" component="section" aria-labelledby={titleId} sx={{ p: 2.5, display: 'grid', columnGap: 4, rowGap: 2, gridTemplateColumns: { xs: 'minmax(0, 1fr)', md: '260px minmax(0, 1fr)' } }}>
      <div>
        <Typography variant="h2" id={titleId} sx={{ mb: 0.5 }}>
          {title}
        </Typography>
        <Typography variant="body2" color="textSecondary">
          {about}
        </Typography>
      </div>
      <Box sx={{ minWidth: 0, maxWidth: 720 }}>{children}</Box>
    </Paper>
  );
}

interface SectionFormProps {
  title: string;
  dirty: boolean;
  changedElsewhere: boolean;
  pending: boolean;
  why: Explanation | null;
  onSubmit: (event: BaseSyntheticEvent) => Promise<void>;
  onDiscard: () => void;
  children: ReactNode;
}

/** The fields of one part with their own Save. What is not saved is said, in words, beside it. */
export function SectionForm({ title, dirty, changedElsewhere, pending, why, onSubmit, onDiscard, children }: SectionFormProps) {
  return (
    <form onSubmit={(event) => void onSubmit(event)} noValidate aria-label={title}>
      <Stack spacing={2}>
        {children}
        {changedElsewhere && (
          <Alert
            severity="warning"
            variant="outlined"
            action={
              <Button color="inherit" size="small" onClick={onDiscard}>
                Show theirs
              </Button>
            }
          >
            Somebody else has changed this meanwhile. Saving puts yours in its place.
          </Alert>
        )}
        {why && <ErrorFace why={why} />}
        <Stack direction="row" sx={{ alignItems: 'center', gap: 1, minHeight: 34, flexWrap: 'wrap' }}>
          <Button type="submit" variant={dirty ? 'contained' : 'outlined'} loading={pending} disabled={!dirty} aria-label={`Save ${title.toLowerCase()}`}>
            Save
          </Button>
          {dirty && (
            <Button onClick={onDiscard} aria-label={`Discard changes of ${title.toLowerCase()}`}>
              Discard
            </Button>
          )}
          <Typography variant="body2" role="status" sx={{ fontWeight: 600, color: 'warning.main' }}>
            {dirty ? 'Not saved yet' : ''}
          </Typography>
        </Stack>
      </Stack>
    </form>
  );
}
