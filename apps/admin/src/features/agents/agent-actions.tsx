import { ConfirmDialog } from '@nailup/web';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useApi } from '../../shared/api-context.js';
import type { Agent } from '../../shared/contract.js';
import { keys } from '../../shared/queries.js';
import { RowMenu, type RowAction } from '../../shared/row-menu.js';
import { AgentForm } from './agent-form.js';
import { AgentStateDialog } from './agent-state-dialog.js';

type Asked = 'edit' | 'state' | 'disable' | 'enable' | 'delete';

/** What ending the account's seat would do, in words. */
const impact = ({ placement, state }: Agent): string => {
  if (state === 'on-call') return 'They are on a call right now; it would lose its agent.';
  return placement ? `They sit on ${placement.mediaServer.name}; that seat ends.` : 'They have no seat at the moment.';
};

/** What can be done with one account: supervisors set its state, administrators the rest too. */
export function AgentActions({ agent, canEdit }: { agent: Agent; canEdit: boolean }) {
  const api = useApi();
  const cache = useQueryClient();
  const [asked, setAsked] = useState<Asked | null>(null);
  const close = (): void => setAsked(null);
  const then = async (work: Promise<unknown>): Promise<void> => {
    await work;
    await cache.invalidateQueries({ queryKey: keys.agents });
  };
  const setState: RowAction[] = agent.enabled ? [{ label: 'Set state', onChoose: () => setAsked('state') }] : [];
  const edit: RowAction[] = [
    { label: 'Edit', onChoose: () => setAsked('edit') },
    agent.enabled ? { label: 'Disable', onChoose: () => setAsked('disable') } : { label: 'Enable', onChoose: () => setAsked('enable') },
    { label: 'Delete', onChoose: () => setAsked('delete'), danger: true },
  ];
  const actions = canEdit ? [...setState, ...edit] : setState;
  const { id, displayName } = agent;
  if (actions.length === 0) return null;

  return (
    <>
      <RowMenu label={`Actions for ${displayName}`} actions={actions} />
      {asked === 'edit' && <AgentForm agent={agent} onClose={close} />}
      {asked === 'state' && <AgentStateDialog agent={agent} onClose={close} />}
      {asked === 'enable' && (
        <ConfirmDialog title={`Enable ${displayName}?`} confirmLabel="Enable" onConfirm={() => then(api.agents.change(id, { enabled: true }))} onClose={close}>
          They can sign in and go online again.
        </ConfirmDialog>
      )}
      {asked === 'disable' && (
        <ConfirmDialog title={`Disable ${displayName}?`} confirmLabel="Disable" danger onConfirm={() => then(api.agents.change(id, { enabled: false }))} onClose={close}>
          They cannot sign in until enabled again. {impact(agent)}
        </ConfirmDialog>
      )}
      {asked === 'delete' && (
        <ConfirmDialog title={`Delete ${displayName}?`} confirmLabel="Delete" danger typeToConfirm={agent.username} onConfirm={() => then(api.agents.remove(id))} onClose={close}>
          The account is gone for good. {impact(agent)}
        </ConfirmDialog>
      )}
    </>
  );
}
