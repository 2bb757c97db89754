import Box from '@mui/material/Box';
import type { ColumnDef } from '@tanstack/react-table';
import type { ReactNode } from 'react';
import { clientNumber } from '../../shared/calls.js';
import type { Call } from '../../shared/contract.js';
import { CallStatePill } from '../../shared/states.js';
import { None, Since } from '../../shared/text.js';
import { CallActions } from './call-actions.js';
import { CallNumber } from './call-number.js';
import { LegTree } from './leg-tree.js';

// Past this a waiting caller is worth a colour; calls that are up may last as long as they like.
const longWaitSeconds = 60;

/** Those who wait come first, the earliest of them on top; then the other calls by age. */
const inLine = ({ state, startedAt }: Call): number => Date.parse(startedAt) + (state === 'queued' ? 0 : 1e14);

/** @param onOpen shows the call with this id @param actionsOf what stands before the menu of a call */
export const liveColumns = (onOpen: (id: string) => void, actionsOf?: (call: Call) => ReactNode): ColumnDef<Call, unknown>[] => [
  { id: 'number', header: 'Client', accessorFn: clientNumber, cell: ({ row }) => <CallNumber call={row.original} onOpen={onOpen} /> },
  {
    id: 'state',
    header: 'State',
    accessorFn: inLine,
    sortingFn: 'basic',
    cell: ({ row: { original: call } }) => {
      const at = call.stateSince;
      return (
        <Box sx={{ display: 'flex', gap: 1, alignItems: 'center', whiteSpace: 'nowrap' }}>
          <CallStatePill of={call.state} />
          {at && <Since at={at} lateAfterSeconds={call.state === 'queued' ? longWaitSeconds : Infinity} />}
        </Box>
      );
    },
  },
  { id: 'legs', header: 'Legs', enableSorting: false, cell: ({ row }) => <LegTree call={row.original} /> },
  { id: 'queue', header: 'Queue', accessorFn: ({ queue }) => queue?.name ?? '', cell: ({ row: { original } }) => original.queue?.name ?? <None what="no queue" /> },
  { id: 'age', header: 'Age', accessorFn: ({ startedAt }) => -Date.parse(startedAt), sortingFn: 'basic', meta: { align: 'right' }, cell: ({ row }) => <Since at={row.original.startedAt} /> },
  { id: 'actions', header: 'Actions', enableSorting: false, cell: ({ row: { original: call } }) => <Box sx={{ display: 'flex', justifyContent: 'flex-end' }}>{actionsOf?.(call)}<CallActions call={call} /></Box> },
];
