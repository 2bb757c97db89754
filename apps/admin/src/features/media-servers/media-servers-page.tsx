import Alert from '@mui/material/Alert';
import Button from '@mui/material/Button';
import { EmptyFace, ErrorFace, Loading } from '@nailup/web';
import { useMemo, useState } from 'react';
import type { MediaServer } from '../../shared/contract.js';
import { DataTable } from '../../shared/data-table.js';
import { FilterBar, FilterChoice, FilterText } from '../../shared/filters.js';
import { Section } from '../../shared/page.js';
import { useFreshness, useMediaServers } from '../../shared/queries.js';
import { useUrlState } from '../../shared/url-state.js';
import { useCanEdit } from '../../shared/use-can-edit.js';
import { mediaServerColumns } from './columns.js';
import { fleetSummary, freezeOf } from './fleet-summary.js';
import { MediaServerActions } from './media-server-actions.js';
import { MediaServerForm } from './media-server-form.js';
import { EnrolmentDialog } from './enrolment-dialog.js';

const healthChoices = { healthy: 'Healthy', suspect: 'Suspect', down: 'Down', unknown: 'Unknown' };
const modeChoices = { active: 'Active', draining: 'Draining', disabled: 'Disabled' };

/** The fleet: every media server, its mode, health and utilisation, live. */
export function MediaServersPage() {
  const query = useMediaServers();
  const freshness = useFreshness(query);
  const canEdit = useCanEdit();
  const [open, setOpen] = useState<'none' | 'enrol' | 'by-hand'>('none');
  const [text, setText] = useUrlState('q');
  const [health, setHealth] = useUrlState('health');
  const [mode, setMode] = useUrlState('mode');
  const columns = useMemo(
    () => (canEdit ? [...mediaServerColumns, { id: 'actions', header: 'Actions', enableSorting: false, cell: ({ row }: { row: { original: MediaServer } }) => <MediaServerActions server={row.original} /> }] : mediaServerColumns),
    [canEdit],
  );
  const servers = query.data;
  const freeze = servers ? freezeOf(servers) : null;
  const shown = servers?.filter(
    (server) => (!health || server.health === health) && (!mode || server.mode === mode) && [server.name, server.host, server.region ?? ''].some((word) => word.toLowerCase().includes(text.toLowerCase())),
  );

  return (
    <Section
      title="Media servers"
      freshness={freshness}
      summary={servers && servers.length > 0 ? fleetSummary(servers) : null}
      onRetry={() => void query.refetch()}
      actions={
        canEdit && (
          <>
            <Button onClick={() => setOpen('by-hand')}>Enter by hand</Button>
            <Button variant="contained" onClick={() => setOpen('enrol')}>
              Enrol a media server
            </Button>
          </>
        )
      }
    >
      {query.isPending && <Loading label="Loading media servers" />}
      {query.isError && !servers && freshness.why && <ErrorFace why={freshness.why} onRetry={() => void query.refetch()} />}
      {freeze && <Alert severity="error">{freeze}</Alert>}
      {servers?.length === 0 && (
        <EmptyFace title="No media servers yet">Agents need at least one. Install Asterisk on a machine and enrol it: the machine then brings everything else by itself.</EmptyFace>
      )}
      {shown && servers && servers.length > 0 && (
        <>
          <FilterBar>
            <FilterText label="Find by name, host or region" value={text} onChange={setText} />
            <FilterChoice label="Health" value={health} choices={healthChoices} onChange={setHealth} />
            <FilterChoice label="Mode" value={mode} choices={modeChoices} onChange={setMode} />
          </FilterBar>
          {shown.length > 0 ? (
            <DataTable label="Media servers" rows={shown} columns={columns} rowId={({ id }) => id} sortBy="name" />
          ) : (
            <EmptyFace title="No media server matches">{servers.length} are hidden by the filters above.</EmptyFace>
          )}
        </>
      )}
      {open === 'enrol' && <EnrolmentDialog onClose={() => setOpen('none')} />}
      {open === 'by-hand' && <MediaServerForm onClose={() => setOpen('none')} />}
    </Section>
  );
}
