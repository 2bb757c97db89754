import { explain, type Explanation } from '@nailup/web';
import { useEffect, useState } from 'react';
import type { Directory } from '../../calls/manager-calls.js';
import { useLine } from '../../line/line-context.js';

/** Who is free changes while she chooses. Milliseconds. */
const againMs = 3_000;

/** Colleagues and queues, read again and again while somebody looks at them. */
export function useDirectory(): { directory: Directory | null; why: Explanation | null } {
  const { calls } = useLine();
  const [state, setState] = useState<{ directory: Directory | null; why: Explanation | null }>({ directory: null, why: null });
  useEffect(() => {
    let looking = true;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const read = async (): Promise<void> => {
      try {
        const directory = await calls.directory();
        if (looking) setState({ directory, why: null });
      } catch (error) {
        // What was read last stays: she may still choose, and the manager judges again.
        if (looking) setState(({ directory }) => ({ directory, why: explain(error) }));
      }
      if (looking) timer = setTimeout(() => void read(), againMs);
    };
    void read();
    return () => {
      looking = false;
      clearTimeout(timer);
    };
  }, [calls]);
  return state;
}
