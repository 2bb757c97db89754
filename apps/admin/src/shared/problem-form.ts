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
 * A fault of one entry of a list (`/skills/2`) lands on the list's field. What points nowhere in the form is told above it.
 * @param fields names of the form's inputs, or what gives them for the values that were sent
 * @param codes the field that a refusal without a pointer is about, by its code: a name that is taken
 */
export function useProblemForm<T extends FieldValues>(
  form: UseFormReturn<T>,
  fields: readonly FieldPath<T>[] | ((values: T) => readonly FieldPath<T>[]),
  send: (values: T) => Promise<unknown>,
  codes: Readonly<Partial<Record<string, FieldPath<T>>>> = {},
): Submitting<T> {
  const [why, setWhy] = useState<Explanation | null>(null);
  const submit = form.handleSubmit(async (values) => {
    setWhy(null);
    try {
      await send(values);
    } catch (error) {
      const told = explain(error);
      const names = typeof fields === 'function' ? fields(values) : fields;
      const meant = codes[told.code ?? ''];
      if (meant && Object.keys(told.fields).length === 0) {
        form.setError(meant, { type: 'manager', message: `${told.sentence} ${told.wayOn}` }, { shouldFocus: true });
        return;
      }
      const homeOf = (pointer: string): FieldPath<T> | undefined =>
        names.find((field) => pointerOf(field) === pointer) ?? names.find((field) => pointer.startsWith(`${pointerOf(field)}/`));
      const faultOf = (field: FieldPath<T>): string | undefined => {
        const fault = Object.entries(told.fields).find(([pointer]) => homeOf(pointer) === field);
        return fault && entryOf(fault[0], field) + fault[1];
      };
      const landed = names.filter((field) => faultOf(field) !== undefined);
      landed.forEach((field, index) => form.setError(field, { type: 'manager', message: asSentence(faultOf(field) ?? '') }, { shouldFocus: index === 0 }));
      const homeless = Object.entries(told.fields).filter(([pointer]) => homeOf(pointer) === undefined);
      if (landed.length === 0 || homeless.length > 0) {
        setWhy({ ...told, detail: homeless.length > 0 ? homeless.map(([pointer, message]) => `${pointer}: ${message}`).join('; ') : told.detail });
      }
    }
  });
  return { why, submit, form };
}

const pointerOf = (field: string): string => `/${field.replaceAll('.', '/')}`;

/** Which entry of a list the fault is of, counted as people do; nothing when it is the field itself. */
function entryOf(pointer: string, field: string): string {
  const index = /^\/(\d+)/.exec(pointer.slice(pointerOf(field).length))?.[1];
  return index === undefined ? '' : `entry ${Number(index) + 1} `;
}

/** The manager's faults begin as the end of a sentence; under a field they stand alone. */
const asSentence = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** A key that makes sending the same form twice create one thing. */
export function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
