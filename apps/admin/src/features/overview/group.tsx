import Box from '@mui/material/Box';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import { DataAge, ErrorFace, Loading, StaleNotice } from '@nailup/web';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useFreshness } from '../../shared/queries.js';

interface GroupProps<T> {
  label: string;
  query: UseQueryResult<T[]>;
  /** In place of the numbers when there is nothing to count. */
  empty?: ReactNode;
  children: (items: T[]) => ReactNode;
}

/** A row of numbers under its name, with its own face while they are read, when they cannot be, when there are none, and when they are old. */
export function Group<T>({ label, query, empty, children }: GroupProps<T>) {
  const { at, live, why } = useFreshness(query);
  const { data } = query;
  const again = (): void => void query.refetch();
  const trouble = query.isError ? why : null;
  return (
    <Box component="section" aria-label={label}>
      <Stack direction="row" sx={{ alignItems: 'center', columnGap: 1.5, mb: 0.5, minHeight: 28 }}>
        <Typography variant="h2">{label}</Typography>
        {data && !live && <DataAge at={at} live={live} reason={why?.sentence} />}
      </Stack>
      {query.isPending && <Loading label={`Loading: ${label}`} rows={1} rowHeight={98} />}
      {trouble && data && <StaleNotice why={trouble} onRetry={again} />}
      {trouble && !data && <ErrorFace why={trouble} onRetry={again} />}
      {data &&
        (data.length === 0 && empty ? (
          <Typography color="textSecondary">{empty}</Typography>
        ) : (
          <Box component="ul" aria-label={label} sx={{ display: 'grid', gap: 1.5, gridTemplateColumns: 'repeat(auto-fit, minmax(min(100%, 165px), 1fr))', m: 0, p: 0, listStyle: 'none', ...(trouble ? { mt: 1 } : {}) }}>
            {children(data)}
          </Box>
        ))}
    </Box>
  );
}
