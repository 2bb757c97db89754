import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useForm, type DefaultValues, type FieldPath, type FieldValues, type UseFormReturn } from 'react-hook-form';
import { useApi } from '../../shared/api-context.js';
import type { Settings, SettingsChange } from '../../shared/contract.js';
import { useProblemForm } from '../../shared/problem-form.js';
import { keys } from '../../shared/queries.js';
import { changeSettings } from './change-settings.js';

interface Section<T extends FieldValues> {
  settings: Settings;
  /** The form's part of the settings. */
  valuesOf: (settings: Settings) => T;
  /** What of the settings it replaces, over those that hold at this moment. */
  changeOf: (values: T, now: Settings) => SettingsChange;
  fields: readonly FieldPath<T>[] | ((values: T) => readonly FieldPath<T>[]);
  /** Told whether something is not saved. */
  onDirty: (dirty: boolean) => void;
}

/** Of this part something else holds than what she was shown. */
class Unseen extends Error {
  constructor(readonly now: Settings) {
    super('changed meanwhile');
  }
}

const equal = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** The form of one section: it follows the settings until somebody types, and from then on says when they were changed elsewhere. */
export function useSection<T extends FieldValues>({ settings, valuesOf, changeOf, fields, onDirty }: Section<T>) {
  const api = useApi();
  const cache = useQueryClient();
  const values = valuesOf(settings);
  const form: UseFormReturn<T> = useForm<T>({ defaultValues: values as DefaultValues<T> });
  const { isDirty, defaultValues } = form.formState;
  const changedElsewhere = !equal(values, defaultValues);
  const { submit, why } = useProblemForm(form, fields, async (input) => {
    try {
      // Settings are replaced by the whole of a part: what another section holds now must not fall back to what this page read once.
      const after = await changeSettings(api, (now) => {
        if (!equal(valuesOf(now), values)) throw new Unseen(now);
        return changeOf(input, now);
      });
      cache.setQueryData(keys.settings, after);
      form.reset(valuesOf(after));
    } catch (error) {
      if (!(error instanceof Unseen)) throw error;
      // Nothing was written. The form says that somebody was faster; saving again is then her own decision.
      cache.setQueryData(keys.settings, error.now);
    }
  });

  useEffect(() => {
    if (changedElsewhere && !isDirty) form.reset(values);
  });
  useEffect(() => {
    onDirty(isDirty);
    return () => onDirty(false);
  }, [isDirty, onDirty]);

  return { form, submit, why, dirty: isDirty, changedElsewhere: isDirty && changedElsewhere, discard: () => form.reset(values) };
}
