import Box from '@mui/material/Box';
import type { ColumnDef } from '@tanstack/react-table';
import { ageText, useNow } from '@nailup/web';
import type { Agent } from '../../shared/contract.js';
import { AgentStatePill, DisabledPill, PlacementStatePill } from '../../shared/states.js';

export const roleNames = { agent: 'Agent', supervisor: 'Supervisor', admin: 'Administrator' } as const;

export const agentColumns: ColumnDef<Agent, unknown>[] = [
  {
    id: 'name',
    header: 'Name',
    accessorFn: ({ displayName }) => displayName.toLowerCase(),
    cell: ({ row: { original: agent } }) => (
      <>
        <Box sx={{ fontWeight: 600 }}>{agent.displayName}</Box>
        <Soft>{agent.username}</Soft>
      </>
    ),
  },
  {
    id: 'state',
    header: 'State',
    accessorFn: ({ state }) => state,
    cell: ({ row: { original: agent } }) => (
      <Box sx={{ display: 'flex', gap: 1, alignItems: 'center', whiteSpace: 'nowrap' }}>
        {agent.enabled ? <AgentStatePill of={agent.state} /> : <DisabledPill />}
        {agent.enabled && <Since at={agent.stateSince} />}
        {agent.enabled && agent.stateReason && <Soft>{agent.stateReason}</Soft>}
      </Box>
    ),
  },
  {
    id: 'seat',
    header: 'Seat',
    accessorFn: ({ placement }) => placement?.mediaServer.name ?? '',
    cell: ({ row: { original: agent } }) =>
      agent.placement ? (
        <Box sx={{ display: 'flex', gap: 1, alignItems: 'center', whiteSpace: 'nowrap' }}>
          {agent.placement.mediaServer.name}
          <PlacementStatePill of={agent.placement.state} />
        </Box>
      ) : (
        <Soft>no seat</Soft>
      ),
  },
  { id: 'role', header: 'Role', accessorFn: ({ role }) => roleNames[role] },
  { id: 'region', header: 'Region', accessorFn: ({ region }) => region ?? '', cell: ({ row }) => row.original.region ?? <Soft>any</Soft> },
  { id: 'skills', header: 'Skills', accessorFn: ({ skills }) => skills.join(', '), enableSorting: false },
];

const Soft = ({ children }: { children: React.ReactNode }) => (
  <Box component="span" sx={{ color: 'text.secondary', fontSize: '0.8125rem' }}>
    {children}
  </Box>
);

function Since({ at }: { at: string }) {
  const now = useNow();
  return (
    <Box component="time" dateTime={at} title={new Date(at).toLocaleString()} sx={{ color: 'text.secondary', fontSize: '0.8125rem' }}>
      for {ageText(now - Date.parse(at))}
    </Box>
  );
}
