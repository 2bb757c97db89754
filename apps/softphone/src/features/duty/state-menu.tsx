import ArrowDropDown from '@mui/icons-material/ArrowDropDown';
import CheckCircleOutlined from '@mui/icons-material/CheckCircleOutlined';
import EditNote from '@mui/icons-material/EditNote';
import HeadsetMic from '@mui/icons-material/HeadsetMic';
import HeadsetOff from '@mui/icons-material/HeadsetOff';
import PauseCircleOutlined from '@mui/icons-material/PauseCircleOutlined';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import ListItemIcon from '@mui/material/ListItemIcon';
import Menu from '@mui/material/Menu';
import MenuItem from '@mui/material/MenuItem';
import Snackbar from '@mui/material/Snackbar';
import { visuallyHidden } from '@mui/utils';
import { useNow } from '@nailup/web';
import { useId, useState, type ReactElement } from 'react';
import { useDeed } from '../../calls/action-button.js';
import { useDesk, useOnCall } from '../../calls/desk.js';
import { WhyNot } from '../../calls/why-not.js';
import { clockText } from '../../line/clock-text.js';
import type { Duty, WishedState } from '../../line/duty.js';
import { useDuty, useWish } from '../../line/duty-context.js';
import { useLine, usePicture } from '../../line/line-context.js';

const faces = {
  ready: { word: 'Ready', icon: CheckCircleOutlined, color: 'success.main', bgcolor: 'success.light' },
  'on-call': { word: 'On call', icon: HeadsetMic, color: 'success.main', bgcolor: 'success.light' },
  'wrap-up': { word: 'Wrap-up', icon: EditNote, color: 'info.main', bgcolor: 'info.light' },
  paused: { word: 'Paused', icon: PauseCircleOutlined, color: 'warning.main', bgcolor: 'warning.light' },
  offline: { word: 'Offline', icon: HeadsetOff, color: 'text.secondary', bgcolor: 'var(--nailup-sunken)' },
} as const satisfies Record<Duty['state'], unknown>;

/** What she is doing and for how long, on every screen; press it to pause, with a reason, or to be ready again. Shown while she has a seat. */
export function StateMenu() {
  const duty = useDuty();
  const { onlineSince } = usePicture();
  const onCall = useOnCall();
  const { settings } = useDesk();
  const wish = useWish();
  const { pending, why, run } = useDeed();
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const [quiet, setQuiet] = useState(false);
  const menuId = useId();
  if (!duty || onlineSince === null) return null;
  const talking = onCall || duty.state === 'on-call';
  const { word, icon: Icon, ...colours } = faces[talking ? 'on-call' : duty.state];
  const say = duty.state === 'paused' && duty.reason && !talking ? `${word}: ${duty.reason}` : word;
  const choose = (state: WishedState, reason?: string): void => {
    setAnchor(null);
    setQuiet(false);
    run(() => wish(state, reason));
  };

  return (
    <>
      <Button
        color="inherit"
        aria-haspopup="menu"
        aria-expanded={anchor !== null}
        aria-controls={anchor ? menuId : undefined}
        // The call decides this state until it ends.
        disabled={talking}
        loading={pending}
        startIcon={<Icon />}
        endIcon={talking ? undefined : <ArrowDropDown />}
        onClick={(event) => setAnchor(event.currentTarget)}
        sx={{ ...colours, borderRadius: 5, px: 1.5, minWidth: 0, '&:hover': { ...colours, outline: '1px solid currentColor' }, '&.Mui-disabled': { color: colours.color } }}
      >
        <span style={visuallyHidden}>Your state: </span>
        <Box component="span" sx={{ maxWidth: { xs: 96, sm: 220 }, overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' }}>
          {say}
        </Box>
        {!talking && <Since duty={duty} />}
      </Button>
      <Menu id={menuId} anchorEl={anchor} open={anchor !== null} onClose={() => setAnchor(null)}>
        {duty.state !== 'ready' && (
          <MenuItem onClick={() => choose('ready')}>
            <ListItemIcon>
              <CheckCircleOutlined fontSize="small" color="success" />
            </ListItemIcon>
            Ready
          </MenuItem>
        )}
        {pauseItems(duty, settings.value?.pauseReasons ?? [], (reason) => choose('paused', reason))}
      </Menu>
      <Snackbar open={why !== null && !quiet} autoHideDuration={10_000} onClose={() => setQuiet(true)} anchorOrigin={{ vertical: 'top', horizontal: 'center' }}>
        <Box sx={{ bgcolor: 'background.paper', borderRadius: 1 }}>
          <WhyNot why={why} />
        </Box>
      </Snackbar>
    </>
  );
}

function Since({ duty }: { duty: Duty }) {
  const { managerClock } = useLine();
  const now = useNow();
  return (
    <Box component="span" sx={{ ml: 1, fontWeight: 400, display: { xs: 'none', sm: 'inline' } }}>
      {clockText(now - managerClock.onPage(duty.since))}
    </Box>
  );
}

/** The reasons of the settings; one item without a reason when there are none, or none could be read. Items, because a menu moves the focus among its own children. */
function pauseItems(now: Duty, reasons: readonly string[], choose: (reason?: string) => void): ReactElement[] {
  const item = (words: string, reason?: string) => (
    <MenuItem key={words} selected={now.state === 'paused' && now.reason === (reason ?? null)} onClick={() => choose(reason)}>
      <ListItemIcon>
        <PauseCircleOutlined fontSize="small" color="warning" />
      </ListItemIcon>
      {words}
    </MenuItem>
  );
  return reasons.length > 0 ? reasons.map((reason) => item(`Pause: ${reason}`, reason)) : [item('Pause')];
}
