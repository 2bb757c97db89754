import Button from '@mui/material/Button';
import { EmptyFace, ErrorFace, Loading, useNow } from '@nailup/web';
import { useMemo, type ReactNode } from 'react';
import { Link } from 'react-router';
import { clientNumber, waitingFirst } from '../../shared/calls.js';
import type { Call } from '../../shared/contract.js';
import { DataTable } from '../../shared/data-table.js';
import { clockText } from '../../shared/duration.js';
import { FilterBar, FilterChoice, FilterText } from '../../shared/filters.js';
import { Section } from '../../shared/page.js';
import { useFreshness, useLiveCalls, useMediaServers, useQueues } from '../../shared/queries.js';
import { callStateNames } from '../../shared/states.js';
import { useUrlState } from '../../shared/url-state.js';
import { CallDrawer } from './call-drawer.js';
import { liveColumns } from './live-columns.js';

const { ended: _, ...liveStateNames } = callStateNames;

const named = (all: readonly { id: string; name: string }[] | undefined): Record<string, string> => Object.fromEntries((all ?? []).map(({ id, name }) => [id, name]));

/** Every call that is not over, as it happens. @param actionsOf what else can be done with a call, beside its menu; the same function for ever */
export function LiveCallsPage({ actionsOf }: { actionsOf?: (call: Call) => ReactNode }) {
  const query = useLiveCalls();
  const freshness = useFreshness(query);
  const [text, setText] = useUrlState('q');
  const [state, setState] = useUrlState('state');
  const [queue, setQueue] = useUrlState('queue');
  const [server, setServer] = useUrlState('mediaServer');
  const [openId, setOpenId] = useUrlState('call');
  const columns = useMemo(() => liveColumns(setOpenId, actionsOf), [setOpenId, actionsOf]);
  const queues = useQueues().data;
  const servers = useMediaServers().data;
  const calls = query.data;
  const shown = calls?.filter(
    (call) =>
      (!state || call.state === state) &&
      (!queue || call.queue?.id === queue) &&
      (!server || call.mediaServer?.id === server || call.farMediaServer?.id === server) &&
      [clientNumber(call), call.to, call.from, call.agent?.displayName ?? '', call.agent?.username ?? ''].some((word) => word.toLowerCase().includes(text.toLowerCase())),
  );

  return (
    <Section
      title="Calls"
      freshness={freshness}
      summary={calls && calls.length > 0 ? <Summary calls={calls} /> : null}
      onRetry={() => void query.refetch()}
      actions={
        <Button component={Link} to="/history">
          Calls of the past
        </Button>
      }
    >
      {query.isPending && <Loading label="Loading calls" />}
      {query.isError && !calls && freshness.why && <ErrorFace why={freshness.why} onRetry={() => void query.refetch()} />}
      {calls?.length === 0 && <EmptyFace title="No call is up">Callers who wait, calls that ring and calls that are up appear here by themselves.</EmptyFace>}
      {shown && calls && calls.length > 0 && (
        <>
          <FilterBar>
            <FilterText label="Find by number or agent" value={text} onChange={setText} />
            <FilterChoice label="State" value={state} choices={liveStateNames} onChange={setState} />
            <FilterChoice label="Queue" value={queue} choices={named(queues)} onChange={setQueue} />
            <FilterChoice label="Media server" value={server} choices={named(servers)} onChange={setServer} />
          </FilterBar>
          {shown.length > 0 ? (
            <DataTable label="Calls" rows={shown} columns={columns} rowId={({ id }) => id} sortBy="state" onOpen={({ id }) => setOpenId(id)} openId={openId} />
          ) : (
            <EmptyFace title="No call matches">{calls.length} are hidden by the filters above.</EmptyFace>
          )}
        </>
      )}
      {openId && <CallDrawer callId={openId} onClose={() => setOpenId('')} />}
    </Section>
  );
}

function Summary({ calls }: { calls: readonly Call[] }) {
  const now = useNow();
  const waiting = waitingFirst(calls);
  const [first] = waiting;
  const up = calls.filter(({ state }) => state === 'answered' || state === 'held').length;
  return [
    calls.length === 1 ? 'One call' : `${calls.length} calls`,
    `${waiting.length} waiting${first ? `, longest ${clockText(now - Date.parse(first.stateSince))}` : ''}`,
    `${calls.length - waiting.length - up} on the way`,
    `${up} with an agent`,
  ].join(' · ');
}
