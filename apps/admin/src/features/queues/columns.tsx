import Box from '@mui/material/Box';
import Link from '@mui/material/Link';
import type { ColumnDef } from '@tanstack/react-table';
import { Link as RouterLink } from 'react-router';
import type { Queue } from '../../shared/contract.js';
import { secondsText } from '../../shared/duration.js';
import { None, Since, Soft } from '../../shared/text.js';

export interface QueueRow extends Queue {
  /** Numbers that lead here; null while they are not known. */
  numbers: string[] | null;
}

// A wait this long is worth a colour where the queue itself sets no limit.
const longWaitSeconds = 60;

export const queueColumns: ColumnDef<QueueRow, unknown>[] = [
  { id: 'name', header: 'Name', accessorFn: ({ name }) => name.toLowerCase(), cell: ({ row }) => <Box sx={{ fontWeight: 600 }}>{row.original.name}</Box> },
  {
    id: 'waiting',
    header: 'Waiting now',
    accessorFn: ({ waiting }) => waiting,
    meta: { align: 'right' },
    cell: ({ row: { original: queue } }) =>
      queue.waiting > 0 ? (
        <Link component={RouterLink} to={`/calls?queue=${queue.id}&state=queued`} aria-label={`${queue.waiting} waiting in ${queue.name}: show the calls`} sx={{ fontWeight: 700 }}>
          {queue.waiting}
        </Link>
      ) : (
        queue.waiting
      ),
  },
  {
    id: 'longest',
    header: 'Longest wait',
    accessorFn: ({ waitingSince }) => (waitingSince === null ? Infinity : Date.parse(waitingSince)),
    meta: { align: 'right' },
    cell: ({ row: { original: queue } }) =>
      queue.waitingSince === null ? (
        <None what="nobody waits" />
      ) : (
        <Since at={queue.waitingSince} lateAfterSeconds={queue.maxWaitSeconds === null ? longWaitSeconds : Math.min(longWaitSeconds, queue.maxWaitSeconds * 0.8)} />
      ),
  },
  { id: 'limit', header: 'Limit', accessorFn: ({ maxWaitSeconds }) => maxWaitSeconds ?? Infinity, cell: ({ row: { original } }) => (original.maxWaitSeconds === null ? <Soft>none</Soft> : secondsText(original.maxWaitSeconds)) },
  { id: 'skills', header: 'Skills', enableSorting: false, accessorFn: ({ skills }) => skills.join(', '), cell: ({ row: { original } }) => original.skills.join(', ') || <Soft>every agent</Soft> },
  { id: 'numbers', header: 'Numbers', enableSorting: false, cell: ({ row: { original } }) => <Numbers of={original.numbers} /> },
  { id: 'music', header: 'Music', accessorFn: ({ musicClass }) => musicClass ?? '', cell: ({ row: { original } }) => original.musicClass ?? <Soft>default</Soft> },
];

const shown = 3;

function Numbers({ of }: { of: string[] | null }) {
  if (of === null) return <Soft>not known</Soft>;
  if (of.length === 0) return <Soft>none leads here</Soft>;
  const rest = of.length - shown;
  return (
    <Box component="span" title={of.join(', ')} sx={{ whiteSpace: 'nowrap' }}>
      {of.slice(0, shown).join(', ')}
      {rest > 0 && <Soft> and {rest} more</Soft>}
    </Box>
  );
}
