import Box from '@mui/material/Box';
import type { SvgIconComponent } from '@mui/icons-material';

export type Tone = 'good' | 'warn' | 'bad' | 'info' | 'neutral';

const colours: Record<Tone, { color: string; bgcolor: string }> = {
  good: { color: 'success.main', bgcolor: 'success.light' },
  warn: { color: 'warning.main', bgcolor: 'warning.light' },
  bad: { color: 'error.main', bgcolor: 'error.light' },
  info: { color: 'info.main', bgcolor: 'info.light' },
  neutral: { color: 'text.secondary', bgcolor: 'var(--nailup-sunken)' },
};

/** A state as colour, sign and word together, so that no one of the three carries it alone (WCAG 1.4.1). */
export function StatePill({ tone, icon: Icon, label }: { tone: Tone; icon?: SvgIconComponent; label: string }) {
  return (
    <Box
      component="span"
      sx={{ ...colours[tone], display: 'inline-flex', alignItems: 'center', gap: 0.5, px: 0.875, height: 22, borderRadius: 11, fontSize: '0.8125rem', fontWeight: 600, whiteSpace: 'nowrap' }}
    >
      {Icon && <Icon aria-hidden sx={{ fontSize: 15 }} />}
      {label}
    </Box>
  );
}
