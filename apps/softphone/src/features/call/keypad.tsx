import Box from '@mui/material/Box';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import { useEffect, useId, type KeyboardEvent } from 'react';
import { KeyGrid } from '../../calls/key-grid.js';
import { WhyNot } from '../../calls/why-not.js';
import { useDigits } from './use-digits.js';

const isKey = (key: string): boolean => /^[0-9*#]$/.test(key);

/** Digits to the other side, by click or by typing, with an echo of what was sent and of what they pressed. `callId`: null when only the line is there. */
export function Keypad({ callId }: { callId: string | null }) {
  const { sent, waiting, received, why, press } = useDigits(callId);
  const id = useId();
  // What she types next is meant for the keys; the ring is drawn where the digits appear.
  useEffect(() => document.getElementById(id)?.focus(), [id]);
  const typed = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey || !isKey(event.key)) return;
    event.preventDefault();
    press(event.key);
  };
  return (
    <Box id={id} role="group" aria-label="Keypad" tabIndex={-1} onKeyDown={typed} sx={{ maxWidth: 360, width: '100%', alignSelf: 'center', '&:focus-visible': { outline: 'none', '& .echo': { outline: '2px solid var(--mui-palette-primary-main)' } } }}>
      <Stack useFlexGap spacing={1.5}>
        <Echo name="Sent" digits={sent} waiting={waiting} />
        {received && <Echo name="Received" digits={received} />}
        <KeyGrid lastRow={['*', '0', '#']} onKey={press} />
        <Typography variant="body2" color="textSecondary">
          You can type digits, * and # as well.
        </Typography>
        <WhyNot why={why} />
      </Stack>
    </Box>
  );
}

/** The last digits, the newest at the right end; those still under way are paler. */
function Echo({ name, digits, waiting = '' }: { name: string; digits: string; waiting?: string }) {
  return (
    <Box role="status" className={name === 'Sent' ? 'echo' : undefined} sx={{ display: 'grid', gridTemplateColumns: '72px minmax(0, 1fr)', alignItems: 'center', px: 1.5, py: 1, borderRadius: 1, bgcolor: 'var(--nailup-sunken)' }}>
      <Typography variant="body2" color="textSecondary">
        {name}
      </Typography>
      <Typography sx={{ fontSize: '1.25rem', letterSpacing: '0.1em', textAlign: 'right', minHeight: '1.5em', overflow: 'hidden', whiteSpace: 'nowrap', direction: 'ltr' }}>
        {digits.slice(-18)}
        <Box component="span" sx={{ color: 'text.secondary' }}>
          {waiting.slice(-18)}
        </Box>
      </Typography>
    </Box>
  );
}
