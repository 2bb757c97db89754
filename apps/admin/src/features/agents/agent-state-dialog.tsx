import MenuItem from '@mui/material/MenuItem';
import { useQueryClient } from '@tanstack/react-query';
import { useForm } from 'react-hook-form';
import { useApi } from '../../shared/api-context.js';
import type { Agent, AgentState } from '../../shared/contract.js';
import { FormDialog } from '../../shared/form-dialog.js';
import { FormText } from '../../shared/form-text.js';
import { useProblemForm } from '../../shared/problem-form.js';
import { keys } from '../../shared/queries.js';
import { agentStateNames } from '../../shared/states.js';

/** Only calls put an agent on a call, so that state cannot be chosen. */
const choices = ['ready', 'paused', 'wrap-up', 'offline'] as const satisfies AgentState[];

interface Fields {
  state: (typeof choices)[number];
  reason: string;
}

/** Sets what an agent is taken to be doing. */
export function AgentStateDialog({ agent, onClose }: { agent: Agent; onClose: () => void }) {
  const api = useApi();
  const cache = useQueryClient();
  const form = useForm<Fields>({ defaultValues: { state: agent.state === 'on-call' ? 'ready' : agent.state, reason: '' } });
  const { submit, why } = useProblemForm(form, ['state', 'reason'], async ({ state, reason }) => {
    await api.agents.setState(agent.id, state, reason.trim() || null);
    await cache.invalidateQueries({ queryKey: keys.agents });
    onClose();
  });
  return (
    <FormDialog title={`Set the state of ${agent.displayName}`} submitLabel="Set state" pending={form.formState.isSubmitting} why={why} onSubmit={submit} onClose={onClose} maxWidth="xs">
      <FormText form={form} name="state" label="State" select defaultValue={form.formState.defaultValues?.state}>
        {choices.map((state) => (
          <MenuItem key={state} value={state}>
            {agentStateNames[state]}
          </MenuItem>
        ))}
      </FormText>
      <FormText form={form} name="reason" label="Reason" hint="May stay empty" />
    </FormDialog>
  );
}
