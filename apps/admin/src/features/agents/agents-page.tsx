import Button from '@mui/material/Button';
import { EmptyFace, ErrorFace, Loading } from '@nailup/web';
import { useMemo, useState } from 'react';
import { DataTable } from '../../shared/data-table.js';
import { FilterBar, FilterChoice, FilterText } from '../../shared/filters.js';
import { Section } from '../../shared/page.js';
import { useAgents, useFreshness, useLiveCalls } from '../../shared/queries.js';
import { agentStateNames } from '../../shared/states.js';
import { useUrlState } from '../../shared/url-state.js';
import { useCanEdit } from '../../shared/use-can-edit.js';
import { AgentActions } from './agent-actions.js';
import { AgentForm } from './agent-form.js';
import { agentsSummary, matches } from './agents-summary.js';
import { agentColumns, type AgentRow } from './columns.js';

/** Everybody with an account: what they are doing, where they sit. */
export function AgentsPage() {
  const query = useAgents();
  const freshness = useFreshness(query);
  const canEdit = useCanEdit();
  const [creating, setCreating] = useState(false);
  const [text, setText] = useUrlState('q');
  const [state, setState] = useUrlState('state');
  const [seat, setSeat] = useUrlState('seat');
  const columns = useMemo(
    () => [...agentColumns, { id: 'actions', header: 'Actions', enableSorting: false, cell: ({ row }: { row: { original: AgentRow } }) => <AgentActions agent={row.original} canEdit={canEdit} /> }],
    [canEdit],
  );
  const agents = query.data;
  const calls = useLiveCalls().data;
  const rows = useMemo(() => {
    const taken = calls && new Map(calls.flatMap((call) => (call.agentId === null || call.state === 'queued' ? [] : [[call.agentId, call] as const])));
    return agents?.map((agent): AgentRow => ({ ...agent, call: taken && (taken.get(agent.id) ?? null) }));
  }, [agents, calls]);
  const seats = Object.fromEntries((agents ?? []).flatMap(({ placement }) => (placement ? [[placement.mediaServer.id, placement.mediaServer.name]] : [])));
  const shown = rows?.filter((agent) => matches(agent, { text, state, mediaServerId: seat }));

  return (
    <Section
      title="Agents"
      freshness={freshness}
      summary={agents && agents.length > 0 ? agentsSummary(agents) : null}
      onRetry={() => void query.refetch()}
      actions={
        canEdit && (
          <Button variant="contained" onClick={() => setCreating(true)}>
            Add an agent
          </Button>
        )
      }
    >
      {query.isPending && <Loading label="Loading agents" />}
      {query.isError && !agents && freshness.why && <ErrorFace why={freshness.why} onRetry={() => void query.refetch()} />}
      {agents?.length === 0 && <EmptyFace title="No agents yet">An agent signs in to the softphone with the account made here.</EmptyFace>}
      {shown && agents && agents.length > 0 && (
        <>
          <FilterBar>
            <FilterText label="Find by name, region or skill" value={text} onChange={setText} />
            <FilterChoice label="State" value={state} choices={{ ...agentStateNames, disabled: 'Disabled' }} onChange={setState} />
            <FilterChoice label="Seat on" value={seat} choices={seats} onChange={setSeat} />
          </FilterBar>
          {shown.length > 0 ? (
            <DataTable label="Agents" rows={shown} columns={columns} rowId={({ id }) => id} sortBy="name" />
          ) : (
            <EmptyFace title="No agent matches">{agents.length} are hidden by the filters above.</EmptyFace>
          )}
        </>
      )}
      {creating && <AgentForm onClose={() => setCreating(false)} />}
    </Section>
  );
}
