import Button from '@mui/material/Button';
import { EmptyFace, ErrorFace, Loading } from '@nailup/web';
import { useMemo, useState } from 'react';
import { DataTable } from '../../shared/data-table.js';
import { FilterBar, FilterChoice, FilterText } from '../../shared/filters.js';
import { Section } from '../../shared/page.js';
import { useFreshness, useNumbers, useQueues } from '../../shared/queries.js';
import { useUrlState } from '../../shared/url-state.js';
import { useCanEdit } from '../../shared/use-can-edit.js';
import { queueColumns, type QueueRow } from './columns.js';
import { QueueActions } from './queue-actions.js';
import { QueueForm } from './queue-form.js';

const waitingChoices = { yes: 'Somebody waits', no: 'Nobody waits' };

/** Where callers wait, who may take them, and how long they have waited. */
export function QueuesPage() {
  const query = useQueues();
  const freshness = useFreshness(query);
  const numbers = useNumbers().data;
  const canEdit = useCanEdit();
  const [creating, setCreating] = useState(false);
  const [text, setText] = useUrlState('q');
  const [waiting, setWaiting] = useUrlState('waiting');
  const columns = useMemo(
    () => (canEdit ? [...queueColumns, { id: 'actions', header: 'Actions', enableSorting: false, cell: ({ row }: { row: { original: QueueRow } }) => <QueueActions queue={row.original} /> }] : queueColumns),
    [canEdit],
  );
  const rows = useMemo(
    () => query.data?.map((queue): QueueRow => ({ ...queue, numbers: numbers ? numbers.filter(({ queueId }) => queueId === queue.id).map(({ number }) => number) : null })),
    [query.data, numbers],
  );
  const shown = rows?.filter(
    (queue) => (!waiting || (waiting === 'yes') === queue.waiting > 0) && [queue.name, ...queue.skills, ...(queue.numbers ?? [])].some((word) => word.toLowerCase().includes(text.toLowerCase())),
  );
  const callers = rows?.reduce((sum, queue) => sum + queue.waiting, 0) ?? 0;

  return (
    <Section
      title="Queues"
      freshness={freshness}
      summary={rows && rows.length > 0 ? `${rows.length === 1 ? 'One queue' : `${rows.length} queues`} · ${callers} waiting` : null}
      onRetry={() => void query.refetch()}
      actions={
        canEdit && (
          <Button variant="contained" onClick={() => setCreating(true)}>
            Add a queue
          </Button>
        )
      }
    >
      {query.isPending && <Loading label="Loading queues" />}
      {query.isError && !rows && freshness.why && <ErrorFace why={freshness.why} onRetry={() => void query.refetch()} />}
      {rows?.length === 0 && <EmptyFace title="No queues yet">A queue holds callers, with music and their place in line, until an agent with its skills is free. Numbers lead to it.</EmptyFace>}
      {shown && rows && rows.length > 0 && (
        <>
          <FilterBar>
            <FilterText label="Find by name, skill or number" value={text} onChange={setText} />
            <FilterChoice label="Callers" value={waiting} choices={waitingChoices} onChange={setWaiting} />
          </FilterBar>
          {shown.length > 0 ? (
            <DataTable label="Queues" rows={shown} columns={columns} rowId={({ id }) => id} sortBy="name" />
          ) : (
            <EmptyFace title="No queue matches">{rows.length} are hidden by the filters above.</EmptyFace>
          )}
        </>
      )}
      {creating && <QueueForm onClose={() => setCreating(false)} />}
    </Section>
  );
}
