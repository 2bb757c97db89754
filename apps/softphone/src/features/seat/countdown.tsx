import Typography from '@mui/material/Typography';
import { useNow } from '@nailup/web';

/** Seconds until the next try; silent for screen readers, which would hear every second of it. `at`: epoch ms. */
export function Countdown({ at }: { at: number }) {
  const seconds = Math.ceil((at - useNow(250)) / 1000);
  return (
    <Typography color="textSecondary" aria-hidden sx={{ mt: 1 }}>
      {seconds > 1 ? `Next try in ${seconds} s` : 'Trying again now'}
    </Typography>
  );
}
