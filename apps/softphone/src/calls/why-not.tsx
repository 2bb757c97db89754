import Alert from '@mui/material/Alert';
import type { Explanation } from '@nailup/web';

/** Why something was not done, in words and never a code alone; read aloud when it appears. */
export function WhyNot({ why }: { why: Explanation | null }) {
  return (
    <div role="alert">
      {why && (
        <Alert severity="error" variant="outlined" role="presentation">
          <strong>{why.sentence}</strong> {why.detail && why.detail !== why.sentence ? `${why.detail} ` : ''}
          {why.wayOn}
        </Alert>
      )}
    </div>
  );
}
