import MenuItem from '@mui/material/MenuItem';
import Typography from '@mui/material/Typography';
import { useQueryClient } from '@tanstack/react-query';
import { useForm } from 'react-hook-form';
import { useApi } from '../../shared/api-context.js';
import type { MediaServer } from '../../shared/contract.js';
import { FormDialog } from '../../shared/form-dialog.js';
import { FormText } from '../../shared/form-text.js';
import { useProblemForm } from '../../shared/problem-form.js';
import { keys } from '../../shared/queries.js';

const deadlines = { 0: 'No deadline', 300: '5 minutes', 900: '15 minutes', 3600: '1 hour', 14400: '4 hours', 28800: '8 hours' };

/** Stops new agents from coming to a server; those on it stay, until the deadline if there is one. */
export function DrainDialog({ server, onClose }: { server: MediaServer; onClose: () => void }) {
  const api = useApi();
  const cache = useQueryClient();
  const form = useForm({ defaultValues: { deadlineSeconds: 0 } });
  const { submit, why } = useProblemForm(form, ['deadlineSeconds'], async ({ deadlineSeconds }) => {
    await api.mediaServers.drain(server.id, Number(deadlineSeconds) || null);
    await cache.invalidateQueries({ queryKey: keys.mediaServers });
    onClose();
  });
  const seats = server.utilisation.agentsInCall + server.utilisation.reserved;
  return (
    <FormDialog title={`Drain ${server.name}`} submitLabel="Drain" pending={form.formState.isSubmitting} why={why} onSubmit={submit} onClose={onClose} maxWidth="xs">
      <Typography>
        It takes no new agents. {seats === 0 ? 'Nobody sits on it, so it is empty at once.' : seats === 1 ? 'One agent sits on it and stays.' : `${seats} agents sit on it and stay.`}
      </Typography>
      <FormText form={form} name="deadlineSeconds" label="Deadline" select defaultValue={0} hint="Whoever still sits on it then is moved to another server">
        {Object.entries(deadlines).map(([seconds, word]) => (
          <MenuItem key={seconds} value={Number(seconds)}>
            {word}
          </MenuItem>
        ))}
      </FormText>
    </FormDialog>
  );
}
