import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { useQuery } from '@tanstack/react-query';
import { ErrorFace, explain, Loading } from '@nailup/web';
import { useApi } from '../../shared/api-context.js';
import type { RecordingAccess } from '../../shared/contract.js';
import { keys } from '../../shared/queries.js';
import { Moment, Soft } from '../../shared/text.js';

const deeds: Readonly<Record<RecordingAccess['what'], string>> = { read: 'looked it up', heard: 'listened', deleted: 'removed it', expired: 'Removed: its time had come' };

/** Who had anything to do with a recording, newest first. */
export function RecordingAccesses({ id }: { id: string }) {
  const api = useApi();
  const accesses = useQuery({ queryKey: [...keys.recordings, id, 'accesses'], queryFn: ({ signal }) => api.recordings.accesses(id, signal), staleTime: 0 });
  if (accesses.isPending) return <Loading label="Loading who listened" rows={2} />;
  if (!accesses.data) return accesses.error ? <ErrorFace why={explain(accesses.error)} onRetry={() => void accesses.refetch()} /> : null;
  if (accesses.data.length === 0) return <Typography color="textSecondary">Nobody yet.</Typography>;
  return (
    <Box component="ul" aria-label="Who listened" sx={{ m: 0, mt: 1, pl: 2.5, fontSize: '0.875rem' }}>
      {accesses.data.map(({ at, what, by, byName, detail }, index) => (
        <li key={`${at} ${index}`}>
          {by === 'system' ? deeds[what] : `${byName ?? 'Somebody who was deleted'}${by === 'api-key' ? ' (API key)' : ''} ${deeds[what]}`} <Moment at={at} />
          {detail && <Soft> {detail}</Soft>}
        </li>
      ))}
    </Box>
  );
}
