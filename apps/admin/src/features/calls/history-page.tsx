import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import { EmptyFace, ErrorFace, Loading } from '@nailup/web';
import { useMemo } from 'react';
import { endReasonNames } from '../../shared/calls.js';
import { DataTable } from '../../shared/data-table.js';
import { FilterBar, FilterChoice, FilterDay, FilterText } from '../../shared/filters.js';
import { Section } from '../../shared/page.js';
import { useAgents, useFreshness } from '../../shared/queries.js';
import { callStateNames } from '../../shared/states.js';
import { useUrlState } from '../../shared/url-state.js';
import { CallDrawer } from './call-drawer.js';
import { historyColumns } from './history-columns.js';
import { queryOf, useCallHistory } from './use-calls.js';
import { useDispositionName } from './use-disposition-name.js';

/** Calls of the past, newest first, and how each ended. */
export function HistoryPage() {
  const [number, setNumber] = useUrlState('number');
  const [agentId, setAgentId] = useUrlState('agent');
  const [state, setState] = useUrlState('state');
  const [reason, setReason] = useUrlState('ended');
  const [from, setFrom] = useUrlState('from');
  const [to, setTo] = useUrlState('to');
  const [openId, setOpenId] = useUrlState('call');
  const filter = { number, agentId, state, from, to };
  const query = useCallHistory(filter);
  const freshness = useFreshness(query);
  const agents = useAgents().data;
  const dispositionName = useDispositionName();
  const columns = useMemo(() => historyColumns({ onOpen: setOpenId, dispositionName }), [setOpenId, dispositionName]);
  const read = query.data?.pages.flatMap(({ items }) => items);
  // The manager is not asked by reason: those read so far are looked through here, and it is said how many they are.
  const rows = reason ? read?.filter(({ endReason }) => endReason === reason) : read;
  const filtered = [number, agentId, state, reason, from, to].some(Boolean);
  const tooShort = number !== '' && queryOf(filter).number === undefined;

  return (
    <Section title="Call history" freshness={freshness} onRetry={() => void query.refetch()}>
      <FilterBar>
        <FilterText label="Number ends with" value={number} onChange={setNumber} width={170} hint={tooShort ? 'Three digits or more' : undefined} />
        <FilterChoice label="Agent" value={agentId} choices={Object.fromEntries((agents ?? []).map(({ id, displayName }) => [id, displayName]))} onChange={setAgentId} />
        <FilterChoice label="State" value={state} choices={callStateNames} onChange={setState} />
        <FilterChoice label="How it ended" value={reason} choices={endReasonNames} onChange={setReason} />
        <FilterDay label="From" value={from} onChange={setFrom} />
        <FilterDay label="To" value={to} onChange={setTo} />
      </FilterBar>
      {query.isPending && <Loading label="Loading the call history" />}
      {query.isError && !read && freshness.why && <ErrorFace why={freshness.why} onRetry={() => void query.refetch()} />}
      {reason && read && read.length > 0 && (
        <Typography variant="body2" color="textSecondary" role="status">
          {rows?.length} of the {read.length} calls read so far ended that way.
        </Typography>
      )}
      {rows?.length === 0 && !(reason && query.hasNextPage) && (
        <EmptyFace title={filtered ? 'No call matches' : 'No calls yet'}>{filtered ? 'Nothing stands behind the filters above.' : 'Every call stands here from its first moment, with each of its steps.'}</EmptyFace>
      )}
      {rows && rows.length > 0 && <DataTable label="Call history" rows={rows} columns={columns} rowId={({ id }) => id} sortBy="-began" onOpen={({ id }) => setOpenId(id)} openId={openId} />}
      {query.hasNextPage && (
        <Button onClick={() => void query.fetchNextPage()} loading={query.isFetchingNextPage} sx={{ alignSelf: 'center' }}>
          Show older calls
        </Button>
      )}
      {openId && <CallDrawer callId={openId} onClose={() => setOpenId('')} />}
    </Section>
  );
}
