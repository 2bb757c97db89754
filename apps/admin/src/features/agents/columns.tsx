import Box from '@mui/material/Box';
import Link from '@mui/material/Link';
import type { ColumnDef } from '@tanstack/react-table';
import { Link as RouterLink } from 'react-router';
import { clientNumber } from '../../shared/calls.js';
import type { Agent, Call } from '../../shared/contract.js';
import { AgentStatePill, CallStatePill, DisabledPill, PlacementStatePill } from '../../shared/states.js';
import { None, Since, Soft } from '../../shared/text.js';

export const roleNames = { agent: 'Agent', supervisor: 'Supervisor', admin: 'Administrator' } as const;

export interface AgentRow extends Agent {
  /** The call they are taken by; null for none, undefined while the calls are not known. */
  call: Call | null | undefined;
}

/** States that somebody watches by the second; the others last for hours. */
const watched = new Set<Agent['state']>(['on-call', 'wrap-up', 'paused']);

export const agentColumns: ColumnDef<AgentRow, unknown>[] = [
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
        {agent.enabled && <Since at={agent.stateSince} lead="for" as={watched.has(agent.state) ? 'clock' : 'age'} />}
        {agent.enabled && saysOf(agent) && <Soft>{saysOf(agent)}</Soft>}
      </Box>
    ),
  },
  { id: 'call', header: 'Call', accessorFn: ({ call }) => (call ? clientNumber(call) : ''), cell: ({ row }) => <CallCell of={row.original} /> },
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

const setters: Readonly<Partial<Record<Agent['stateSetBy'], string>>> = { supervisor: 'set by a supervisor', integrator: 'set by an application' };

/** Why she is in her state, and whose word it is when it is not her own. */
const saysOf = ({ stateReason, stateSetBy }: Agent): string => [stateReason, setters[stateSetBy]].filter(Boolean).join(', ');

function CallCell({ of: { call, state, displayName } }: { of: AgentRow }) {
  if (!call) return state === 'on-call' && call === undefined ? <Soft>not known</Soft> : <None what="no call" />;
  const number = clientNumber(call) || 'unknown';
  return (
    <Box sx={{ display: 'flex', gap: 1, alignItems: 'center', whiteSpace: 'nowrap' }}>
      <Link component={RouterLink} to={`/calls?call=${call.id}`} aria-label={`${number}: the call of ${displayName}`}>
        {number}
      </Link>
      <CallStatePill of={call.state} />
    </Box>
  );
}
