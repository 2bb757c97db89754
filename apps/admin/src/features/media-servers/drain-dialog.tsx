import Checkbox from '@mui/material/Checkbox';
import FormControlLabel from '@mui/material/FormControlLabel';
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
const rates = { 10: '10 a minute', 30: '30 a minute', 60: '60 a minute', 600: '10 a second', 0: 'Nobody: they stay until they leave' };

/** Empties a server: no new agents; those who are not on a call are moved one after the other, the others after their call. */
export function DrainDialog({ server, onClose }: { server: MediaServer; onClose: () => void }) {
  const api = useApi();
  const cache = useQueryClient();
  const form = useForm({ defaultValues: { deadlineSeconds: 0, movesPerMinute: 10, thenDisable: false } });
  const { submit, why } = useProblemForm(form, ['deadlineSeconds', 'movesPerMinute'], async ({ deadlineSeconds, movesPerMinute, thenDisable }) => {
    await api.mediaServers.drain(server.id, { deadlineSeconds: Number(deadlineSeconds) || null, movesPerMinute: Number(movesPerMinute), thenDisable });
    await cache.invalidateQueries({ queryKey: keys.mediaServers });
    onClose();
  });
  const { ref, ...thenDisable } = form.register('thenDisable');
  const seats = server.utilisation.agentsInCall + server.utilisation.reserved;
  return (
    <FormDialog title={`Drain ${server.name}`} submitLabel="Drain" pending={form.formState.isSubmitting} why={why} onSubmit={submit} onClose={onClose} maxWidth="xs">
      <Typography>
        It takes no new agents.{' '}
        {seats === 0
          ? 'Nobody sits on it, so it is empty at once.'
          : `${seats === 1 ? 'One agent sits' : `${seats} agents sit`} on it: moved to other servers, a few seconds of silence each; whoever is on a call, after it.`}
      </Typography>
      <FormText form={form} name="movesPerMinute" label="Move agents" select defaultValue={10} hint="Only while another server has room for them">
        {[10, 30, 60, 600, 0].map((rate) => (
          <MenuItem key={rate} value={rate}>
            {rates[rate as keyof typeof rates]}
          </MenuItem>
        ))}
      </FormText>
      <FormText form={form} name="deadlineSeconds" label="Deadline" select defaultValue={0} hint="Whoever still sits on it then is moved at once, also from a call">
        {Object.entries(deadlines).map(([seconds, word]) => (
          <MenuItem key={seconds} value={Number(seconds)}>
            {word}
          </MenuItem>
        ))}
      </FormText>
      <FormControlLabel control={<Checkbox {...thenDisable} slotProps={{ input: { ref } }} />} label="Disable it when it is empty" />
    </FormDialog>
  );
}
