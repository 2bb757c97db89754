import { EmptyFace, ErrorFace, explain, Loading, StaleNotice, useLiveState, type Explanation } from '@nailup/web';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Paper from '@mui/material/Paper';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import { useId, useState } from 'react';
import { useDesk } from '../../calls/desk.js';
import { useDial } from '../../calls/use-dial.js';
import { WhyNot } from '../../calls/why-not.js';
import { HistoryRow } from './history-row.js';

/** Her calls of the past: with whom, when, for how long and how each ended. */
export function HistoryPanel() {
  const { history } = useDesk();
  const { value, why, pending, hasMore, refresh, more } = history;
  const { phase } = useLiveState();
  const dial = useDial();
  const titleId = useId();
  const over = value?.filter(({ state }) => state === 'ended') ?? null;

  return (
    <Paper component="section" aria-labelledby={titleId} variant="outlined" sx={{ overflow: 'hidden' }}>
      <Stack direction="row" sx={{ alignItems: 'center', justifyContent: 'space-between', px: { xs: 2.5, sm: 3 }, pt: 2.5, pb: 1 }}>
        <Typography id={titleId} variant="h2">
          Your calls
        </Typography>
        {over && over.length > 0 && phase === 'away' && !why && (
          <Typography variant="body2" sx={{ color: 'warning.main' }}>
            May be out of date
          </Typography>
        )}
      </Stack>
      {over === null && why && <ErrorFace why={why} onRetry={refresh} />}
      {over === null && !why && pending && <Loading label="Your calls are being read" rows={3} rowHeight={40} />}
      {over !== null && why && (
        <Box sx={{ px: { xs: 2.5, sm: 3 }, pb: 1 }}>
          <StaleNotice why={why} onRetry={refresh} />
        </Box>
      )}
      {over?.length === 0 && <EmptyFace title="No calls yet">When you have spoken with somebody, you find the call here.</EmptyFace>}
      <Box sx={{ px: { xs: 2.5, sm: 3 } }}>
        <WhyNot why={dial.why} />
      </Box>
      {over && over.length > 0 && (
        <Box component="ul" sx={{ listStyle: 'none', m: 0, p: 0, pb: hasMore ? 0 : 1 }}>
          {over.map((call) => (
            <HistoryRow key={call.id} call={call} dial={dial} />
          ))}
        </Box>
      )}
      {hasMore && <More more={more} />}
    </Paper>
  );
}

function More({ more }: { more: () => Promise<void> }) {
  const [state, setState] = useState<{ pending: boolean; why: Explanation | null }>({ pending: false, why: null });
  const read = (): void => {
    setState({ pending: true, why: null });
    more().then(
      () => setState({ pending: false, why: null }),
      (error: unknown) => setState({ pending: false, why: explain(error) }),
    );
  };
  return (
    <Stack spacing={1} sx={{ px: { xs: 2.5, sm: 3 }, py: 1.5, borderTop: 1, borderColor: 'divider', alignItems: 'flex-start' }}>
      <Button loading={state.pending} onClick={read} sx={{ ml: -1 }}>
        Older calls
      </Button>
      <WhyNot why={state.why} />
    </Stack>
  );
}
