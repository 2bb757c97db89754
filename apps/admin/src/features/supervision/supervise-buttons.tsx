import Campaign from '@mui/icons-material/Campaign';
import Groups from '@mui/icons-material/Groups';
import Headset from '@mui/icons-material/Headset';
import IconButton from '@mui/material/IconButton';
import Tooltip from '@mui/material/Tooltip';
import { useUser } from '@nailup/web';
import { clientNumber } from '../../shared/calls.js';
import type { Call, SupervisionMode } from '../../shared/contract.js';
import { useSupervising } from './supervision-context.js';
import { modes, modeWords } from './words.js';

export const modeIcons: Readonly<Record<SupervisionMode, typeof Headset>> = { listen: Headset, whisper: Campaign, barge: Groups };

/** Listen, whisper, barge: for a call that an agent has, and that is not one's own. */
export function SuperviseButtons({ call }: { call: Call }) {
  const { id: me } = useUser();
  const { supervising, picture } = useSupervising();
  const { agent, state, id } = call;
  if (!agent || agent.id === me || (state !== 'answered' && state !== 'held')) return null;
  const number = clientNumber(call);
  const here = picture.call?.id === id && picture.phase !== 'over';
  return modes.map((mode) => {
    const Icon = modeIcons[mode];
    const label = `${modeWords[mode].verb}: ${agent.displayName} with ${number}`;
    const on = here && picture.mode === mode;
    return (
      <Tooltip key={mode} title={modeWords[mode].verb}>
        <IconButton
          size="small"
          aria-label={label}
          aria-pressed={on}
          color={on ? 'primary' : 'default'}
          onClick={(event) => {
            // The row it stands in opens on a click.
            event.stopPropagation();
            void supervising.begin({ id, number, agent: agent.displayName }, mode);
          }}
        >
          <Icon fontSize="small" />
        </IconButton>
      </Tooltip>
    );
  });
}
