import { explain, ProblemError, type Explanation } from '@nailup/web';
import { useRef, useState } from 'react';
import { useLine, usePicture } from '../line/line-context.js';
import { useDesk, useOnCall } from './desk.js';

export interface Dial {
  /** The number that is being asked for now. */
  readonly pending: string | null;
  readonly why: Explanation | null;
  /** Why nothing can be dialled now, in words; null when it can. */
  readonly hindrance: string | null;
  call(number: string): void;
  forget(): void;
}

/** Each wish has a key of its own, and keeps it until it is answered: pressing Call again after a lost answer places no second call. */
function newKey(): string {
  // randomUUID is for secure pages only, and numbers may be looked at on others.
  return typeof crypto.randomUUID === 'function' ? crypto.randomUUID() : Array.from(crypto.getRandomValues(new Uint32Array(4)), (part) => part.toString(16)).join('-');
}

/** Placing calls, from wherever on the page. */
export function useDial(): Dial {
  const { calls } = useLine();
  const { take, putAway } = useDesk();
  const onCall = useOnCall();
  const { state } = usePicture();
  const wish = useRef<{ number: string; key: string } | null>(null);
  const [shown, setShown] = useState<{ pending: string | null; why: Explanation | null }>({ pending: null, why: null });
  return {
    ...shown,
    hindrance: onCall ? 'You are on a call.' : state === 'ready' ? null : 'Go online to call.',
    forget: () => setShown({ pending: null, why: null }),
    call(number) {
      if (wish.current?.number !== number) wish.current = { number, key: newKey() };
      const { key } = wish.current;
      setShown({ pending: number, why: null });
      calls.place(number, key).then(
        (call) => {
          wish.current = null;
          putAway();
          take(call);
          setShown({ pending: null, why: null });
        },
        (error: unknown) => {
          // Refused is an answer: the next try is another wish.
          if (error instanceof ProblemError) wish.current = null;
          setShown({ pending: null, why: explain(error) });
        },
      );
    },
  };
}
