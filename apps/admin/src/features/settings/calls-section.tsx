import Block from '@mui/icons-material/Block';
import CheckCircleOutlined from '@mui/icons-material/CheckCircleOutlined';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import { ConfirmDialog, StatePill } from '@nailup/web';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useApi } from '../../shared/api-context.js';
import type { Settings } from '../../shared/contract.js';
import { keys, useLiveCalls } from '../../shared/queries.js';
import { changeSettings } from './change-settings.js';
import { SettingsPart } from './section-form.js';
import { parts } from './words.js';

export const DiallingPill = ({ enabled }: { enabled: boolean }) =>
  enabled ? <StatePill tone="good" icon={CheckCircleOutlined} label="Agents may call out" /> : <StatePill tone="bad" icon={Block} label="Stopped: nobody can call out" />;

/** The kill switch. It is pulled at once, apart from every form. */
export function CallsSection({ settings }: { settings: Settings }) {
  const api = useApi();
  const cache = useQueryClient();
  const [asked, setAsked] = useState(false);
  const { enabled } = settings.dialling;
  const calls = useLiveCalls().data;
  const out = calls?.filter(({ direction }) => direction === 'outbound').length;

  const turn = async (): Promise<void> => {
    // The whole of the dialling settings is replaced with it, so it goes by what holds at this moment.
    cache.setQueryData(keys.settings, await changeSettings(api, ({ dialling }) => ({ dialling: { ...dialling, enabled: !enabled } })));
  };
  const upNow = out === undefined ? '' : out === 0 ? ' None is up now.' : out === 1 ? ' One call to the outside is up now; it goes on.' : ` ${out} calls to the outside are up now; they go on.`;

  return (
    <SettingsPart {...parts.calls}>
      <Box sx={{ display: 'flex', alignItems: 'center', gap: 2, flexWrap: 'wrap' }}>
        <DiallingPill enabled={enabled} />
        <Button variant="outlined" color={enabled ? 'error' : 'primary'} onClick={() => setAsked(true)}>
          {enabled ? 'Stop all calls to the outside' : 'Allow calls to the outside'}
        </Button>
      </Box>
      <Typography variant="body2" color="textSecondary" sx={{ mt: 1 }}>
        {enabled ? 'For the day when somebody dials what nobody should: from then on the manager refuses every new call, of agents and of API keys alike.' : 'The manager refuses every new call to the outside, of agents and of API keys alike.'}
      </Typography>
      {asked && (
        <ConfirmDialog
          title={enabled ? 'Stop all calls to the outside?' : 'Allow calls to the outside?'}
          confirmLabel={enabled ? 'Stop them' : 'Allow them'}
          danger={enabled}
          onConfirm={turn}
          onClose={() => setAsked(false)}
        >
          {enabled ? `No agent and no API key can begin a call until this is allowed again.${upNow}` : 'Agents and API keys can call again whom the dialling settings allow.'}
        </ConfirmDialog>
      )}
    </SettingsPart>
  );
}
