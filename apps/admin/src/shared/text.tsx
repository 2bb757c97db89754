import Box from '@mui/material/Box';
import { ageText, useNow } from '@nailup/web';
import type { ReactNode } from 'react';
import { clockText } from './duration.js';

const soft = { color: 'text.secondary', fontSize: '0.8125rem' } as const;

/** What stands beside the fact one looks for. */
export const Soft = ({ children }: { children: ReactNode }) => (
  <Box component="span" sx={soft}>
    {children}
  </Box>
);

const hidden = { position: 'absolute', clipPath: 'inset(50%)', whiteSpace: 'nowrap', width: '1px', height: '1px', overflow: 'hidden' } as const;

/** Said by a screen reader, not shown. */
export const Hidden = ({ children }: { children: ReactNode }) => (
  <Box component="span" sx={hidden}>
    {children}
  </Box>
);

/** A place with nothing in it. @param what is said in place of the dash */
export const None = ({ what }: { what: string }) => (
  <Box component="span" sx={{ color: 'text.secondary', position: 'relative' }}>
    <span aria-hidden>–</span>
    <Hidden>{what}</Hidden>
  </Box>
);

const sameDay = (at: Date): boolean => at.toDateString() === new Date().toDateString();

/** A moment: the time when it was today, the date too when it was not. */
export function Moment({ at }: { at: string | null }) {
  if (at === null) return <None what="not yet" />;
  const date = new Date(at);
  return (
    <Box component="time" dateTime={at} title={date.toLocaleString()} sx={{ whiteSpace: 'nowrap' }}>
      {sameDay(date) ? date.toLocaleTimeString() : date.toLocaleString(undefined, { dateStyle: 'short', timeStyle: 'short' })}
    </Box>
  );
}

interface SinceProps {
  at: string;
  /** `age`: "3 min", the shortest that is true. `clock`: "3:07", for what is watched by the second. */
  as?: 'age' | 'clock';
  /** Put before it, as "for". */
  lead?: string;
  /** From this many seconds on it is worth a colour. */
  lateAfterSeconds?: number;
}

/** How long something has lasted, ticking. */
export function Since({ at, as = 'clock', lead, lateAfterSeconds = Infinity }: SinceProps) {
  const ms = useNow() - Date.parse(at);
  const late = ms >= lateAfterSeconds * 1000;
  return (
    <Box
      component="time"
      dateTime={at}
      title={`since ${new Date(at).toLocaleString()}`}
      sx={{ ...soft, whiteSpace: 'nowrap', ...(late ? { color: 'warning.main', fontWeight: 600 } : {}) }}
    >
      {lead ? `${lead} ` : ''}
      {as === 'clock' ? clockText(ms) : ageText(ms)}
    </Box>
  );
}
