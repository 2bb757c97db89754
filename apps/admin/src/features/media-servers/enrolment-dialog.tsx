import Alert from '@mui/material/Alert';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import MenuItem from '@mui/material/MenuItem';
import Stack from '@mui/material/Stack';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useId, useState } from 'react';
import { useForm } from 'react-hook-form';
import { useApi } from '../../shared/api-context.js';
import type { EnrolmentToken } from '../../shared/contract.js';
import { CopyField } from '../../shared/copy-field.js';
import { FormDialog } from '../../shared/form-dialog.js';
import { FormText } from '../../shared/form-text.js';
import { newKey, useProblemForm } from '../../shared/problem-form.js';
import { isLoopback, provisioningLine, type Machine } from './provisioning-line.js';

interface Fields {
  uses: number;
  hours: number;
  allowedCidr: string;
}

const names = ['uses', 'allowedCidr'] as const;
const lifetimes = { 1: '1 hour', 24: '1 day', 168: '1 week' };

/** Mints the token a new machine enrols with, and shows once what to run there. */
export function EnrolmentDialog({ onClose }: { onClose: () => void }) {
  const api = useApi();
  const [key] = useState(newKey);
  const [minted, setMinted] = useState<EnrolmentToken | null>(null);
  const form = useForm<Fields>({ defaultValues: { uses: 1, hours: 24, allowedCidr: '' } });
  const { submit, why } = useProblemForm(form, names, async ({ uses, hours, allowedCidr }) => {
    const expiresAt = new Date(Date.now() + hours * 3_600_000).toISOString();
    setMinted(await api.mediaServers.enrolmentToken({ uses, expiresAt, allowedCidr: allowedCidr.trim() || null }, key));
  });

  if (minted) return <MintedDialog minted={minted} onClose={onClose} />;
  return (
    <FormDialog title="Enrol a media server" submitLabel="Make a token" pending={form.formState.isSubmitting} why={why} onSubmit={submit} onClose={onClose}>
      <Typography color="textSecondary">
        A new machine needs only the address of this manager and a token. It brings its name, addresses and AMI account by itself.
      </Typography>
      <Stack direction={{ xs: 'column', sm: 'row' }} spacing={2}>
        <FormText form={form} name="uses" label="Machines" type="number" rules={{ required: 'Needed', valueAsNumber: true, min: { value: 1, message: 'At least 1' } }} hint="How many may enrol with it" autoFocus />
        <FormText form={form} name="hours" label="Valid for" select defaultValue={24} rules={{ valueAsNumber: true }}>
          {Object.entries(lifetimes).map(([hours, word]) => (
            <MenuItem key={hours} value={Number(hours)}>
              {word}
            </MenuItem>
          ))}
        </FormText>
      </Stack>
      <FormText form={form} name="allowedCidr" label="Allowed network (CIDR)" hint="Only hosts within it may enrol, for example 203.0.113.0/24. Empty: any." />
    </FormDialog>
  );
}

function MintedDialog({ minted, onClose }: { minted: EnrolmentToken; onClose: () => void }) {
  const titleId = useId();
  const [machine, setMachine] = useState<Machine>({ host: '', managers: '', managerUrl: location.origin });
  const unreachable = isLoopback(machine.managerUrl);
  return (
    <Dialog open onClose={(_, reason) => reason === 'escapeKeyDown' && onClose()} aria-labelledby={titleId} maxWidth="md">
      <DialogTitle id={titleId}>Enrolment token</DialogTitle>
      <DialogContent>
        <Stack spacing={2}>
          <Alert severity="warning">This token is shown once. Copy it now; if it is lost, make another.</Alert>
          <CopyField label="Token" text={minted.token} />
          <Stack direction={{ xs: 'column', sm: 'row' }} spacing={2}>
            <TextField
              label="Address of the new machine"
              value={machine.host}
              onChange={(event) => setMachine({ ...machine, host: event.target.value })}
              helperText="Public address or name that agents reach"
            />
            <TextField
              label="Address of this manager"
              value={machine.managerUrl}
              onChange={(event) => setMachine({ ...machine, managerUrl: event.target.value })}
              error={unreachable}
              helperText={unreachable ? 'Another machine cannot reach this one by that: put the address it can reach' : 'Where the new machine reaches it, several with commas between'}
            />
            <TextField
              label="Network of the managers (CIDR)"
              value={machine.managers}
              onChange={(event) => setMachine({ ...machine, managers: event.target.value })}
              helperText="Who may connect to its AMI. Empty: only from the machine itself"
            />
          </Stack>
          <CopyField label="Run this on the new machine as the user asterisk (steps: asterisk/README.md)" text={provisioningLine(minted.token, machine, location.protocol === 'https:')} />
          <Typography color="textSecondary">
            Further settings (certificate, capacity, region, ports) are listed at the head of asterisk/provision.sh. The machine appears in the table as soon as it has enrolled, and takes agents
            once its first full snapshot was read.
          </Typography>
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
