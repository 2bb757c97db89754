import CheckCircle from '@mui/icons-material/CheckCircle';
import RadioButtonUnchecked from '@mui/icons-material/RadioButtonUnchecked';
import Box from '@mui/material/Box';
import CircularProgress from '@mui/material/CircularProgress';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import { visuallyHidden } from '@mui/utils';
import type { SeatState } from '@nailup/phone';

const order = ['preparing', 'finding', 'connecting', 'joining'] as const satisfies readonly SeatState[];
type Stage = (typeof order)[number];

const isStage = (state: SeatState): state is Stage => (order as readonly SeatState[]).includes(state);

/** The way to a seat, step by step: done, under way, to come. `server`: the media server's name once it is known. */
export function Stages({ state, server }: { state: SeatState; server: string | null }) {
  const now = isStage(state) ? order.indexOf(state) : -1;
  const words: Record<Stage, string> = {
    preparing: 'Microphone',
    finding: 'Finding a media server',
    connecting: server && now >= order.indexOf('connecting') ? `Connecting to ${server}` : 'Connecting',
    joining: 'Joining your room',
  };
  return (
    <Stack component="ol" spacing={1.25} sx={{ listStyle: 'none', m: 0, p: 0 }}>
      {order.map((stage, place) => (
        <Stack component="li" key={stage} direction="row" spacing={1.25} sx={{ alignItems: 'center' }} aria-current={place === now ? 'step' : undefined}>
          <Box sx={{ width: 24, height: 24, display: 'grid', placeItems: 'center' }}>
            {place < now && <CheckCircle aria-hidden color="success" />}
            {place === now && <CircularProgress size={20} thickness={5} aria-hidden />}
            {place > now && <RadioButtonUnchecked aria-hidden sx={{ color: 'text.secondary' }} />}
          </Box>
          <Typography sx={{ fontWeight: place === now ? 600 : 400 }} color={place > now ? 'textSecondary' : 'textPrimary'}>
            {words[stage]}
            <span style={visuallyHidden}>{place < now ? ', done' : place > now ? ', to come' : ', under way'}</span>
          </Typography>
        </Stack>
      ))}
    </Stack>
  );
}
