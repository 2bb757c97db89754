import Button from '@mui/material/Button';
import { EmptyFace, ErrorFace, Loading } from '@nailup/web';
import { useMemo, useState } from 'react';
import { FilterBar, FilterChoice } from '../../shared/filters.js';
import { DataTable } from '../../shared/data-table.js';
import { Section } from '../../shared/page.js';
import { useAgents, useFreshness, useMediaServers } from '../../shared/queries.js';
import { placementStateNames } from '../../shared/states.js';
import { useUrlState } from '../../shared/url-state.js';
import { placementColumns, type PlacementRow } from './columns.js';
import { DecisionDrawer } from './decision-drawer.js';
import { SimulateDialog } from './simulate-dialog.js';
import { usePlacements } from './use-placements.js';

/** Every seat that was promised, newest first, and why it went where it went. */
export function PlacementsPage() {
  const [state, setState] = useUrlState('state');
  const [mediaServerId, setMediaServerId] = useUrlState('mediaServer');
  const [agentId, setAgentId] = useUrlState('agent');
  const [asked, setAsked] = useUrlState('why');
  const [simulating, setSimulating] = useState(false);
  const query = usePlacements({ state, mediaServerId, agentId });
  const freshness = useFreshness(query);
  const agents = useAgents().data;
  const servers = useMediaServers().data ?? [];
  const agentNames = useMemo(() => Object.fromEntries((agents ?? []).map(({ id, displayName }) => [id, displayName])), [agents]);
  const rows = useMemo(
    () => query.data?.pages.flatMap(({ items }) => items).map((placement): PlacementRow => ({ ...placement, agentName: agentNames[placement.agentId] ?? null })),
    [query.data, agentNames],
  );
  const columns = useMemo(() => placementColumns(setAsked), [setAsked]);
  const filtered = state !== '' || mediaServerId !== '' || agentId !== '';

  return (
    <Section
      title="Placements"
      freshness={freshness}
      onRetry={() => void query.refetch()}
      actions={
        <Button variant="outlined" onClick={() => setSimulating(true)}>
          Simulate placing agents
        </Button>
      }
    >
      <FilterBar>
        <FilterChoice label="State" value={state} choices={placementStateNames} onChange={setState} />
        <FilterChoice label="Media server" value={mediaServerId} choices={Object.fromEntries(servers.map(({ id, name }) => [id, name]))} onChange={setMediaServerId} />
        <FilterChoice label="Agent" value={agentId} choices={agentNames} onChange={setAgentId} />
      </FilterBar>
      {query.isPending && <Loading label="Loading placements" />}
      {query.isError && !rows && freshness.why && <ErrorFace why={freshness.why} onRetry={() => void query.refetch()} />}
      {rows?.length === 0 && (
        <EmptyFace title={filtered ? 'No placement matches' : 'No placements yet'}>
          {filtered ? 'Nothing stands behind the filters above.' : 'A placement is made when an agent goes online: the seat on the media server chosen for them.'}
        </EmptyFace>
      )}
      {rows && rows.length > 0 && <DataTable label="Placements" rows={rows} columns={columns} rowId={({ id }) => id} sortBy="-reserved" />}
      {query.hasNextPage && (
        <Button onClick={() => void query.fetchNextPage()} loading={query.isFetchingNextPage} sx={{ alignSelf: 'center' }}>
          Show older placements
        </Button>
      )}
      {asked && <DecisionDrawer placementId={asked} agentName={(id) => agentNames[id] ?? 'a deleted agent'} onClose={() => setAsked('')} />}
      {simulating && <SimulateDialog onClose={() => setSimulating(false)} />}
    </Section>
  );
}
