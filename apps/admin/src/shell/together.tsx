import Stack from '@mui/material/Stack';
import type { ReactNode } from 'react';

/** Several features on one page, one below the other. */
export function Together({ children }: { children: ReactNode }) {
  return <Stack spacing={4}>{children}</Stack>;
}
