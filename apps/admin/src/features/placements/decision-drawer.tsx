import Close from '@mui/icons-material/Close';
import Box from '@mui/material/Box';
import Drawer from '@mui/material/Drawer';
import IconButton from '@mui/material/IconButton';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import { ErrorFace, Loading, explain } from '@nailup/web';
import { useId } from 'react';
import { useMediaServers } from '../../shared/queries.js';
import { ConsideredTable } from './considered-table.js';
import { useDecision } from './use-placements.js';
import { decisionSentence } from './words.js';

interface DecisionDrawerProps {
  placementId: string;
  agentName: (agentId: string) => string;
  onClose: () => void;
}

/** Why one agent was seated where they were: every server that was considered, with its reason. */
export function DecisionDrawer({ placementId, agentName, onClose }: DecisionDrawerProps) {
  const titleId = useId();
  const { placement, decision } = useDecision(placementId);
  const servers = useMediaServers().data ?? [];
  const nameOf = (id: string): string => servers.find((server) => server.id === id)?.name ?? (placement.data?.mediaServer.id === id ? placement.data.mediaServer.name : 'a deleted server');
  const error = placement.error ?? decision.error;

  return (
    <Drawer anchor="right" open onClose={onClose} slotProps={{ paper: { role: 'dialog', 'aria-modal': true, 'aria-labelledby': titleId, sx: { width: { xs: '100%', sm: 560 } } } }}>
      <Stack direction="row" sx={{ alignItems: 'center', px: 2, py: 1.5, borderBottom: 1, borderColor: 'divider' }}>
        <Typography variant="h2" id={titleId} sx={{ flex: 1 }}>
          {placement.data ? `Why ${agentName(placement.data.agentId)} went to ${placement.data.mediaServer.name}` : 'Why it went there'}
        </Typography>
        <IconButton aria-label="Close" onClick={onClose} size="small" autoFocus>
          <Close fontSize="small" />
        </IconButton>
      </Stack>
      {error && <ErrorFace why={explain(error)} onRetry={() => void Promise.all([placement.refetch(), decision.refetch()])} />}
      {!error && !(placement.data && decision.data) && <Loading label="Loading the decision" />}
      {placement.data && decision.data && (
        <Box sx={{ p: 2 }}>
          <Typography>
            {decisionSentence(decision.data)} Decided at {new Date(placement.data.reservedAt).toLocaleString()}.
          </Typography>
          <ConsideredTable decision={decision.data} nameOf={nameOf} />
        </Box>
      )}
    </Drawer>
  );
}
