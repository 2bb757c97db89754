import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { ConfirmDialog, ErrorFace, explain, Loading } from '@nailup/web';
import { useState } from 'react';
import { useApi } from '../../shared/api-context.js';
import type { Recording } from '../../shared/contract.js';
import { clockText } from '../../shared/duration.js';
import { keys } from '../../shared/queries.js';
import { Moment, Soft } from '../../shared/text.js';
import { useCanEdit } from '../../shared/use-can-edit.js';
import { RecordingAccesses } from './recording-accesses.js';
import { RecordingPlayer } from './recording-player.js';

const stateWords: Readonly<Record<Recording['state'], string>> = {
  recording: 'Being recorded',
  paused: 'Paused',
  stopped: 'Ended; its media server has not handed it over yet',
  stored: 'Stored',
  failed: 'Failed',
};

/** The recordings of a call, oldest first. */
export function Recordings({ ids }: { ids: readonly string[] }) {
  return (
    <Stack spacing={1.5} component="section" aria-label="Recordings">
      <Typography variant="h3">{ids.length === 1 ? 'Recording' : 'Recordings'}</Typography>
      {ids.map((id) => (
        <RecordingItem key={id} id={id} />
      ))}
    </Stack>
  );
}

function RecordingItem({ id }: { id: string }) {
  const api = useApi();
  const canEdit = useCanEdit();
  const [shown, setShown] = useState<'nothing' | 'accesses' | 'removing'>('nothing');
  // Each reading is written down as an access, so it is read once, and again only when an event says that it has changed.
  const recording = useQuery({ queryKey: [...keys.recordings, id], queryFn: ({ signal }) => api.recordings.one(id, signal), staleTime: Infinity, refetchOnWindowFocus: false, refetchOnReconnect: false });
  const it = recording.data;
  if (recording.isPending) return <Loading label="Loading the recording" rows={1} />;
  if (!it) return recording.error ? <ErrorFace why={explain(recording.error)} onRetry={() => void recording.refetch()} /> : null;
  const running = it.state === 'recording' || it.state === 'paused';
  return (
    <Box sx={{ border: 1, borderColor: 'divider', borderRadius: 1, p: 1.5 }}>
      <Stack direction="row" sx={{ alignItems: 'center', flexWrap: 'wrap', gap: 1 }}>
        <Typography variant="body2">
          {stateWords[it.state]} <Soft>from </Soft>
          <Moment at={it.startedAt} />
          {it.seconds !== null && <Soft> {clockText(it.seconds * 1_000)}</Soft>}
        </Typography>
        <Box sx={{ flex: 1 }} />
        {canEdit && (
          <Button size="small" color="inherit" aria-expanded={shown === 'accesses'} onClick={() => setShown(shown === 'accesses' ? 'nothing' : 'accesses')}>
            Who listened
          </Button>
        )}
        {canEdit && !running && (
          <Button size="small" color="error" onClick={() => setShown('removing')}>
            Remove
          </Button>
        )}
      </Stack>
      {it.failure && <Typography variant="body2">{it.failure}</Typography>}
      <Pauses of={it} />
      {it.state === 'stored' && <RecordingPlayer id={id} />}
      {shown === 'accesses' && <RecordingAccesses id={id} />}
      {shown === 'removing' && <Removal id={id} onClose={() => setShown('nothing')} />}
    </Box>
  );
}

/** Where nothing was kept: a listener must not take the silence for a fault. */
function Pauses({ of: { pauses } }: { of: Recording }) {
  if (pauses.length === 0) return null;
  return (
    <Typography variant="body2" color="textSecondary">
      Paused {pauses.map(({ fromSeconds, toSeconds }) => `${clockText(fromSeconds * 1_000)} to ${toSeconds === null ? 'now' : clockText(toSeconds * 1_000)}`).join(', ')}: silent there.
    </Typography>
  );
}

function Removal({ id, onClose }: { id: string; onClose: () => void }) {
  const api = useApi();
  const cache = useQueryClient();
  const remove = async (): Promise<void> => {
    await api.recordings.remove(id);
    await Promise.all([cache.invalidateQueries({ queryKey: keys.calls }), cache.invalidateQueries({ queryKey: keys.callHistory })]);
  };
  return (
    <ConfirmDialog title="Remove this recording?" confirmLabel="Remove it" danger onConfirm={remove} onClose={onClose}>
      Its sound is gone for good. Who listened to it, and that you removed it, stays written down.
    </ConfirmDialog>
  );
}
