import Paper from '@mui/material/Paper';
import Stack from '@mui/material/Stack';
import type { ReactNode } from 'react';

export type CallTone = 'calm' | 'busy' | 'good' | 'warn';

const edges: Record<CallTone, string> = { calm: 'divider', busy: 'info.main', good: 'success.main', warn: 'warning.main' };

/** The card of a call; its edge tells from afar how it stands. */
export function CallFrame({ tone, label, children }: { tone: CallTone; label: string; children: ReactNode }) {
  return (
    <Paper
      component="section"
      aria-label={`Call: ${label}`}
      variant="outlined"
      // A held call must not look like one in which she is heard.
      sx={{ p: { xs: 2.5, sm: 4 }, borderTop: 4, borderTopColor: edges[tone], bgcolor: tone === 'warn' ? 'warning.light' : undefined }}
    >
      <Stack useFlexGap spacing={2.5}>{children}</Stack>
    </Paper>
  );
}
