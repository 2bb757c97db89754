import { Mark, ThemeSwitch, useUser } from '@nailup/web';
import Box from '@mui/material/Box';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import { useEffect } from 'react';
import { AccountMenu } from './features/account/account-menu.js';
import { LinkRow } from './features/links/link-row.js';
import { SeatPanel } from './features/seat/seat-panel.js';
import { SoundPanel } from './features/sound/sound-panel.js';
import { useLine } from './line/line-context.js';

/** The one screen of the softphone; the features stand beside each other here and know nothing of one another. */
export function Shell() {
  useComingBack();
  return (
    <Box sx={{ minHeight: '100dvh', display: 'grid', gridTemplateRows: 'auto 1fr auto' }}>
      <Stack
        component="header"
        direction="row"
        spacing={1.25}
        sx={{ alignItems: 'center', px: { xs: 2, sm: 3 }, py: 1.25, bgcolor: 'background.paper', borderBottom: 1, borderColor: 'divider' }}
      >
        <Mark size={28} />
        <Typography component="p" variant="h3" sx={{ flex: 1 }}>
          Softphone
        </Typography>
        <ThemeSwitch />
        <AccountMenu />
      </Stack>
      <Box
        component="main"
        sx={{
          width: '100%',
          maxWidth: 980,
          mx: 'auto',
          px: { xs: 2, sm: 3 },
          py: { xs: 2, sm: 4 },
          display: 'grid',
          alignContent: 'start',
          gap: 2,
          gridTemplateColumns: { xs: 'minmax(0, 1fr)', md: 'minmax(0, 3fr) minmax(0, 2fr)' },
        }}
      >
        <SeatPanel />
        <SoundPanel />
      </Box>
      <LinkRow />
    </Box>
  );
}

/** Brings the agent who reloaded the page back to her seat, and nobody else to it. */
function useComingBack(): void {
  const { id } = useUser();
  const { phone, wish } = useLine();
  useEffect(() => {
    if (wish.holds(id)) phone.goOnline();
    else void phone.leave();
    return wish.follow(phone, id);
  }, [id, phone, wish]);
}
