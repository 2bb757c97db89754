import HeadsetMic from '@mui/icons-material/HeadsetMic';
import HeadsetOff from '@mui/icons-material/HeadsetOff';
import PriorityHigh from '@mui/icons-material/PriorityHigh';
import Sync from '@mui/icons-material/Sync';
import Box from '@mui/material/Box';
import type { Tone } from './faces.js';

const signs = {
  calm: { icon: HeadsetOff, color: 'text.secondary', bgcolor: 'var(--nailup-sunken)' },
  busy: { icon: Sync, color: 'info.main', bgcolor: 'info.light' },
  good: { icon: HeadsetMic, color: 'success.main', bgcolor: 'success.light' },
  warn: { icon: Sync, color: 'warning.main', bgcolor: 'warning.light' },
  bad: { icon: PriorityHigh, color: 'error.main', bgcolor: 'error.light' },
} as const satisfies Record<Tone, unknown>;

/** The state as a sign to be seen from across the room; the heading beside it says it in words. */
export function StateSign({ tone }: { tone: Tone }) {
  const { icon: Icon, ...colours } = signs[tone];
  return (
    <Box aria-hidden sx={{ ...colours, width: 56, height: 56, flex: 'none', borderRadius: '50%', display: 'grid', placeItems: 'center' }}>
      <Icon sx={{ fontSize: 30 }} />
    </Box>
  );
}
