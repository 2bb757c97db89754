import Alert from '@mui/material/Alert';
import { visuallyHidden } from '@mui/utils';
import type { Explanation } from '@nailup/web';

/** Why something was not done, in words and never a code alone; read aloud when it appears. */
export function WhyNot({ why }: { why: Explanation | null }) {
  return (
    // Always there, or a screen reader would not hear it fill; out of the flow while empty, or it would keep a gap open.
    <div role="alert" style={why ? undefined : visuallyHidden}>
      {why && (
        <Alert severity="error" variant="outlined" role="presentation">
          <strong>{why.sentence}</strong> {why.detail && why.detail !== why.sentence ? `${why.detail} ` : ''}
          {why.wayOn}
        </Alert>
      )}
    </div>
  );
}
