import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import type { ReactNode } from 'react';

const letters: Readonly<Record<string, string>> = { 2: 'ABC', 3: 'DEF', 4: 'GHI', 5: 'JKL', 6: 'MNO', 7: 'PQRS', 8: 'TUV', 9: 'WXYZ' };
const spoken: Readonly<Record<string, string>> = { '*': 'Star', '#': 'Hash', '+': 'Plus' };

/** The letters are drawn on the key and are no part of its name. */
const drawn = (text: string | undefined) =>
  text ? { '&::after': { content: `"${text}"`, fontSize: '0.625rem', letterSpacing: '0.12em', color: 'text.secondary' } } : {};

/** Twelve keys as on a telephone; the last row is what the caller of this gives. */
export function KeyGrid({ lastRow, disabled = false, onKey }: { lastRow: readonly (string | ReactNode)[]; disabled?: boolean; onKey: (key: string) => void }) {
  return (
    <Box role="group" aria-label="Keys" sx={{ display: 'grid', gridTemplateColumns: 'repeat(3, 1fr)', gap: 1 }}>
      {['1', '2', '3', '4', '5', '6', '7', '8', '9', ...lastRow].map((key, place) =>
        typeof key === 'string' ? (
          <Button
            key={key}
            variant="outlined"
            color="inherit"
            disabled={disabled}
            aria-label={spoken[key] ?? key}
            onClick={() => onKey(key)}
            sx={{ minHeight: 48, minWidth: 0, py: 0.5, flexDirection: 'column', lineHeight: 1.15, fontSize: '1.25rem', borderColor: 'var(--nailup-edge)', ...drawn(letters[key]) }}
          >
            {key}
          </Button>
        ) : (
          <Box key={place} sx={{ display: 'grid' }}>
            {key}
          </Box>
        ),
      )}
    </Box>
  );
}
