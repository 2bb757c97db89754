import Box from '@mui/material/Box';
import type { ColumnDef } from '@tanstack/react-table';
import type { Agent } from '../../shared/contract.js';
import { AgentStatePill, DisabledPill, PlacementStatePill } from '../../shared/states.js';
import { Since, Soft } from '../../shared/text.js';

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
        {agent.enabled && <Since at={agent.stateSince} as="age" lead="for" />}
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
