import Box from '@mui/material/Box';
import Skeleton from '@mui/material/Skeleton';

/** The face of something on its way. `label` is what a screen reader says. */
export function Loading({ label, rows = 5, rowHeight = 28 }: { label: string; rows?: number; rowHeight?: number }) {
  return (
    <Box role="status" aria-label={label} aria-busy sx={{ display: 'grid', gap: 1, p: 2 }}>
      {Array.from({ length: rows }, (_, row) => (
        <Skeleton key={row} variant="rounded" height={rowHeight} sx={{ maxWidth: row === rows - 1 ? '60%' : '100%' }} />
      ))}
    </Box>
  );
}
