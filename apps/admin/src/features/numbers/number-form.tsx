import FormControlLabel from '@mui/material/FormControlLabel';
import FormLabel from '@mui/material/FormLabel';
import FormControl from '@mui/material/FormControl';
import Radio from '@mui/material/Radio';
import RadioGroup from '@mui/material/RadioGroup';
import { useQueryClient } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { useForm, useWatch } from 'react-hook-form';
import { useApi } from '../../shared/api-context.js';
import type { PhoneNumber } from '../../shared/contract.js';
import { FormChoice } from '../../shared/form-choice.js';
import { FormDialog } from '../../shared/form-dialog.js';
import { FormText } from '../../shared/form-text.js';
import { newKey, useProblemForm } from '../../shared/problem-form.js';
import { keys, useAgents, useQueues } from '../../shared/queries.js';

interface Fields {
  number: string;
  leadsTo: 'queue' | 'agent';
  queueId: string;
  agentId: string;
}

/** Only the kind that is asked for must be chosen; the other one's choice waits unseen. */
const chosenFor =
  (kind: Fields['leadsTo']) =>
  (id: string, { leadsTo }: Fields): string | true =>
    leadsTo !== kind || id !== '' || 'Choose one';

/** Gives a number a place to lead to, or another one. The number itself stays what it was. */
export function NumberForm({ number, onClose }: { number?: PhoneNumber; onClose: () => void }) {
  const api = useApi();
  const cache = useQueryClient();
  const labelId = useId();
  const [key] = useState(newKey);
  const queues = Object.fromEntries((useQueues().data ?? []).map(({ id, name }) => [id, name]));
  const agents = Object.fromEntries((useAgents().data ?? []).map(({ id, displayName, username }) => [id, `${displayName} (${username})`]));
  const form = useForm<Fields>({
    defaultValues: { number: number?.number ?? '', leadsTo: number?.agentId ? 'agent' : 'queue', queueId: number?.queueId ?? '', agentId: number?.agentId ?? '' },
  });
  const leadsTo = useWatch({ control: form.control, name: 'leadsTo' });
  const { submit, why } = useProblemForm(
    form,
    ['number', 'queueId', 'agentId'],
    async (fields) => {
      const target = fields.leadsTo === 'queue' ? { queueId: fields.queueId, agentId: null } : { queueId: null, agentId: fields.agentId };
      await (number ? api.numbers.change(number.id, target) : api.numbers.create({ number: fields.number.replaceAll(/[\s().\-/]/g, ''), ...target }, key));
      await cache.invalidateQueries({ queryKey: keys.numbers });
      onClose();
    },
    { 'NUMBER.TAKEN': 'number', 'QUEUE.NOT_FOUND': 'queueId', 'AGENT.NOT_FOUND': 'agentId' },
  );

  return (
    <FormDialog title={number ? `Where ${number.number} leads` : 'Add a number'} submitLabel={number ? 'Save' : 'Add number'} pending={form.formState.isSubmitting} why={why} onSubmit={submit} onClose={onClose} maxWidth="xs">
      {!number && <FormText form={form} name="number" label="Number" type="tel" rules={{ required: 'Needed' }} autoFocus autoComplete="off" hint="As the carrier sends it, as +15550200" />}
      <FormControl>
        <FormLabel id={labelId} sx={{ fontSize: '0.8125rem' }}>
          Who is called by it
        </FormLabel>
        <RadioGroup row aria-labelledby={labelId} value={leadsTo} onChange={(_, value) => form.setValue('leadsTo', value as Fields['leadsTo'])}>
          <FormControlLabel value="queue" control={<Radio size="small" />} label="A queue" />
          <FormControlLabel value="agent" control={<Radio size="small" />} label="One agent" />
        </RadioGroup>
      </FormControl>
      {leadsTo === 'queue' ? (
        <FormChoice form={form} key="queue" name="queueId" label="Queue" choices={queues} rules={{ validate: chosenFor('queue') }} hint={Object.keys(queues).length === 0 ? 'There is no queue yet' : undefined} />
      ) : (
        <FormChoice form={form} key="agent" name="agentId" label="Agent" choices={agents} rules={{ validate: chosenFor('agent') }} hint="Callers wait for this agent and no other" />
      )}
    </FormDialog>
  );
}
