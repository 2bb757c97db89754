import Button from '@mui/material/Button';
import type { ColumnDef } from '@tanstack/react-table';
import type { Placement } from '../../shared/contract.js';
import { PlacementStatePill } from '../../shared/states.js';
import { Moment, Soft } from '../../shared/text.js';
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
  { id: 'reserved', header: 'Reserved', accessorFn: ({ reservedAt }) => reservedAt, cell: ({ row }) => <Moment at={row.original.reservedAt} /> },
  { id: 'connected', header: 'Connected', accessorFn: ({ connectedAt }) => connectedAt ?? '', cell: ({ row }) => <Moment at={row.original.connectedAt} /> },
  {
    id: 'ended',
    header: 'Ended',
    accessorFn: ({ releasedAt }) => releasedAt ?? '',
    cell: ({ row: { original } }) => (
      <>
        <Moment at={original.releasedAt} /> {original.releaseReason && <Soft>{releaseReason(original.releaseReason)}</Soft>}
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
