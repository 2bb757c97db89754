import Call from '@mui/icons-material/Call';
import Close from '@mui/icons-material/Close';
import Done from '@mui/icons-material/Done';
import Box from '@mui/material/Box';
import Paper from '@mui/material/Paper';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import { useId, useState, type FormEvent } from 'react';
import { CallButton, useDeed } from '../../calls/action-button.js';
import { useDesk } from '../../calls/desk.js';
import type { Call as OneCall } from '../../calls/manager-calls.js';
import { useDial } from '../../calls/use-dial.js';
import { WhyNot } from '../../calls/why-not.js';
import { durationWords, endWords, numberText, otherSide } from '../../calls/words.js';
import type { Duty } from '../../line/duty.js';
import { useWish } from '../../line/duty-context.js';
import { useLine } from '../../line/line-context.js';
import { Dispositions } from './dispositions.js';
import { WrapUpClock } from './wrap-up-clock.js';

interface EndedCardProps {
  call: OneCall;
  /** Her wrap-up, with its moments on the manager's clock; null when she is in none. */
  wrapUp: Pick<Duty, 'since' | 'until'> | null;
  /** Something was entered that is not saved, or not any more. */
  onTyped: (some: boolean) => void;
  onDone: () => void;
}

/** What came of a call, with the time that is left for it. */
export function EndedCard({ call, wrapUp, onTyped, onDone }: EndedCardProps) {
  const { calls } = useLine();
  const { settings } = useDesk();
  const wish = useWish();
  const dial = useDial();
  const { pending, why, run } = useDeed();
  const [code, setCode] = useState<string | null>(null);
  const [note, setNote] = useState('');
  const titleId = useId();
  const offered = settings.value?.dispositions ?? [];
  const talked = call.answeredAt !== null;
  const asks = talked && offered.length > 0 && call.disposition === null;

  const enter = (nextCode: string | null, nextNote: string): void => {
    setCode(nextCode);
    setNote(nextNote);
    onTyped(nextCode !== null || nextNote.trim() !== '');
  };
  const save = (event: FormEvent): void => {
    event.preventDefault();
    if (code !== null && !pending) run(() => calls.dispose(call.id, { code, note: note.trim() || null }).then(onDone));
  };
  const leave = (): void => {
    if (wrapUp === null) onDone();
    else run(() => wish('ready'));
  };

  return (
    <Paper component="section" aria-labelledby={titleId} variant="outlined" sx={{ p: { xs: 2.5, sm: 4 }, borderTop: 4, borderTopColor: wrapUp === null ? 'divider' : 'info.main' }}>
      <Stack component="form" useFlexGap spacing={2.5} onSubmit={save}>
        <Stack direction={{ xs: 'column', sm: 'row' }} spacing={2} sx={{ justifyContent: 'space-between', alignItems: 'flex-start' }}>
          <Box sx={{ minWidth: 0 }}>
            {/* Read aloud: that the other side is gone is news, and why is what she asks next. */}
            <Typography role="status" aria-live="polite" sx={{ fontWeight: 600 }} color="textSecondary">
              {endWords(call)}
            </Typography>
            <Typography id={titleId} variant="h2" sx={{ fontSize: '1.375rem', overflowWrap: 'anywhere' }}>
              {numberText(otherSide(call))}
            </Typography>
            <Typography color="textSecondary">{talked && call.endedAt && call.answeredAt ? `${durationWords(Date.parse(call.endedAt) - Date.parse(call.answeredAt))} together` : 'Not connected'}</Typography>
          </Box>
          {wrapUp !== null && wrapUp.until !== null && <WrapUpClock since={wrapUp.since} until={wrapUp.until} />}
        </Stack>
        {asks && <Dispositions offered={offered} code={code} note={note} onChange={enter} />}
        {asks && wrapUp === null && (code !== null || note.trim() !== '') && <Typography color="textSecondary">Your wrap-up is over, and what you entered is not saved yet.</Typography>}
        <WhyNot why={why ?? dial.why} />
        <Stack direction="row" useFlexGap spacing={1.5} sx={{ flexWrap: 'wrap' }}>
          {asks && (
            <CallButton type="submit" variant="contained" startIcon={<Done />} disabled={code === null} loading={pending && code !== null}>
              {wrapUp === null ? 'Save' : 'Save and be ready'}
            </CallButton>
          )}
          {!talked && call.direction === 'outbound' && (
            <CallButton variant="contained" startIcon={<Call />} disabled={dial.hindrance !== null} loading={dial.pending !== null} onClick={() => dial.call(call.to)}>
              Call again
            </CallButton>
          )}
          <CallButton variant={wrapUp !== null && !asks ? 'contained' : 'outlined'} color={wrapUp !== null && !asks ? 'primary' : 'inherit'} startIcon={wrapUp === null ? <Close /> : undefined} loading={pending && code === null} disabled={pending} onClick={leave}>
            {wrapUp === null ? 'Close' : 'Ready now'}
          </CallButton>
        </Stack>
      </Stack>
    </Paper>
  );
}
