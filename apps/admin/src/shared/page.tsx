import Box from '@mui/material/Box';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import { DataAge, StaleNotice } from '@nailup/web';
import { useEffect, type ReactNode } from 'react';
import type { Freshness } from './queries.js';

interface SectionProps {
  title: string;
  /** `h1` for the page's own section, `h2` below it. */
  level?: 'h1' | 'h2';
  freshness?: Freshness | undefined;
  actions?: ReactNode;
  summary?: ReactNode;
  onRetry?: () => void;
  children: ReactNode;
}

/** A part of a page: its title, how old its data is, what can be done, and the data. */
export function Section({ title, level = 'h1', freshness, actions, summary, onRetry, children }: SectionProps) {
  useEffect(() => {
    if (level === 'h1') document.title = `${title} · Nailup console`;
  }, [title, level]);
  const stale = freshness?.why && freshness.at !== null ? freshness.why : null;
  return (
    <Stack component="section" spacing={1.5} aria-label={title}>
      <Stack direction="row" sx={{ alignItems: 'center', flexWrap: 'wrap', columnGap: 1.5, rowGap: 1 }}>
        <Typography variant={level}>{title}</Typography>
        {freshness && <DataAge at={freshness.at} live={freshness.live} reason={freshness.why?.sentence} />}
        {summary && (
          <Typography variant="body2" color="textSecondary">
            {summary}
          </Typography>
        )}
        <Box sx={{ flex: 1 }} />
        {actions}
      </Stack>
      {stale && <StaleNotice why={stale} onRetry={onRetry} />}
      {children}
    </Stack>
  );
}
