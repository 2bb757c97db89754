import Circle from '@mui/icons-material/Circle';
import HistoryToggleOff from '@mui/icons-material/HistoryToggleOff';
import { ageText } from '../time/age.js';
import { useNow } from '../time/use-now.js';
import { StatePill } from './state-pill.js';

interface DataAgeProps {
  /** Epoch ms at which what is shown was last known to be true; null: never yet. */
  at: number | null;
  /** True while changes arrive by themselves. */
  live: boolean;
  /** From this age on the data is called stale. */
  staleAfterSeconds?: number;
  /** Why it is not live, in a few words. */
  reason?: string;
}

/** How old the numbers beside it are: `live`, `12 s old`, or `stale` with the reason. */
export function DataAge({ at, live, staleAfterSeconds = 60, reason }: DataAgeProps) {
  const now = useNow();
  if (live) return <StatePill tone="good" icon={Circle} label="Live" />;
  if (at === null) return <StatePill tone="neutral" icon={HistoryToggleOff} label="Connecting" />;
  const age = ageText(now - at);
  if (now - at < staleAfterSeconds * 1000) return <StatePill tone="warn" icon={HistoryToggleOff} label={`${age} old`} />;
  return <StatePill tone="neutral" icon={HistoryToggleOff} label={`Stale, ${age} old${reason ? `: ${reason}` : ''}`} />;
}
