import Button from '@mui/material/Button';
import { EmptyFace, ErrorFace, Loading } from '@nailup/web';
import { useMemo, useState } from 'react';
import { DataTable } from '../../shared/data-table.js';
import { FilterBar, FilterChoice, FilterText } from '../../shared/filters.js';
import { Section } from '../../shared/page.js';
import { useAgents, useFreshness, useNumbers, useQueues } from '../../shared/queries.js';
import { useUrlState } from '../../shared/url-state.js';
import { useCanEdit } from '../../shared/use-can-edit.js';
import { numberColumns, type NumberRow } from './columns.js';
import { NumberActions } from './number-actions.js';
import { NumberForm } from './number-form.js';

const kinds = { queue: 'A queue', agent: 'One agent' };

/** The numbers callers dial, and where each leads. */
export function NumbersPage() {
  const query = useNumbers();
  const freshness = useFreshness(query);
  const queues = useQueues().data;
  const agents = useAgents().data;
  const canEdit = useCanEdit();
  const [creating, setCreating] = useState(false);
  const [text, setText] = useUrlState('q');
  const [kind, setKind] = useUrlState('leads');
  const columns = useMemo(
    () => (canEdit ? [...numberColumns, { id: 'actions', header: 'Actions', enableSorting: false, cell: ({ row }: { row: { original: NumberRow } }) => <NumberActions number={row.original} /> }] : numberColumns),
    [canEdit],
  );
  const rows = useMemo(
    () =>
      query.data?.map((number): NumberRow => {
        const known = number.queueId === null ? agents : queues;
        const target = number.queueId === null ? agents?.find(({ id }) => id === number.agentId)?.displayName : queues?.find(({ id }) => id === number.queueId)?.name;
        return { ...number, kind: number.queueId === null ? 'agent' : 'queue', target: known ? (target ?? null) : undefined };
      }),
    [query.data, queues, agents],
  );
  const shown = rows?.filter((number) => (!kind || number.kind === kind) && [number.number, number.target ?? ''].some((word) => word.toLowerCase().includes(text.toLowerCase())));

  return (
    <Section
      title="Numbers"
      // What people write down does not age by the second: its age is told only when it cannot be read again.
      freshness={query.isError && query.data ? freshness : undefined}
      summary={rows && rows.length > 0 ? (rows.length === 1 ? 'One number' : `${rows.length} numbers`) : null}
      onRetry={() => void query.refetch()}
      actions={
        canEdit && (
          <Button variant="contained" onClick={() => setCreating(true)}>
            Add a number
          </Button>
        )
      }
    >
      {query.isPending && <Loading label="Loading numbers" />}
      {query.isError && !rows && freshness.why && <ErrorFace why={freshness.why} onRetry={() => void query.refetch()} />}
      {rows?.length === 0 && <EmptyFace title="No numbers yet">A number that callers dial leads to a queue, or to one agent. Whoever calls one that is not listed here is turned away.</EmptyFace>}
      {shown && rows && rows.length > 0 && (
        <>
          <FilterBar>
            <FilterText label="Find by number or target" value={text} onChange={setText} />
            <FilterChoice label="Leads to" value={kind} choices={kinds} onChange={setKind} />
          </FilterBar>
          {shown.length > 0 ? (
            <DataTable label="Numbers" rows={shown} columns={columns} rowId={({ id }) => id} sortBy="number" />
          ) : (
            <EmptyFace title="No number matches">{rows.length} are hidden by the filters above.</EmptyFace>
          )}
        </>
      )}
      {creating && <NumberForm onClose={() => setCreating(false)} />}
    </Section>
  );
}
