import Alert from '@mui/material/Alert';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import { useId } from 'react';
import type { ServerCredentials } from '../../shared/contract.js';
import { CopyField } from '../../shared/copy-field.js';

/** What a media server entered by hand must be told: shown this once. */
export function CredentialsDialog({ server, credentials: { serverToken, realtime }, onClose }: { server: string; credentials: ServerCredentials; onClose: () => void }) {
  const titleId = useId();
  return (
    <Dialog open onClose={(_, reason) => reason === 'escapeKeyDown' && onClose()} aria-labelledby={titleId}>
      <DialogTitle id={titleId}>Credentials of {server}</DialogTitle>
      <DialogContent>
        <Stack spacing={2}>
          <Alert severity="warning">These are shown once. The server needs them to look up its seats and to enrol again as itself.</Alert>
          <Typography color="textSecondary">
            A machine that runs asterisk/provision.sh gets and writes its own. On one set up by hand the realtime URL goes into extconfig.conf and the realtime token into res_curl.conf, both in
            /etc/asterisk; asterisk/config holds a pattern of each.
          </Typography>
          <CopyField label="Server token" text={serverToken} />
          <CopyField label="Realtime URL" text={realtime.url} />
          <CopyField label="Realtime token" text={realtime.token} />
        </Stack>
      </DialogContent>
      <DialogActions>
        <Button variant="contained" onClick={onClose}>
          Done
        </Button>
      </DialogActions>
    </Dialog>
  );
}
