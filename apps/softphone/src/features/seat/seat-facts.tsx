import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import type { SeatFacts as Facts } from '@nailup/phone';
import { useNow } from '@nailup/web';
import { clockText } from '../../line/clock-text.js';

const Fact = ({ name, wide, children }: { name: string; wide?: boolean; children: string }) => (
  <Box sx={{ minWidth: 0, gridColumn: wide ? { xs: '1 / -1', sm: 'auto' } : undefined }}>
    <Typography component="dt" variant="body2" color="textSecondary">
      {name}
    </Typography>
    <Typography component="dd" sx={{ m: 0, fontWeight: 600, overflowWrap: 'anywhere' }}>
      {children}
    </Typography>
  </Box>
);

/** Where she sits and for how long. `onlineSince`: epoch ms. */
export function SeatFacts({ seat, onlineSince }: { seat: Facts; onlineSince: number }) {
  const now = useNow();
  return (
    <Box component="dl" sx={{ m: 0, display: 'grid', gap: 2, gridTemplateColumns: { xs: '1fr 1fr', sm: 'auto auto 1fr' }, columnGap: 5 }}>
      <Fact name="Online for">{clockText(now - onlineSince)}</Fact>
      <Fact name="Media server">{seat.server.name}</Fact>
      <Fact name="Room" wide>
        {seat.conference}
      </Fact>
    </Box>
  );
}
