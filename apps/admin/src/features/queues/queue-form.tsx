import Box from '@mui/material/Box';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { useApi } from '../../shared/api-context.js';
import type { Queue, QueueInput } from '../../shared/contract.js';
import { FormDialog } from '../../shared/form-dialog.js';
import { FormText } from '../../shared/form-text.js';
import { newKey, useProblemForm } from '../../shared/problem-form.js';
import { keys } from '../../shared/queries.js';

interface Fields {
  name: string;
  skills: string;
  musicClass: string;
  /** As typed; empty for no limit. */
  maxWaitSeconds: string;
}

const names = ['name', 'skills', 'musicClass', 'maxWaitSeconds'] as const;

const inputOf = ({ name, skills, musicClass, maxWaitSeconds }: Fields): QueueInput => ({
  name: name.trim(),
  skills: skills.split(',').map((skill) => skill.trim()).filter(Boolean),
  musicClass: musicClass.trim() || null,
  maxWaitSeconds: maxWaitSeconds.trim() === '' ? null : Number(maxWaitSeconds),
});

/** Makes a queue, or changes one. */
export function QueueForm({ queue, onClose }: { queue?: Queue; onClose: () => void }) {
  const api = useApi();
  const cache = useQueryClient();
  const [key] = useState(newKey);
  const form = useForm<Fields>({
    defaultValues: queue
      ? { name: queue.name, skills: queue.skills.join(', '), musicClass: queue.musicClass ?? '', maxWaitSeconds: queue.maxWaitSeconds === null ? '' : String(queue.maxWaitSeconds) }
      : { name: '', skills: '', musicClass: '', maxWaitSeconds: '' },
  });
  const { submit, why } = useProblemForm(
    form,
    names,
    async (fields) => {
      const input = inputOf(fields);
      await (queue ? api.queues.change(queue.id, input) : api.queues.create(input, key));
      await cache.invalidateQueries({ queryKey: keys.queues });
      onClose();
    },
    { 'QUEUE.NAME_TAKEN': 'name' },
  );

  return (
    <FormDialog title={queue ? `Edit ${queue.name}` : 'Add a queue'} submitLabel={queue ? 'Save' : 'Add queue'} pending={form.formState.isSubmitting} why={why} onSubmit={submit} onClose={onClose}>
      <FormText form={form} name="name" label="Name" rules={{ required: 'Needed' }} autoFocus autoComplete="off" hint="What supervisors and agents call it" />
      <FormText form={form} name="skills" label="Skills" autoComplete="off" hint="An agent needs all of them to be given its callers. With commas between them; empty: every agent" />
      <Box sx={{ display: 'grid', gap: 2, gridTemplateColumns: 'repeat(auto-fit, minmax(220px, 1fr))' }}>
        <FormText
          form={form}
          name="maxWaitSeconds"
          label="Longest wait, seconds"
          type="number"
          rules={{ validate: (typed) => typed === '' || Number(typed) >= 5 || 'At least 5, or empty' }}
          slotProps={{ htmlInput: { min: 5, max: 86_400, step: 5 } }}
          hint="Who has waited as long is let go. Empty: no limit"
        />
        <FormText form={form} name="musicClass" label="Music" autoComplete="off" hint="A music class of the media servers. Empty: their default" />
      </Box>
    </FormDialog>
  );
}
