import Box from '@mui/material/Box';
import type { Utilisation } from '../../shared/contract.js';

const share = (part: number, whole: number): string => `${whole > 0 ? Math.min(100, (100 * part) / whole) : 0}%`;

/** Seats of one media server: taken, promised and free, as a bar and in words. */
export function UtilisationBar({ of: { agentsInCall, reserved, talking, capacity } }: { of: Utilisation }) {
  const full = agentsInCall + reserved >= capacity;
  return (
    <Box sx={{ minWidth: 200 }}>
      <Box sx={{ display: 'flex', justifyContent: 'space-between', gap: 2, fontSize: '0.8125rem', whiteSpace: 'nowrap' }}>
        <span>
          <strong data-testid="agents-in-call">{agentsInCall}</strong> in call{reserved > 0 && <>, {reserved} reserved</>}
        </span>
        <Box component="span" sx={{ color: 'text.secondary' }}>
          {talking} talking · {capacity} seats
        </Box>
      </Box>
      {/* The words above say all of it; the bar is for the eye. */}
      <Box
        aria-hidden
        sx={{ display: 'flex', height: 6, mt: 0.5, borderRadius: 3, overflow: 'hidden', bgcolor: 'var(--nailup-sunken)', boxShadow: 'inset 0 0 0 1px var(--mui-palette-divider)' }}
      >
        <Box sx={{ width: share(agentsInCall, capacity), bgcolor: full ? 'warning.main' : 'primary.main' }} />
        <Box
          sx={{
            width: share(reserved, capacity),
            color: full ? 'warning.main' : 'primary.main',
            backgroundImage: 'repeating-linear-gradient(135deg, currentColor 0 2px, transparent 2px 4px)',
          }}
        />
      </Box>
    </Box>
  );
}
