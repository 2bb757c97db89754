import Call from '@mui/icons-material/Call';
import CallMade from '@mui/icons-material/CallMade';
import CallMissed from '@mui/icons-material/CallMissed';
import CallReceived from '@mui/icons-material/CallReceived';
import Box from '@mui/material/Box';
import IconButton from '@mui/material/IconButton';
import Tooltip from '@mui/material/Tooltip';
import Typography from '@mui/material/Typography';
import type { Call as OneCall } from '../../calls/manager-calls.js';
import type { Dial } from '../../calls/use-dial.js';
import { durationWords, endWords, numberText, otherSide } from '../../calls/words.js';
import { whenText } from './when-text.js';

function faceOf({ direction, answeredAt }: OneCall) {
  if (direction === 'outbound') return { icon: CallMade, word: answeredAt ? 'You called' : 'You tried', color: answeredAt ? 'success.main' : 'text.secondary' };
  return answeredAt ? { icon: CallReceived, word: 'Called you', color: 'success.main' } : { icon: CallMissed, word: 'Missed', color: 'error.main' };
}

/** One call of the past. */
export function HistoryRow({ call, dial }: { call: OneCall; dial: Dial }) {
  const { icon: Icon, word, color } = faceOf(call);
  const number = otherSide(call);
  const talkedMs = call.answeredAt && call.endedAt ? Date.parse(call.endedAt) - Date.parse(call.answeredAt) : null;
  const again = `Call ${numberText(number)} again`;
  const facts = [call.queue ? `${word} · ${call.queue.name}` : word, endWords(call)];
  return (
    <Box component="li" sx={{ display: 'grid', gridTemplateColumns: { xs: '24px minmax(0, 1fr) 40px', sm: '24px minmax(0, 1fr) auto 40px' }, columnGap: 1.5, alignItems: 'center', px: { xs: 2.5, sm: 3 }, py: 1, borderTop: 1, borderColor: 'divider' }}>
      <Icon aria-hidden sx={{ fontSize: 20, color }} />
      <Box sx={{ minWidth: 0 }}>
        <Typography sx={{ fontWeight: 600, overflowWrap: 'anywhere' }}>{numberText(number)}</Typography>
        <Typography variant="body2" color="textSecondary">
          {facts.join(' · ')}
        </Typography>
      </Box>
      {/* On a narrow page the moment stands below the rest, in the same column. */}
      <Box sx={{ textAlign: { sm: 'right' }, whiteSpace: 'nowrap', gridColumn: { xs: 2, sm: 'auto' }, gridRow: { xs: 2, sm: 'auto' }, display: 'flex', flexDirection: { sm: 'column' }, columnGap: 1 }}>
        <Typography variant="body2">{whenText(call.startedAt)}</Typography>
        <Typography variant="body2" color="textSecondary">
          {talkedMs === null ? 'not connected' : durationWords(talkedMs)}
        </Typography>
      </Box>
      <Tooltip title={dial.hindrance ?? again}>
        {/* A disabled button says nothing when pointed at: the span does. */}
        <span>
          <IconButton aria-label={again} disabled={dial.hindrance !== null || !/[0-9]/.test(number)} loading={dial.pending === number} onClick={() => dial.call(number)} color="success">
            <Call fontSize="small" />
          </IconButton>
        </span>
      </Tooltip>
    </Box>
  );
}
