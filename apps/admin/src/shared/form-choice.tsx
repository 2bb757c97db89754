import MenuItem from '@mui/material/MenuItem';
import TextField, { type TextFieldProps } from '@mui/material/TextField';
import { useController, type FieldPath, type FieldValues, type RegisterOptions, type UseFormReturn } from 'react-hook-form';

type FormChoiceProps<T extends FieldValues> = Omit<TextFieldProps, 'name' | 'form' | 'select' | 'value' | 'onChange'> & {
  form: UseFormReturn<T>;
  name: FieldPath<T>;
  /** Word on screen by value. */
  choices: Readonly<Record<string, string>>;
  rules?: RegisterOptions<T, FieldPath<T>>;
  hint?: string;
};

/** One of several, in a form that shows other things by what is chosen. What was chosen before and is no choice any more shows as empty. */
export function FormChoice<T extends FieldValues>({ form, name, choices, rules, hint, ...rest }: FormChoiceProps<T>) {
  const { field, fieldState } = useController({ control: form.control, name, rules: rules as never });
  return (
    <TextField
      {...rest}
      select
      name={field.name}
      inputRef={field.ref}
      value={String(field.value) in choices ? field.value : ''}
      onChange={field.onChange}
      onBlur={field.onBlur}
      error={fieldState.error !== undefined}
      helperText={fieldState.error?.message ?? hint}
    >
      {Object.entries(choices).map(([choice, word]) => (
        <MenuItem key={choice} value={choice}>
          {word}
        </MenuItem>
      ))}
    </TextField>
  );
}
