import Campaign from '@mui/icons-material/Campaign';
import Groups from '@mui/icons-material/Groups';
import Headset from '@mui/icons-material/Headset';
import Alert from '@mui/material/Alert';
import { useDesk } from '../../calls/desk.js';
import { useSupervision, type SupervisionMode } from '../../calls/use-supervision.js';

const words: Readonly<Record<SupervisionMode, { icon: typeof Headset; text: string }>> = {
  listen: { icon: Headset, text: 'A supervisor is listening' },
  whisper: { icon: Campaign, text: 'A supervisor can speak to you. The client does not hear it' },
  barge: { icon: Groups, text: 'A supervisor is in the call' },
};

/** Says that a supervisor takes part in her call, where the policy lets her know. */
export function SupervisionBanner() {
  const { call } = useDesk();
  const mode = useSupervision(call?.id ?? null);
  const shown = mode === null ? null : words[mode];
  const Icon = shown?.icon;
  return (
    // Always there, so that a screen reader hears the words come.
    <div role="status">
      {shown && Icon && (
        <Alert severity="info" variant="outlined" icon={<Icon fontSize="inherit" />}>
          {shown.text}
        </Alert>
      )}
    </div>
  );
}
