import Alert from '@mui/material/Alert';
import Button from '@mui/material/Button';
import type { Explanation } from '../problem/explain.js';

/** Says above data that is still shown that it could not be renewed. The data stays: an old number is better than a zero. */
export function StaleNotice({ why, onRetry }: { why: Explanation; onRetry?: () => void }) {
  return (
    <Alert
      severity="warning"
      variant="outlined"
      sx={{ py: 0, alignItems: 'center' }}
      action={
        onRetry && (
          <Button color="inherit" size="small" onClick={onRetry}>
            Try again
          </Button>
        )
      }
    >
      These are the last numbers we have. {why.sentence}
    </Alert>
  );
}
