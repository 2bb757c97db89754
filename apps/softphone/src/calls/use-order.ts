import { explain, type Explanation } from '@nailup/web';
import { useEffect, useState } from 'react';
import { useDesk } from './desk.js';
import type { Call } from './manager-calls.js';

/** By when the media server has usually done what was ordered; after that she is told that it has not. Milliseconds. */
const patienceMs = 4_000;

const unconfirmed: Explanation = {
  sentence: 'The media server has not confirmed this yet.',
  wayOn: 'Wait a moment, or try again.',
  detail: null,
  code: null,
  retryAfterSeconds: null,
  fields: {},
};

export interface Orders<Name extends string> {
  /** What is being done now; null when nothing is. */
  readonly pending: Name | null;
  /** Why the last one was not done. */
  readonly why: Explanation | null;
  /**
   * Sends an order. The manager answers that it was passed on, and the live stream that it was done: pending until then.
   * @param isDone whether her call, as it is, shows that it was done
   */
  give(name: Name, send: () => Promise<Call>, isDone: (call: Call | null) => boolean): void;
}

interface State<Name> {
  readonly name: Name | null;
  readonly isDone: (call: Call | null) => boolean;
  readonly why: Explanation | null;
}

/** The orders of one card, one at a time. */
export function useOrders<Name extends string>(): Orders<Name> {
  const { call, take } = useDesk();
  const [{ name, isDone, why }, setState] = useState<State<Name>>({ name: null, isDone: () => true, why: null });
  const pending = name !== null && !isDone(call) ? name : null;

  useEffect(() => {
    if (!pending) return;
    const timer = setTimeout(() => setState({ name: null, isDone: () => true, why: unconfirmed }), patienceMs);
    return () => clearTimeout(timer);
  }, [pending]);

  return {
    pending,
    why,
    give(order, send, done) {
      setState({ name: order, isDone: done, why: null });
      send().then(take, (error: unknown) => setState({ name: null, isDone: () => true, why: explain(error) }));
    },
  };
}
