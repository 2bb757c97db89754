import Box from '@mui/material/Box';
import type { ColumnDef } from '@tanstack/react-table';
import { clientNumber, isLive } from '../../shared/calls.js';
import type { Call } from '../../shared/contract.js';
import { clockText } from '../../shared/duration.js';
import { CallStatePill } from '../../shared/states.js';
import { Moment, None, Since, Soft } from '../../shared/text.js';
import { CallNumber } from './call-number.js';
import { endText, talkMs } from './words.js';

interface Opening {
  onOpen: (id: string) => void;
  dispositionName: (code: string) => string;
}

export const historyColumns = ({ onOpen, dispositionName }: Opening): ColumnDef<Call, unknown>[] => [
  { id: 'began', header: 'Began', accessorFn: ({ startedAt }) => Date.parse(startedAt), sortingFn: 'basic', cell: ({ row }) => <Moment at={row.original.startedAt} /> },
  { id: 'number', header: 'Client', accessorFn: clientNumber, cell: ({ row }) => <CallNumber call={row.original} onOpen={onOpen} /> },
  { id: 'agent', header: 'Agent', accessorFn: ({ agent }) => (agent?.displayName ?? '').toLowerCase(), cell: ({ row: { original } }) => original.agent?.displayName ?? <None what="nobody" /> },
  { id: 'queue', header: 'Queue', accessorFn: ({ queue }) => queue?.name ?? '', cell: ({ row: { original } }) => original.queue?.name ?? <None what="no queue" /> },
  { id: 'lasted', header: 'Lasted', accessorFn: (call) => talkMs(call, Date.now()) ?? -1, sortingFn: 'basic', meta: { align: 'right' }, cell: ({ row }) => <Lasted call={row.original} /> },
  { id: 'ended', header: 'How it ended', accessorFn: ({ endReason }) => endReason ?? '', cell: ({ row }) => <HowItEnded call={row.original} /> },
  {
    id: 'disposition',
    header: 'Disposition',
    accessorFn: ({ disposition }) => disposition ?? '',
    cell: ({ row: { original: call } }) => (
      <>
        {call.disposition ? dispositionName(call.disposition) : <None what="none yet" />}
        {call.note && (
          <Box title={call.note} sx={{ maxWidth: 220, overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap', fontSize: '0.8125rem', color: 'text.secondary' }}>
            {call.note}
          </Box>
        )}
      </>
    ),
  },
];

function Lasted({ call }: { call: Call }) {
  if (call.answeredAt === null) return <None what="never answered" />;
  if (isLive(call)) return <Since at={call.answeredAt} />;
  return clockText(talkMs(call, 0) ?? 0);
}

function HowItEnded({ call }: { call: Call }) {
  const end = endText(call);
  if (!end) return <CallStatePill of={call.state} />;
  return (
    <>
      {end.how}
      {end.network && (
        <Box>
          <Soft>{end.network}</Soft>
        </Box>
      )}
    </>
  );
}
