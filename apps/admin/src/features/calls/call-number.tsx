import CallMade from '@mui/icons-material/CallMade';
import CallReceived from '@mui/icons-material/CallReceived';
import Box from '@mui/material/Box';
import Link from '@mui/material/Link';
import { clientNumber } from '../../shared/calls.js';
import type { Call } from '../../shared/contract.js';
import { Hidden, Soft } from '../../shared/text.js';
import { directionNames } from './words.js';

/** Who is called or calls, with the direction; pressing it opens the call. */
export function CallNumber({ call, onOpen }: { call: Call; onOpen: (id: string) => void }) {
  const Icon = call.direction === 'inbound' ? CallReceived : CallMade;
  const number = clientNumber(call);
  return (
    <Box sx={{ display: 'flex', alignItems: 'center', gap: 0.75, whiteSpace: 'nowrap', position: 'relative' }}>
      <Icon aria-hidden sx={{ fontSize: 17, color: 'text.secondary' }} />
      <Hidden>{directionNames[call.direction]}</Hidden>
      <div>
        <Link component="button" onClick={() => onOpen(call.id)} aria-label={`Details of the call with ${number || 'an unknown number'}`} sx={{ fontSize: 'inherit', fontWeight: 600, verticalAlign: 'baseline' }}>
          {number || 'unknown'}
        </Link>
        <Box>
          <Soft>{call.direction === 'inbound' ? `called ${call.to}` : `shown as ${call.from || 'unknown'}`}</Soft>
        </Box>
      </div>
    </Box>
  );
}
