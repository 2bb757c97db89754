import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Stack from '@mui/material/Stack';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { useApi } from '../../shared/api-context.js';
import type { Simulation } from '../../shared/contract.js';
import { FormDialog } from '../../shared/form-dialog.js';
import { FormText } from '../../shared/form-text.js';
import { useProblemForm } from '../../shared/problem-form.js';
import { useMediaServers } from '../../shared/queries.js';

interface Fields {
  count: number;
  region: string;
}

/** Where the next N agents would go. Nothing is reserved. */
export function SimulateDialog({ onClose }: { onClose: () => void }) {
  const api = useApi();
  const servers = useMediaServers().data ?? [];
  const [answer, setAnswer] = useState<(Simulation & { asked: number; region: string }) | null>(null);
  const form = useForm<Fields>({ defaultValues: { count: 10, region: '' } });
  // An answer stays no longer than its question.
  const fresh = { onChange: () => setAnswer(null) };
  const { submit, why } = useProblemForm(form, ['count', 'region'], async ({ count, region }) => {
    setAnswer({ ...(await api.placements.simulate({ count, region: region.trim() || null })), asked: count, region: region.trim() });
  });
  const nameOf = (id: string): string => servers.find((server) => server.id === id)?.name ?? id;

  return (
    <FormDialog title="Simulate placing agents" submitLabel="Simulate" closeLabel={answer ? 'Close' : 'Cancel'} pending={form.formState.isSubmitting} why={why} onSubmit={submit} onClose={onClose}>
      <Typography color="textSecondary">Asks the manager where that many agents would go if they came now. Nothing is reserved.</Typography>
      <Stack direction={{ xs: 'column', sm: 'row' }} spacing={2}>
        <FormText form={form} name="count" label="Agents" type="number" rules={{ ...fresh, required: 'Needed', valueAsNumber: true, min: { value: 1, message: 'At least 1' } }} autoFocus />
        <FormText form={form} name="region" label="Region" rules={fresh} hint="Empty: any" />
      </Stack>
      <Box role="status">
        {answer && answer.unplaced > 0 && (
          <Alert severity="warning" role="presentation">
            {answer.unplaced} of {answer.asked} would find no seat.
          </Alert>
        )}
        {answer && answer.items.length > 0 && answer.region !== '' && servers.every(({ region }) => region !== answer.region) && (
          <Alert severity="info" role="presentation">
            No media server stands in {answer.region}; any region was taken.
          </Alert>
        )}
        {answer && answer.items.length > 0 && (
          <Table size="small" aria-label="Where they would go" sx={{ mt: 1 }}>
            <TableHead>
              <TableRow>
                <TableCell>Media server</TableCell>
                <TableCell align="right">Agents</TableCell>
              </TableRow>
            </TableHead>
            <TableBody>
              {[...answer.items]
                .sort((a, b) => b.count - a.count || nameOf(a.mediaServerId).localeCompare(nameOf(b.mediaServerId)))
                .map(({ mediaServerId, count }) => (
                  <TableRow key={mediaServerId}>
                    <TableCell component="th" scope="row">
                      {nameOf(mediaServerId)}
                    </TableCell>
                    <TableCell align="right">{count}</TableCell>
                  </TableRow>
                ))}
            </TableBody>
          </Table>
        )}
      </Box>
    </FormDialog>
  );
}
