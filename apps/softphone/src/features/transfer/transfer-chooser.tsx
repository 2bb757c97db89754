import List from '@mui/material/List';
import ListItemButton from '@mui/material/ListItemButton';
import ListItemText from '@mui/material/ListItemText';
import Stack from '@mui/material/Stack';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import { CallButton, steadyHover } from '../../calls/action-button.js';
import type { Call } from '../../calls/manager-calls.js';
import { useOrders } from '../../calls/use-order.js';
import { WhyNot } from '../../calls/why-not.js';
import { isConsulting } from '../../calls/words.js';
import { useLine } from '../../line/line-context.js';
import { choices } from './transfer-words.js';
import { useDirectory } from './use-directory.js';

/** Whom to hand the caller on to, and how: at once, or after talking with them. */
export function TransferChooser({ call, onAsked }: { call: Call; onAsked: () => void }) {
  const { calls } = useLine();
  const { directory, why: unread } = useDirectory();
  const { pending, why, give } = useOrders<'blind' | 'warm'>();
  const [text, setText] = useState('');
  const [to, setTo] = useState<string | null>(null);
  const found = choices(directory ?? { items: [], queues: [] }, text);
  const chosen = found.find((one) => one.to === to) ?? null;
  const ready = chosen?.free === true && pending === null;

  return (
    <Stack component="section" aria-label="Transfer" useFlexGap spacing={1.5}>
      <TextField label="To whom" autoComplete="off" value={text} onChange={(event) => setText(event.target.value)} helperText="A colleague, a queue, or a number." />
      <List aria-label="Whom to transfer to" dense sx={{ maxHeight: 240, overflowY: 'auto', p: 0, border: 1, borderColor: 'divider', borderRadius: 1 }}>
        {found.map((one) => (
          <li key={one.to}>
            <ListItemButton selected={one.to === to} aria-pressed={one.to === to} role="button" disabled={!one.free} onClick={() => setTo(one.to)}>
              <ListItemText primary={one.name} secondary={one.more} />
            </ListItemButton>
          </li>
        ))}
        {found.length === 0 && (
          <li>
            <Typography color="textSecondary" sx={{ p: 1.5 }}>
              {directory ? 'Nobody has that name.' : 'Colleagues are being read.'}
            </Typography>
          </li>
        )}
      </List>
      <Stack direction="row" useFlexGap spacing={1.5}>
        <CallButton
          fullWidth
          variant="contained"
          disabled={!ready}
          loading={pending === 'blind'}
          onClick={() => chosen && give('blind', () => calls.transfer(call.id, chosen.to, 'blind'), (now) => now?.id !== call.id)}
          sx={steadyHover('primary')}
        >
          Hand over now
        </CallButton>
        <CallButton
          fullWidth
          variant="outlined"
          disabled={!ready || !chosen.talks}
          loading={pending === 'warm'}
          onClick={() =>
            chosen &&
            give(
              'warm',
              async () => {
                const asked = await calls.transfer(call.id, chosen.to, 'warm');
                onAsked();
                return asked;
              },
              (now) => now?.id !== call.id || isConsulting(now),
            )
          }
        >
          Talk first
        </CallButton>
      </Stack>
      <WhyNot why={why ?? unread} />
    </Stack>
  );
}
