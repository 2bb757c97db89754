import Box from '@mui/material/Box';
import FormControl from '@mui/material/FormControl';
import FormControlLabel from '@mui/material/FormControlLabel';
import FormHelperText from '@mui/material/FormHelperText';
import FormLabel from '@mui/material/FormLabel';
import Radio from '@mui/material/Radio';
import RadioGroup from '@mui/material/RadioGroup';
import { useId } from 'react';
import { useController, type FieldPath, type FieldValues, type UseFormReturn } from 'react-hook-form';
import { Soft } from '../../shared/text.js';

export interface Choice {
  name: string;
  /** What it means for those who work with it. */
  about: string;
}

interface FormRadiosProps<T extends FieldValues> {
  form: UseFormReturn<T>;
  name: FieldPath<T>;
  label: string;
  choices: Readonly<Record<string, Choice>>;
}

/** A few ways to do something, each with what it means. */
export function FormRadios<T extends FieldValues>({ form, name, label, choices }: FormRadiosProps<T>) {
  const labelId = useId();
  const { field, fieldState } = useController({ control: form.control, name });
  return (
    <FormControl error={fieldState.error !== undefined}>
      <FormLabel id={labelId} sx={{ fontWeight: 600, mb: 0.5 }}>
        {label}
      </FormLabel>
      <RadioGroup aria-labelledby={labelId} name={field.name} value={field.value} onChange={field.onChange} onBlur={field.onBlur} sx={{ gap: 0.75 }}>
        {Object.entries(choices).map(([value, { name: word, about }]) => (
          <FormControlLabel
            key={value}
            value={value}
            control={<Radio size="small" sx={{ py: 0 }} />}
            sx={{ alignItems: 'flex-start' }}
            label={
              <Box sx={{ lineHeight: 1.4 }}>
                {word}
                <Box>
                  <Soft>{about}</Soft>
                </Box>
              </Box>
            }
          />
        ))}
      </RadioGroup>
      {fieldState.error && <FormHelperText>{fieldState.error.message}</FormHelperText>}
    </FormControl>
  );
}
