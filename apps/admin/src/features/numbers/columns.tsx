import HeadsetMicOutlined from '@mui/icons-material/HeadsetMicOutlined';
import GroupsOutlined from '@mui/icons-material/GroupsOutlined';
import Box from '@mui/material/Box';
import type { ColumnDef } from '@tanstack/react-table';
import { StatePill } from '@nailup/web';
import type { PhoneNumber } from '../../shared/contract.js';
import { Soft } from '../../shared/text.js';

export interface NumberRow extends PhoneNumber {
  kind: 'queue' | 'agent';
  /** Name of what it leads to; null when that is gone, undefined while it is not known. */
  target: string | null | undefined;
}

export const numberColumns: ColumnDef<NumberRow, unknown>[] = [
  { id: 'number', header: 'Number', accessorFn: ({ number }) => number, cell: ({ row }) => <Box sx={{ fontWeight: 600 }}>{row.original.number}</Box>, meta: { width: '30%' } },
  {
    id: 'target',
    header: 'Leads to',
    accessorFn: ({ target }) => (target ?? '').toLowerCase(),
    cell: ({ row: { original } }) => (
      <Box sx={{ display: 'flex', gap: 1, alignItems: 'center' }}>
        {original.kind === 'queue' ? <StatePill tone="neutral" icon={GroupsOutlined} label="Queue" /> : <StatePill tone="neutral" icon={HeadsetMicOutlined} label="Agent" />}
        {original.target ?? <Soft>{original.target === null ? `${original.kind === 'queue' ? 'a queue' : 'an agent'} that is gone: callers are turned away` : 'name not known'}</Soft>}
      </Box>
    ),
  },
];
