import Button, { type ButtonProps } from '@mui/material/Button';
import { explain, type Explanation } from '@nailup/web';
import { useState } from 'react';

export interface Deed {
  readonly pending: boolean;
  /** Why it was not done the last time. */
  readonly why: Explanation | null;
  run(work: () => Promise<unknown>): void;
}

/** Something the manager does at once: under way, then done or not, with the reason. */
export function useDeed(): Deed {
  const [state, setState] = useState<{ pending: boolean; why: Explanation | null }>({ pending: false, why: null });
  return {
    ...state,
    run(work) {
      setState({ pending: true, why: null });
      work().then(
        () => setState({ pending: false, why: null }),
        (error: unknown) => setState({ pending: false, why: explain(error) }),
      );
    },
  };
}

/** A button of a call: large enough to hit while talking, with its word beside its sign. */
export function CallButton(props: ButtonProps) {
  return <Button size="large" loadingPosition={props.startIcon ? 'start' : 'center'} {...props} sx={{ minHeight: 48, ...props.sx }} />;
}

/** A filled button's darker hover would cost the contrast of its words on dark paper. */
export const steadyHover = (color: 'error' | 'success' | 'primary') => ({ '&:hover': { bgcolor: `${color}.main`, textDecoration: 'underline' } });
