import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import CircularProgress from '@mui/material/CircularProgress';
import Stack from '@mui/material/Stack';
import ToggleButton from '@mui/material/ToggleButton';
import ToggleButtonGroup from '@mui/material/ToggleButtonGroup';
import Typography from '@mui/material/Typography';
import { useNow } from '@nailup/web';
import { useEffect, useState } from 'react';
import type { SupervisionMode } from '../../shared/contract.js';
import { clockText } from '../../shared/duration.js';
import type { SupervisionPicture } from './supervising.js';
import { useSupervising } from './supervision-context.js';
import { modeIcons } from './supervise-buttons.js';
import { modes, modeWords } from './words.js';

/** How often the level is drawn. Milliseconds. */
const drawMs = 100;

const titles: Readonly<Record<SupervisionPicture['phase'], (who: string, doing: string) => string>> = {
  joining: (who) => `Joining ${who}`,
  on: (who, doing) => `${doing} ${who}`,
  rejoining: (who) => `Joining ${who} again`,
  over: (who) => `Not supervising ${who} any more`,
};

/** The supervision that goes on, whatever page is open: whom, how, since when, how loud, and the way out. */
export function SupervisionBar() {
  const { supervising, picture } = useSupervising();
  const { call, mode, phase, changing, since, why } = picture;
  if (!call) return null;
  const { doing, heard } = modeWords[mode];
  const who = `${call.agent} with ${call.number}`;
  return (
    <Box component="section" aria-label="Your supervision" sx={{ position: 'sticky', top: 0, zIndex: 1100, bgcolor: 'background.paper', borderBottom: 2, borderColor: phase === 'over' ? 'divider' : 'primary.main', px: { xs: 1.5, md: 3 }, py: 1 }}>
      <Stack direction="row" useFlexGap sx={{ alignItems: 'center', flexWrap: 'wrap', columnGap: 2, rowGap: 1 }}>
        <Box role="status" sx={{ minWidth: 0 }}>
          <Typography sx={{ fontWeight: 600 }}>{titles[phase](who, doing)}</Typography>
          {phase === 'on' && (
            <Typography variant="body2" color="textSecondary">
              {heard(call.agent)}
            </Typography>
          )}
        </Box>
        {(phase === 'joining' || phase === 'rejoining') && <CircularProgress size={18} aria-label="Joining" />}
        {phase === 'on' && since !== null && <Elapsed since={since} />}
        {phase === 'on' && <Level of={supervising.level} />}
        <Box sx={{ flex: 1 }} />
        {phase === 'on' && (
          <ToggleButtonGroup size="small" exclusive value={changing ?? mode} aria-label="How you take part" disabled={changing !== null} onChange={(_, next: SupervisionMode | null) => next && void supervising.change(next)}>
            {modes.map((one) => {
              const Icon = modeIcons[one];
              return (
                <ToggleButton key={one} value={one} sx={{ gap: 0.75, px: 1.25 }}>
                  <Icon fontSize="small" />
                  {modeWords[one].verb}
                </ToggleButton>
              );
            })}
          </ToggleButtonGroup>
        )}
        <Button variant={phase === 'over' ? 'outlined' : 'contained'} color={phase === 'over' ? 'inherit' : 'error'} onClick={supervising.stop}>
          {phase === 'over' ? 'Close' : 'Stop'}
        </Button>
      </Stack>
      {why && (
        <Alert severity={phase === 'over' ? 'info' : 'warning'} sx={{ mt: 1 }}>
          {why}
        </Alert>
      )}
    </Box>
  );
}

function Elapsed({ since }: { since: number }) {
  const now = useNow();
  return (
    <Typography component="time" role="timer" sx={{ fontVariantNumeric: 'tabular-nums' }}>
      {clockText(now - since)}
    </Typography>
  );
}

/** How loud the call is: shows that something is heard before somebody asks whether the loudspeaker is on. */
function Level({ of }: { of: () => number }) {
  const [level, setLevel] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => setLevel(of()), drawMs);
    return () => clearInterval(timer);
  }, [of]);
  const percent = Math.round(level * 100);
  return (
    <Box role="meter" aria-label="Level of the call" aria-valuemin={0} aria-valuemax={100} aria-valuenow={percent} sx={{ width: 96, height: 8, borderRadius: 1, bgcolor: 'var(--nailup-sunken)', overflow: 'hidden' }}>
      <Box sx={{ width: `${percent}%`, height: 1, bgcolor: 'success.main' }} />
    </Box>
  );
}
