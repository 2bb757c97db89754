import { useQueryClient } from '@tanstack/react-query';
import { useForm, useWatch } from 'react-hook-form';
import { useApi } from '../../shared/api-context.js';
import type { Agent, AgentState } from '../../shared/contract.js';
import { FormChoice } from '../../shared/form-choice.js';
import { FormDialog } from '../../shared/form-dialog.js';
import { FormText } from '../../shared/form-text.js';
import { useProblemForm } from '../../shared/problem-form.js';
import { keys, useSettings } from '../../shared/queries.js';
import { agentStateNames } from '../../shared/states.js';

/** Only calls put an agent on a call, so that state cannot be chosen. */
const choices = ['ready', 'paused', 'wrap-up', 'offline'] as const satisfies AgentState[];

const states = Object.fromEntries(choices.map((state) => [state, agentStateNames[state]]));

interface Fields {
  state: (typeof choices)[number];
  reason: string;
}

/** Sets what an agent is taken to be doing. */
export function AgentStateDialog({ agent, onClose }: { agent: Agent; onClose: () => void }) {
  const api = useApi();
  const cache = useQueryClient();
  const form = useForm<Fields>({ defaultValues: { state: agent.state === 'on-call' ? 'ready' : agent.state, reason: '' } });
  const state = useWatch({ control: form.control, name: 'state' });
  // The reason they have now stays a choice, also when the settings have lost it meanwhile.
  const kept = agent.state === 'paused' && agent.stateReason ? [agent.stateReason] : [];
  const pauses = Object.fromEntries([...kept, ...(useSettings().data?.pauseReasons ?? [])].map((reason) => [reason, reason]));
  const { submit, why } = useProblemForm(form, ['state', 'reason'], async ({ state, reason }) => {
    await api.agents.setState(agent.id, state, reason.trim() || null);
    await cache.invalidateQueries({ queryKey: keys.agents });
    onClose();
  });
  return (
    <FormDialog title={`Set the state of ${agent.displayName}`} submitLabel="Set state" pending={form.formState.isSubmitting} why={why} onSubmit={submit} onClose={onClose} maxWidth="xs">
      <FormChoice form={form} name="state" label="State" choices={states} />
      {state === 'paused' && Object.keys(pauses).length > 0 ? (
        <FormChoice form={form} key="pause" name="reason" label="Reason" choices={{ '': 'No reason', ...pauses }} slotProps={{ select: { displayEmpty: true }, inputLabel: { shrink: true } }} />
      ) : (
        <FormText form={form} key="any" name="reason" label="Reason" hint="May stay empty" />
      )}
    </FormDialog>
  );
}
