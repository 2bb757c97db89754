import { useCallback } from 'react';
import { useSearchParams } from 'react-router';

/** One parameter of the page's address, so that a filtered view can be reloaded, kept and sent to a colleague. Empty = absent. */
export function useUrlState(name: string, fallback = ''): [string, (value: string) => void] {
  const [params, setParams] = useSearchParams();
  const set = useCallback(
    (value: string): void =>
      setParams(
        (before) => {
          const next = new URLSearchParams(before);
          if (value === fallback || value === '') next.delete(name);
          else next.set(name, value);
          return next;
        },
        { replace: true },
      ),
    [name, fallback, setParams],
  );
  return [params.get(name) ?? fallback, set];
}
