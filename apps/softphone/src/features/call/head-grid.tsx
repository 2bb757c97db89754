import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import type { ReactNode } from 'react';
import { clockText } from '../../line/clock-text.js';
import type { CallTone } from './call-frame.js';

const washes: Record<CallTone, { color: string; bgcolor: string }> = {
  calm: { color: 'text.secondary', bgcolor: 'var(--nailup-sunken)' },
  busy: { color: 'info.main', bgcolor: 'info.light' },
  good: { color: 'success.main', bgcolor: 'success.light' },
  // On the wash of a held card.
  warn: { color: 'warning.main', bgcolor: 'background.paper' },
};

const large = { xs: '1.375rem', sm: '1.75rem' };

/** The head of a call's card: sign, state, number, and the clock; a number gets the whole width of a narrow page. */
export function HeadGrid({ tone, sign, word, number, aside, timer }: { tone: CallTone; sign: ReactNode; word: string; number: string; aside?: ReactNode; timer: ReactNode }) {
  return (
    <Box
      sx={{
        display: 'grid',
        columnGap: 2,
        alignItems: 'center',
        gridTemplateColumns: 'auto minmax(0, 1fr) auto',
        gridTemplateAreas: { xs: '"sign word timer" "sign number number" "sign aside aside"', sm: '"sign word timer" "sign number timer" "sign aside timer"' },
      }}
    >
      <Box aria-hidden sx={{ ...washes[tone], gridArea: 'sign', width: { xs: 44, sm: 56 }, height: { xs: 44, sm: 56 }, borderRadius: '50%', display: 'grid', placeItems: 'center' }}>
        {sign}
      </Box>
      <Typography sx={{ gridArea: 'word', fontWeight: 600, color: washes[tone].color }}>{word}</Typography>
      <Typography variant="h2" sx={{ gridArea: 'number', fontSize: large, overflowWrap: 'anywhere' }}>
        {number}
      </Typography>
      <Box sx={{ gridArea: 'aside' }}>{aside}</Box>
      {timer}
    </Box>
  );
}

/** A duration, large, and what stands under it. Not read aloud, or it would be read every second. */
export function Clock({ ms, children }: { ms: number; children?: ReactNode }) {
  return (
    <Box role="timer" aria-live="off" sx={{ gridArea: 'timer', textAlign: 'right', display: { xs: 'flex', sm: 'block' }, alignItems: 'baseline', columnGap: 1 }}>
      <Typography sx={{ fontSize: large, fontWeight: 600, lineHeight: 1.2 }}>{clockText(ms)}</Typography>
      {children}
    </Box>
  );
}
