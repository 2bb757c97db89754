import Autocomplete from '@mui/material/Autocomplete';
import Chip from '@mui/material/Chip';
import TextField from '@mui/material/TextField';
import { useController, type FieldPath, type FieldValues, type UseFormReturn } from 'react-hook-form';

interface FormChipsProps<T extends FieldValues> {
  form: UseFormReturn<T>;
  name: FieldPath<T>;
  label: string;
  hint?: string;
  /** What may be chosen. Left out: anything that is typed. */
  options?: readonly string[];
  wordOf?: (value: string) => string;
  inputMode?: 'tel' | 'text';
}

const same = (value: string): string => value;

/** A list of words as a form's field. What was typed is taken by Enter, and by leaving the field. */
export function FormChips<T extends FieldValues>({ form, name, label, hint, options, wordOf = same, inputMode = 'text' }: FormChipsProps<T>) {
  const { field, fieldState } = useController({ control: form.control, name });
  return (
    <Autocomplete
      multiple
      size="small"
      freeSolo={options === undefined}
      autoSelect={options === undefined}
      disableCloseOnSelect={options !== undefined}
      disableClearable
      filterSelectedOptions
      options={options ?? []}
      value={field.value as string[]}
      getOptionLabel={wordOf}
      onChange={(_, values) => field.onChange([...new Set(values.map((value) => value.trim()).filter(Boolean))])}
      onBlur={field.onBlur}
      renderValue={(values, getItemProps) =>
        values.map((value, index) => {
          const { key, ...props } = getItemProps({ index });
          return <Chip key={key} label={wordOf(value)} size="small" {...props} />;
        })
      }
      renderInput={({ slotProps, ...params }) => (
        <TextField
          {...params}
          label={label}
          inputRef={field.ref}
          error={fieldState.error !== undefined}
          helperText={fieldState.error?.message ?? hint}
          slotProps={{ ...slotProps, htmlInput: { ...slotProps.htmlInput, inputMode } }}
        />
      )}
    />
  );
}
