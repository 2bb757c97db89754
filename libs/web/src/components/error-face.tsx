import Alert from '@mui/material/Alert';
import AlertTitle from '@mui/material/AlertTitle';
import Button from '@mui/material/Button';
import type { Explanation } from '../problem/explain.js';

/** The face of a failure: what happened, the way on, and a button to try again. */
export function ErrorFace({ why, onRetry }: { why: Explanation; onRetry?: () => void }) {
  return (
    <Alert
      severity="error"
      variant="outlined"
      sx={{ m: 2 }}
      action={
        onRetry && (
          <Button color="inherit" size="small" onClick={onRetry}>
            Try again
          </Button>
        )
      }
    >
      <AlertTitle>{why.sentence}</AlertTitle>
      {why.wayOn}
      {why.detail && why.detail !== why.sentence && <div>{why.detail}</div>}
    </Alert>
  );
}
