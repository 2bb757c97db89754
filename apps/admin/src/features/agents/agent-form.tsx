import Box from '@mui/material/Box';
import MenuItem from '@mui/material/MenuItem';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { useApi } from '../../shared/api-context.js';
import type { Agent, NewAgent, Role } from '../../shared/contract.js';
import { FormDialog } from '../../shared/form-dialog.js';
import { FormText } from '../../shared/form-text.js';
import { newKey, useProblemForm } from '../../shared/problem-form.js';
import { keys } from '../../shared/queries.js';
import { roleNames } from './columns.js';

interface Fields {
  username: string;
  displayName: string;
  password: string;
  role: Role;
  region: string;
  skills: string;
}

const names = ['username', 'displayName', 'password', 'role', 'region', 'skills'] as const;

const inputOf = ({ username, displayName, role, region, skills }: Fields): Omit<NewAgent, 'password'> => ({
  username: username.trim(),
  displayName: displayName.trim(),
  role,
  region: region.trim() || null,
  skills: skills.split(',').map((skill) => skill.trim()).filter(Boolean),
});

/** Makes an account, or changes one. */
export function AgentForm({ agent, onClose }: { agent?: Agent; onClose: () => void }) {
  const api = useApi();
  const cache = useQueryClient();
  const [key] = useState(newKey);
  const form = useForm<Fields>({
    defaultValues: agent
      ? { ...agent, region: agent.region ?? '', skills: agent.skills.join(', '), password: '' }
      : { username: '', displayName: '', password: '', role: 'agent', region: '', skills: '' },
  });
  const { submit, why } = useProblemForm(form, names, async (fields) => {
    const { password } = fields;
    const input = inputOf(fields);
    await (agent ? api.agents.change(agent.id, { ...input, ...(password ? { password } : {}) }) : api.agents.create({ ...input, password }, key));
    await cache.invalidateQueries({ queryKey: keys.agents });
    onClose();
  });
  const required = { required: 'Needed' };

  return (
    <FormDialog title={agent ? `Edit ${agent.displayName}` : 'Add an agent'} submitLabel={agent ? 'Save' : 'Add agent'} pending={form.formState.isSubmitting} why={why} onSubmit={submit} onClose={onClose}>
      <Box sx={{ display: 'grid', gap: 2, gridTemplateColumns: 'repeat(auto-fit, minmax(220px, 1fr))' }}>
        <FormText form={form} name="displayName" label="Display name" rules={required} autoFocus autoComplete="off" />
        <FormText form={form} name="username" label="User name" rules={required} autoComplete="off" hint="For signing in" />
        <FormText form={form} name="password" label="Password" type="password" rules={agent ? undefined : required} autoComplete="new-password" hint={agent ? 'Empty: unchanged' : undefined} />
        <FormText form={form} name="role" label="Role" select defaultValue={form.formState.defaultValues?.role}>
          {Object.entries(roleNames).map(([role, word]) => (
            <MenuItem key={role} value={role}>
              {word}
            </MenuItem>
          ))}
        </FormText>
        <FormText form={form} name="region" label="Region" hint="Where media servers are preferred. Empty: any" />
        <FormText form={form} name="skills" label="Skills" hint="With commas between them" />
      </Box>
    </FormDialog>
  );
}
