import Box from '@mui/material/Box';
import LinearProgress from '@mui/material/LinearProgress';
import Typography from '@mui/material/Typography';
import { useNow } from '@nailup/web';
import { clockText } from '../../line/clock-text.js';
import { useLine } from '../../line/line-context.js';

/** How long until the manager makes her ready by itself. Silent: every second of it would be read. `since`, `until`: on the manager's clock. */
export function WrapUpClock({ since, until }: { since: string; until: string }) {
  const { managerClock } = useLine();
  const leftMs = managerClock.onPage(until) - useNow();
  const wholeMs = Math.max(1, Date.parse(until) - Date.parse(since));
  return (
    <Box role="timer" aria-live="off" sx={{ width: { xs: '100%', sm: 120 }, flex: 'none', textAlign: { sm: 'right' } }}>
      <Typography sx={{ fontWeight: 600, whiteSpace: 'nowrap' }}>{leftMs > 0 ? `Ready in ${clockText(leftMs + 999)}` : 'Ready in a moment'}</Typography>
      <LinearProgress aria-hidden variant="determinate" color="info" value={Math.min(100, Math.max(0, (leftMs / wholeMs) * 100))} sx={{ mt: 0.75, height: 6, borderRadius: 3 }} />
    </Box>
  );
}
