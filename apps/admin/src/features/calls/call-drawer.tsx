import Close from '@mui/icons-material/Close';
import Box from '@mui/material/Box';
import Drawer from '@mui/material/Drawer';
import IconButton from '@mui/material/IconButton';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import { ErrorFace, Loading, StaleNotice, explain } from '@nailup/web';
import { useId } from 'react';
import { clientNumber, isLive } from '../../shared/calls.js';
import { useAgents, useMediaServers, useQueues, useSettings } from '../../shared/queries.js';
import { CallStatePill } from '../../shared/states.js';
import { Since } from '../../shared/text.js';
import { CallActions } from './call-actions.js';
import { CallFacts } from './call-facts.js';
import { Ladder } from './ladder.js';
import { Recordings } from './recordings.js';
import { useCall } from './use-calls.js';
import { useDispositionName } from './use-disposition-name.js';
import type { NameOf } from './words.js';

/** One call: its facts, and what happened to it step by step; it follows the call while that is up. */
export function CallDrawer({ callId, onClose }: { callId: string; onClose: () => void }) {
  const titleId = useId();
  const { call, ladder } = useCall(callId);
  const nameOf = useNameOf();
  const dispositionName = useDispositionName();
  const agents = useAgents().data;
  const it = call.data;
  const at = it && it.stateSince;
  const seat = agents?.find(({ placement }) => placement !== null && placement.id === it?.placementId)?.placement;
  const failure = call.error ?? ladder.error;
  const again = (): void => void Promise.all([call.refetch(), ladder.refetch()]);

  return (
    <Drawer anchor="right" open onClose={onClose} slotProps={{ paper: { role: 'dialog', 'aria-modal': true, 'aria-labelledby': titleId, sx: { width: { xs: '100%', sm: 600 } } } }}>
      <Stack direction="row" sx={{ alignItems: 'center', gap: 1, px: 2, py: 1.5, borderBottom: 1, borderColor: 'divider' }}>
        <Typography variant="h2" id={titleId}>
          {it ? `Call with ${clientNumber(it) || 'an unknown number'}` : 'Call'}
        </Typography>
        {it && <CallStatePill of={it.state} />}
        {it && isLive(it) && at && <Since at={at} />}
        <Box sx={{ flex: 1 }} />
        {it && <CallActions call={it} />}
        <IconButton aria-label="Close" onClick={onClose} size="small" autoFocus>
          <Close fontSize="small" />
        </IconButton>
      </Stack>
      {failure && !(it && ladder.data) && <ErrorFace why={explain(failure)} onRetry={again} />}
      {!failure && !it && <Loading label="Loading the call" />}
      {it && (
        <Stack spacing={2} sx={{ p: 2 }}>
          {failure && ladder.data && <StaleNotice why={explain(failure)} onRetry={again} />}
          <CallFacts call={it} conference={seat?.conference ?? null} dispositionName={dispositionName} />
          {it.recordings.length > 0 && <Recordings ids={it.recordings} />}
          <Typography variant="h3">What happened</Typography>
          {ladder.isPending && !ladder.isError && <Loading label="Loading what happened" rows={4} />}
          {ladder.data?.length === 0 && <Typography color="textSecondary">Nothing has been written down yet.</Typography>}
          {ladder.data && ladder.data.length > 0 && <Ladder steps={ladder.data} nameOf={nameOf} live={isLive(it)} />}
        </Stack>
      )}
    </Drawer>
  );
}

/** Whom or what an id of a step's data means. */
function useNameOf(): NameOf {
  const named = [
    ...(useAgents().data ?? []).map(({ id, displayName }) => [id, displayName] as const),
    ...(useMediaServers().data ?? []).map(({ id, name }) => [id, name] as const),
    ...(useQueues().data ?? []).map(({ id, name }) => [id, name] as const),
    ...(useSettings().data?.dispositions ?? []).map(({ code, label }) => [code, label] as const),
  ];
  const names = new Map(named);
  return (id) => names.get(id) ?? null;
}
