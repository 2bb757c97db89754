import Add from '@mui/icons-material/Add';
import ArrowDownward from '@mui/icons-material/ArrowDownward';
import ArrowUpward from '@mui/icons-material/ArrowUpward';
import DeleteOutlined from '@mui/icons-material/DeleteOutlined';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import IconButton from '@mui/material/IconButton';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import { useFieldArray, type FieldPath } from 'react-hook-form';
import type { Settings } from '../../shared/contract.js';
import { FormText } from '../../shared/form-text.js';
import { SectionForm, SettingsPart } from './section-form.js';
import type { SectionProps } from './seats-section.js';
import { useSection } from './use-section.js';
import { parts } from './words.js';

type Fields = Pick<Settings, 'dispositions'>;

const valuesOf = ({ dispositions }: Settings): Fields => ({ dispositions });
const fieldsOf = ({ dispositions }: Fields): FieldPath<Fields>[] => dispositions.flatMap((_, index) => [`dispositions.${index}.code`, `dispositions.${index}.label`] as const);

/** A code as the manager takes them, from the words a person typed. */
export const codeFrom = (label: string): string =>
  label
    .toLowerCase()
    .normalize('NFKD')
    .replaceAll(/[\u0300-\u036f]/g, '')
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '')
    .slice(0, 64);

export function DispositionsSection({ settings, onDirty }: SectionProps) {
  const { form, submit, why, dirty, changedElsewhere, discard } = useSection<Fields>({ settings, valuesOf, changeOf: (values) => values, fields: fieldsOf, onDirty });
  const { fields, append, remove, move } = useFieldArray({ control: form.control, name: 'dispositions' });
  const saved = new Set(settings.dispositions.map(({ code }) => code));
  const unique = (code: unknown): string | true => form.getValues('dispositions').filter((other) => other.code === code).length < 2 || 'Another one has this code';

  return (
    <SettingsPart {...parts.dispositions}>
      <SectionForm title={parts.dispositions.title} dirty={dirty} changedElsewhere={changedElsewhere} pending={form.formState.isSubmitting} why={why} onSubmit={submit} onDiscard={discard}>
        {fields.length === 0 && <Typography color="textSecondary">There is none: agents are asked for nothing after a call.</Typography>}
        <Stack component="ol" spacing={1.25} sx={{ m: 0, p: 0, listStyle: 'none' }}>
          {fields.map((field, index) => {
            const name = field.label || `disposition ${index + 1}`;
            return (
              <Box component="li" key={field.id} sx={{ display: 'flex', gap: 1, alignItems: 'flex-start', flexWrap: 'wrap' }}>
                <FormText
                  form={form}
                  name={`dispositions.${index}.label`}
                  label="Name"
                  sx={{ flex: '2 1 180px', width: 'auto' }}
                  autoComplete="off"
                  rules={{
                    required: 'Needed',
                    onBlur: () => {
                      if (form.getValues(`dispositions.${index}.code`) === '') form.setValue(`dispositions.${index}.code`, codeFrom(form.getValues(`dispositions.${index}.label`)), { shouldDirty: true });
                    },
                  }}
                />
                <FormText
                  form={form}
                  name={`dispositions.${index}.code`}
                  label="Code"
                  sx={{ flex: '1 1 130px', width: 'auto' }}
                  autoComplete="off"
                  rules={{ required: 'Needed', validate: unique }}
                  // The calls of the past hold the code: another one would leave them without a name.
                  slotProps={{ htmlInput: { readOnly: saved.has(field.code), spellCheck: false }, inputLabel: { shrink: true } }}
                />
                <Stack direction="row" sx={{ pt: 0.25 }}>
                  <IconButton size="small" aria-label={`Move ${name} up`} disabled={index === 0} onClick={() => move(index, index - 1)}>
                    <ArrowUpward fontSize="small" />
                  </IconButton>
                  <IconButton size="small" aria-label={`Move ${name} down`} disabled={index === fields.length - 1} onClick={() => move(index, index + 1)}>
                    <ArrowDownward fontSize="small" />
                  </IconButton>
                  <IconButton size="small" aria-label={`Take ${name} out`} onClick={() => remove(index)}>
                    <DeleteOutlined fontSize="small" />
                  </IconButton>
                </Stack>
              </Box>
            );
          })}
        </Stack>
        <Button startIcon={<Add />} onClick={() => append({ label: '', code: '' })} sx={{ alignSelf: 'flex-start' }}>
          Add a disposition
        </Button>
      </SectionForm>
    </SettingsPart>
  );
}
