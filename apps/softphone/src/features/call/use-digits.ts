import { explain, UnreachableError, useLiveEvents, useResync, type Explanation } from '@nailup/web';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { CallStep, ManagerCalls } from '../../calls/manager-calls.js';
import { useLine } from '../../line/line-context.js';

/** The manager takes as many digits at once. */
const most = 32;

export interface Digits {
  readonly sent: string;
  /** Pressed and not yet known to be sent. */
  readonly waiting: string;
  readonly received: string;
  readonly why: Explanation | null;
  press(digit: string): void;
}

/**
 * Digits in the order they are pressed: what is pressed while others are on their way goes with the next ones. The manager sends them; while it does
 * not answer the line itself does (RFC 4733), which needs nobody.
 */
export function useDigits(callId: string | null): Digits {
  const { calls, phone } = useLine();
  const [state, setState] = useState({ sent: '', waiting: '', why: null as Explanation | null });
  const queue = useRef('');
  const busy = useRef(false);
  const received = useReceived(callId, calls);

  const send = async (digits: string): Promise<void> => {
    try {
      if (callId !== null) return void (await calls.dtmf(callId, digits));
    } catch (error) {
      if (!(error instanceof UnreachableError)) throw error;
    }
    if (!phone.dtmf(digits)) throw new UnreachableError();
  };
  const flush = async (): Promise<void> => {
    if (busy.current) return;
    busy.current = true;
    while (queue.current) {
      const digits = queue.current.slice(0, most);
      queue.current = queue.current.slice(most);
      try {
        await send(digits);
        setState((before) => ({ ...before, sent: before.sent + digits, waiting: before.waiting.slice(digits.length) }));
      } catch (error) {
        // What was pressed after the one that failed would arrive without it: a wrong code is worse than none.
        queue.current = '';
        setState((before) => ({ ...before, waiting: '', why: explain(error) }));
      }
    }
    busy.current = false;
  };
  return {
    ...state,
    received,
    press(digit) {
      queue.current += digit;
      setState((before) => ({ ...before, waiting: before.waiting + digit, why: null }));
      void flush();
    },
  };
}

const digitsIn = (steps: readonly CallStep[]): string =>
  steps
    .filter(({ type, data }) => type === 'leg.dtmf-received' || (type === 'leg.dtmf' && data['direction'] !== 'sent'))
    .map(({ data }) => (typeof data['digits'] === 'string' ? data['digits'] : typeof data['digit'] === 'string' ? data['digit'] : ''))
    .join('');

/** What the other side pressed: the ladder of the call tells it all, the live stream when there is more. */
function useReceived(callId: string | null, calls: ManagerCalls): string {
  const [received, setReceived] = useState('');
  const turn = useRef(0);
  const look = useCallback((): void => {
    if (callId === null) return;
    const mine = (turn.current += 1);
    // Of several readings under way only the last one surely holds everything that was told.
    void calls.steps(callId).then((steps) => mine === turn.current && setReceived(digitsIn(steps)), () => undefined);
  }, [callId, calls]);
  useEffect(() => {
    look();
    return () => void (turn.current += 1);
  }, [look]);
  useLiveEvents(({ type, subject }) => {
    if (type === 'call.dtmf' && subject === callId) look();
  });
  useResync(look);
  return received;
}
