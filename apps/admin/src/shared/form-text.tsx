import TextField, { type TextFieldProps } from '@mui/material/TextField';
import type { FieldPath, FieldValues, RegisterOptions, UseFormReturn } from 'react-hook-form';

type FormTextProps<T extends FieldValues> = Omit<TextFieldProps, 'name' | 'form'> & {
  form: UseFormReturn<T>;
  name: FieldPath<T>;
  rules?: RegisterOptions<T, FieldPath<T>>;
  hint?: string;
};

/** A text field of a form: its fault, from here or from the manager, takes the place of its hint. */
export function FormText<T extends FieldValues>({ form, name, rules, hint, ...rest }: FormTextProps<T>) {
  const { ref, ...input } = form.register(name, rules);
  const fault = form.getFieldState(name, form.formState).error;
  return <TextField {...rest} {...input} inputRef={ref} error={fault !== undefined} helperText={fault?.message ?? hint} required={rules?.required !== undefined} />;
}
