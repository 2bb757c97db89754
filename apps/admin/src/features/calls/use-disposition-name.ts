import { useCallback } from 'react';
import { useSettings } from '../../shared/queries.js';

/** What the settings call a disposition; one that was taken out of them is shown by its code. */
export function useDispositionName(): (code: string) => string {
  const dispositions = useSettings().data?.dispositions;
  return useCallback((code) => dispositions?.find((disposition) => disposition.code === code)?.label ?? code, [dispositions]);
}
