import Box from '@mui/material/Box';
import Link from '@mui/material/Link';
import Paper from '@mui/material/Paper';
import Typography from '@mui/material/Typography';
import type { ReactNode } from 'react';
import { Link as RouterLink } from 'react-router';
import { None } from '../../shared/text.js';

interface TileProps {
  label: string;
  /** Undefined while it is not known: a dash, never a zero. */
  value: ReactNode | undefined;
  more?: ReactNode;
  /** Where it is told in full. */
  to: string;
  alarm?: boolean;
}

/** One number to be read from across the room. */
export function Tile({ label, value, more, to, alarm = false }: TileProps) {
  return (
    <Paper component="li" variant="outlined" sx={{ px: 2, py: 1.25, minWidth: 0, ...(alarm ? { borderColor: 'warning.main', bgcolor: 'warning.light' } : {}) }}>
      <Link component={RouterLink} to={to} underline="hover" sx={{ color: 'text.secondary', fontWeight: 600, fontSize: '0.8125rem' }}>
        {label}
      </Link>
      <Typography component="p" sx={{ fontSize: '2rem', fontWeight: 650, lineHeight: 1.25, ...(alarm ? { color: 'warning.main' } : {}) }}>
        {value ?? <None what="not known" />}
      </Typography>
      <Box sx={{ color: 'text.secondary', fontSize: '0.8125rem', minHeight: '1.4em' }}>{more}</Box>
    </Paper>
  );
}
