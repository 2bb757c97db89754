import { explain, type Explanation } from '@nailup/web';
import { useState, type BaseSyntheticEvent } from 'react';
import type { FieldPath, FieldValues, UseFormReturn } from 'react-hook-form';

interface Submitting<T extends FieldValues> {
  /** A failure that belongs to no field of this form. */
  why: Explanation | null;
  submit: (event?: BaseSyntheticEvent) => Promise<void>;
  form: UseFormReturn<T>;
}

/**
 * Sends a form and lays the manager's faults on the fields they point to: `/ami/port` lands on `ami.port`.
 * What points nowhere in the form is told above it. `fields` are the names of the form's inputs.
 */
export function useProblemForm<T extends FieldValues>(form: UseFormReturn<T>, fields: readonly FieldPath<T>[], send: (values: T) => Promise<unknown>): Submitting<T> {
  const [why, setWhy] = useState<Explanation | null>(null);
  const submit = form.handleSubmit(async (values) => {
    setWhy(null);
    try {
      await send(values);
    } catch (error) {
      const told = explain(error);
      const faultOf = (field: string): string | undefined => told.fields[`/${field.replaceAll('.', '/')}`];
      const landed = fields.filter((field) => faultOf(field) !== undefined);
      landed.forEach((field, index) => form.setError(field, { type: 'manager', message: asSentence(faultOf(field) ?? '') }, { shouldFocus: index === 0 }));
      const homeless = Object.entries(told.fields).filter(([pointer]) => !fields.some((field) => `/${field.replaceAll('.', '/')}` === pointer));
      if (landed.length === 0 || homeless.length > 0) {
        setWhy({ ...told, detail: homeless.length > 0 ? homeless.map(([pointer, message]) => `${pointer}: ${message}`).join('; ') : told.detail });
      }
    }
  });
  return { why, submit, form };
}

/** The manager's faults begin as the end of a sentence; under a field they stand alone. */
const asSentence = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** A key that makes sending the same form twice create one thing. */
export function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
