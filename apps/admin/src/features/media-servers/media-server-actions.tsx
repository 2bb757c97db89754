import { useQueryClient } from '@tanstack/react-query';
import { ConfirmDialog, explain } from '@nailup/web';
import { useState } from 'react';
import { useApi } from '../../shared/api-context.js';
import type { MediaServer } from '../../shared/contract.js';
import { keys } from '../../shared/queries.js';
import { RowMenu, type RowAction } from '../../shared/row-menu.js';
import { DrainDialog } from './drain-dialog.js';
import { MediaServerForm } from './media-server-form.js';

type Asked = 'edit' | 'drain' | 'resume' | 'disable' | 'enable' | 'delete';

/** How many agents sit on it or were promised a seat there, in words. */
export function whoSits({ utilisation: { agentsInCall, reserved } }: MediaServer): string {
  const seats = agentsInCall + reserved;
  if (seats === 0) return 'Nobody sits on it.';
  return seats === 1 ? 'One agent sits on it.' : `${seats} agents sit on it.`;
}

/** What an administrator can do with one media server. */
export function MediaServerActions({ server }: { server: MediaServer }) {
  const api = useApi();
  const cache = useQueryClient();
  const [asked, setAsked] = useState<Asked | null>(null);
  const [fault, setFault] = useState('');
  const close = (): void => setAsked(null);
  const then = async (work: Promise<unknown>): Promise<void> => {
    await work;
    await cache.invalidateQueries({ queryKey: keys.mediaServers });
  };
  // It does no harm, so it is done unasked; only a failure needs a word.
  const resume = (): Promise<void> =>
    then(api.mediaServers.resume(server.id)).catch((error: unknown) => {
      setFault(explain(error).sentence);
      setAsked('resume');
    });
  const actions: RowAction[] = [
    { label: 'Edit', onChoose: () => setAsked('edit') },
    server.mode === 'draining' ? { label: 'Resume', onChoose: () => void resume() } : { label: 'Drain', onChoose: () => setAsked('drain') },
    server.mode === 'disabled' ? { label: 'Enable', onChoose: () => setAsked('enable') } : { label: 'Disable', onChoose: () => setAsked('disable') },
    { label: 'Delete', onChoose: () => setAsked('delete'), danger: true },
  ].filter(({ label }) => !(server.mode === 'disabled' && label === 'Drain'));
  const { id, name } = server;
  const seats = server.utilisation.agentsInCall + server.utilisation.reserved;

  return (
    <>
      <RowMenu label={`Actions for ${name}`} actions={actions} />
      {asked === 'edit' && <MediaServerForm server={server} onClose={close} />}
      {asked === 'drain' && <DrainDialog server={server} onClose={close} />}
      {asked === 'resume' && (
        <ConfirmDialog title={`${name} was not resumed`} confirmLabel="Try again" onConfirm={() => then(api.mediaServers.resume(id))} onClose={close}>
          {fault}
        </ConfirmDialog>
      )}
      {asked === 'enable' && (
        <ConfirmDialog title={`Enable ${name}?`} confirmLabel="Enable" onConfirm={() => then(api.mediaServers.change(id, { mode: 'active' }))} onClose={close}>
          The manager connects to it and, once it is healthy, gives it agents.
        </ConfirmDialog>
      )}
      {asked === 'disable' && (
        <ConfirmDialog title={`Disable ${name}?`} confirmLabel="Disable" danger onConfirm={() => then(api.mediaServers.change(id, { mode: 'disabled' }))} onClose={close}>
          {whoSits(server)}{' '}
          {seats > 0
            ? 'Seats on it end at once, and the softphones move on to another server. To let the agents finish first, drain it instead.'
            : 'It takes none until it is enabled again.'}
        </ConfirmDialog>
      )}
      {asked === 'delete' && (
        <ConfirmDialog title={`Delete ${name}?`} confirmLabel="Delete" danger typeToConfirm={name} onConfirm={() => then(api.mediaServers.remove(id))} onClose={close}>
          {whoSits(server)} {seats > 0 ? 'The manager refuses to delete it while anybody does: drain it first.' : 'Its history of utilisation goes with it.'} The machine itself is not touched; to bring it
          back it must enrol again.
        </ConfirmDialog>
      )}
    </>
  );
}
