import Alert from '@mui/material/Alert';
import Button from '@mui/material/Button';
import Checkbox from '@mui/material/Checkbox';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import FormControl from '@mui/material/FormControl';
import FormControlLabel from '@mui/material/FormControlLabel';
import FormGroup from '@mui/material/FormGroup';
import FormHelperText from '@mui/material/FormHelperText';
import FormLabel from '@mui/material/FormLabel';
import MenuItem from '@mui/material/MenuItem';
import Stack from '@mui/material/Stack';
import { useQueryClient } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { Controller, useForm } from 'react-hook-form';
import { useApi } from '../../shared/api-context.js';
import type { Scope } from '../../shared/contract.js';
import { CopyField } from '../../shared/copy-field.js';
import { FormDialog } from '../../shared/form-dialog.js';
import { FormText } from '../../shared/form-text.js';
import { newKey, useProblemForm } from '../../shared/problem-form.js';
import { keys } from '../../shared/queries.js';
import { scopes } from './scopes.js';

interface Fields {
  name: string;
  scopes: Scope[];
  days: number;
}

const lifetimes = { 0: 'Until revoked', 30: '30 days', 90: '90 days', 365: '1 year' };

/** Makes a key with chosen scopes and shows it once. */
export function ApiKeyDialog({ onClose }: { onClose: () => void }) {
  const api = useApi();
  const cache = useQueryClient();
  const [key] = useState(newKey);
  const [minted, setMinted] = useState<string | null>(null);
  const form = useForm<Fields>({ defaultValues: { name: '', scopes: [], days: 90 } });
  const { submit, why } = useProblemForm(form, ['name', 'scopes'], async ({ name, scopes: chosen, days }) => {
    const expiresAt = Number(days) > 0 ? new Date(Date.now() + Number(days) * 86_400_000).toISOString() : null;
    setMinted((await api.apiKeys.create({ name: name.trim(), scopes: chosen, expiresAt }, key)).key);
    await cache.invalidateQueries({ queryKey: keys.apiKeys });
  });

  if (minted !== null) return <MintedKey value={minted} onClose={onClose} />;
  return (
    <FormDialog title="Make an API key" submitLabel="Make key" pending={form.formState.isSubmitting} why={why} onSubmit={submit} onClose={onClose}>
      <FormText form={form} name="name" label="Name" rules={{ required: 'Needed' }} autoFocus autoComplete="off" hint="What will use it" />
      <FormText form={form} name="days" label="Valid" select defaultValue={90}>
        {Object.entries(lifetimes).map(([days, word]) => (
          <MenuItem key={days} value={Number(days)}>
            {word}
          </MenuItem>
        ))}
      </FormText>
      <Controller
        control={form.control}
        name="scopes"
        rules={{ validate: (chosen) => chosen.length > 0 || 'Choose at least one' }}
        render={({ field, fieldState: { error } }) => (
          <FormControl component="fieldset" error={error !== undefined}>
            <FormLabel component="legend">Scopes</FormLabel>
            <FormGroup>
              {scopes.map(({ scope, means }) => (
                <FormControlLabel
                  key={scope}
                  label={
                    <>
                      <code>{scope}</code> {means}
                    </>
                  }
                  control={
                    <Checkbox
                      size="small"
                      checked={field.value.includes(scope)}
                      onChange={(event) => field.onChange(event.target.checked ? [...field.value, scope] : field.value.filter((other) => other !== scope))}
                    />
                  }
                />
              ))}
            </FormGroup>
            {error && <FormHelperText>{error.message}</FormHelperText>}
          </FormControl>
        )}
      />
    </FormDialog>
  );
}

function MintedKey({ value, onClose }: { value: string; onClose: () => void }) {
  const titleId = useId();
  return (
    <Dialog open onClose={(_, reason) => reason === 'escapeKeyDown' && onClose()} aria-labelledby={titleId}>
      <DialogTitle id={titleId}>API key</DialogTitle>
      <DialogContent>
        <Stack spacing={2}>
          <Alert severity="warning">This key is shown once. Copy it now; if it is lost, revoke it and make another.</Alert>
          <CopyField label="Key" text={value} />
        </Stack>
      </DialogContent>
      <DialogActions>
        <Button variant="contained" onClick={onClose}>
          Done
        </Button>
      </DialogActions>
    </Dialog>
  );
}
