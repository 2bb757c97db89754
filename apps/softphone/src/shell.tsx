import { Mark, ThemeSwitch, useUser } from '@nailup/web';
import Box from '@mui/material/Box';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import { useEffect } from 'react';
import { useOnCall } from './calls/desk.js';
import { AccountMenu } from './features/account/account-menu.js';
import { CallPanel } from './features/call/call-panel.js';
import { DialPad } from './features/dial/dial-pad.js';
import { StateMenu } from './features/duty/state-menu.js';
import { HistoryPanel } from './features/history/history-panel.js';
import { LinkRow } from './features/links/link-row.js';
import { SeatPanel } from './features/seat/seat-panel.js';
import { SoundPanel } from './features/sound/sound-panel.js';
import { TransferBox } from './features/transfer/transfer-box.js';
import { CallBackBanner } from './features/wrap-up/call-back-banner.js';
import { SupervisionBanner } from './features/supervision/supervision-banner.js';
import { WrapUpPanel } from './features/wrap-up/wrap-up-panel.js';
import { useDuty } from './line/duty-context.js';
import { useLine, usePicture } from './line/line-context.js';

/** The one screen of the softphone; the features stand beside each other here and know nothing of one another. */
export function Shell() {
  useComingBack();
  const onCall = useOnCall();
  useAskingBeforeClosing(onCall);
  const wrapsUp = useDuty()?.state === 'wrap-up';
  const { onlineSince } = usePicture();
  return (
    <Box sx={{ minHeight: '100dvh', display: 'grid', gridTemplateRows: 'auto 1fr auto' }}>
      <Stack
        component="header"
        direction="row"
        spacing={{ xs: 0.5, sm: 1.25 }}
        sx={{ alignItems: 'center', px: { xs: 1.5, sm: 3 }, py: 1.25, bgcolor: 'background.paper', borderBottom: 1, borderColor: 'divider' }}
      >
        <Mark size={28} />
        <Typography component="p" variant="h3" sx={{ flex: 1, display: { xs: 'none', sm: 'block' } }}>
          Softphone
        </Typography>
        <Box sx={{ flex: 1, display: { sm: 'none' } }} />
        <StateMenu />
        <ThemeSwitch />
        <AccountMenu />
      </Stack>
      <Box
        component="main"
        sx={{
          width: '100%',
          maxWidth: 1080,
          mx: 'auto',
          px: { xs: 2, sm: 3 },
          py: { xs: 2, sm: 4 },
          display: 'grid',
          alignContent: 'start',
          gap: 2,
          // On a wide page what is said of the call and what is done about sound stand side by side; the past fills what the first leaves below.
          gridTemplateColumns: { xs: 'minmax(0, 1fr)', md: 'minmax(0, 3fr) minmax(0, 2fr)' },
          gridTemplateRows: { md: 'auto 1fr' },
          gridTemplateAreas: { xs: '"now" "side" "past"', md: '"now side" "past side"' },
        }}
      >
        <Stack useFlexGap spacing={2} sx={{ gridArea: 'now', minWidth: 0 }}>
          <CallBackBanner />
          <SupervisionBanner />
          <CallPanel more={(call) => <TransferBox call={call} />} />
          <WrapUpPanel />
          <SeatPanel small={onCall || wrapsUp} />
        </Stack>
        <Stack useFlexGap spacing={2} sx={{ gridArea: 'side', minWidth: 0 }}>
          {onlineSince !== null && !onCall && <DialPad />}
          <SoundPanel />
        </Stack>
        <Box sx={{ gridArea: 'past', minWidth: 0 }}>
          <HistoryPanel />
        </Box>
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

/** Somebody on the line would be cut off, also one on hold: the browser asks before it lets the page go. */
function useAskingBeforeClosing(onCall: boolean): void {
  useEffect(() => {
    if (!onCall) return;
    const ask = (event: BeforeUnloadEvent): void => event.preventDefault();
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [onCall]);
}
