import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import type { ColumnDef } from '@tanstack/react-table';
import type { Placement } from '../../shared/contract.js';
import { PlacementStatePill } from '../../shared/states.js';
import { policyName, releaseReason } from './words.js';

export interface PlacementRow extends Placement {
  /** Null when the account is gone. */
  agentName: string | null;
}

/** @param onWhy asks for the decision of the placement with this id */
export const placementColumns = (onWhy: (placementId: string) => void): ColumnDef<PlacementRow, unknown>[] => [
  { id: 'agent', header: 'Agent', accessorFn: ({ agentName }) => (agentName ?? '').toLowerCase(), cell: ({ row }) => row.original.agentName ?? <Soft>deleted agent</Soft> },
  { id: 'server', header: 'Media server', accessorFn: ({ mediaServer }) => mediaServer.name },
  { id: 'state', header: 'State', accessorFn: ({ state }) => state, cell: ({ row }) => <PlacementStatePill of={row.original.state} /> },
  { id: 'reserved', header: 'Reserved', accessorFn: ({ reservedAt }) => reservedAt, cell: ({ row }) => <Time at={row.original.reservedAt} /> },
  { id: 'connected', header: 'Connected', accessorFn: ({ connectedAt }) => connectedAt ?? '', cell: ({ row }) => <Time at={row.original.connectedAt} /> },
  {
    id: 'ended',
    header: 'Ended',
    accessorFn: ({ releasedAt }) => releasedAt ?? '',
    cell: ({ row: { original } }) => (
      <>
        <Time at={original.releasedAt} /> {original.releaseReason && <Soft>{releaseReason(original.releaseReason)}</Soft>}
      </>
    ),
  },
  {
    id: 'decision',
    header: 'Chosen by',
    enableSorting: false,
    cell: ({ row: { original } }) => (
      <Soft>
        {policyName(original.decision.policy)}, {original.decision.eligibleCount} eligible
      </Soft>
    ),
  },
  {
    id: 'why',
    header: 'Decision',
    enableSorting: false,
    cell: ({ row: { original } }) => (
      <Button size="small" onClick={() => onWhy(original.id)} aria-label={`Why here? ${original.agentName ?? 'Deleted agent'} on ${original.mediaServer.name}`} sx={{ py: 0, px: 0.5, whiteSpace: 'nowrap' }}>
        Why here?
      </Button>
    ),
  },
];

const Soft = ({ children }: { children: React.ReactNode }) => (
  <Box component="span" sx={{ color: 'text.secondary', fontSize: '0.8125rem' }}>
    {children}
  </Box>
);

const sameDay = (at: Date): boolean => at.toDateString() === new Date().toDateString();

function Time({ at }: { at: string | null }) {
  if (at === null) return <Soft>–</Soft>;
  const date = new Date(at);
  return (
    <Box component="time" dateTime={at} title={date.toLocaleString()} sx={{ whiteSpace: 'nowrap' }}>
      {sameDay(date) ? date.toLocaleTimeString() : date.toLocaleString(undefined, { dateStyle: 'short', timeStyle: 'short' })}
    </Box>
  );
}
