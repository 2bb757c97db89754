import CallMerge from '@mui/icons-material/CallMerge';
import PhoneForwarded from '@mui/icons-material/PhoneForwarded';
import Undo from '@mui/icons-material/Undo';
import Box from '@mui/material/Box';
import Chip from '@mui/material/Chip';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import { CallButton, steadyHover } from '../../calls/action-button.js';
import type { Call } from '../../calls/manager-calls.js';
import { useOrders } from '../../calls/use-order.js';
import { WhyNot } from '../../calls/why-not.js';
import { isConsulting, numberText, otherSide } from '../../calls/words.js';
import { useLine } from '../../line/line-context.js';
import { askedName, whoHearsWhom } from './transfer-words.js';

/** Three parties: who hears whom, and how it goes on. */
export function ConsultationStrip({ call }: { call: Call }) {
  const { calls } = useLine();
  const { pending, why, give } = useOrders<'complete' | 'cancel' | 'join' | 'hold'>();
  const { consultation } = call;
  if (!consultation) return null;
  const talking = consultation.state === 'answered';
  const apart = call.state === 'held';
  const chip = (name: string, heard: boolean) => <Chip key={name} label={name} color={heard ? 'success' : 'default'} variant={heard ? 'filled' : 'outlined'} />;

  return (
    <Stack component="section" aria-label="Transfer" useFlexGap spacing={1.5} sx={{ p: 2, borderRadius: 1, bgcolor: 'background.paper', border: 1, borderColor: 'divider' }}>
      <Box aria-hidden sx={{ display: 'flex', flexWrap: 'wrap', gap: 1 }}>
        {[chip('You', true), chip(askedName(consultation), talking), chip(numberText(otherSide(call)), !apart)]}
      </Box>
      <Typography role="status">{whoHearsWhom(call, consultation)}</Typography>
      <Box sx={{ display: 'grid', gap: 1.5, gridTemplateColumns: { xs: '1fr', sm: 'repeat(3, 1fr)' } }}>
        <CallButton
          variant="contained"
          startIcon={<PhoneForwarded />}
          disabled={!talking || pending !== null}
          loading={pending === 'complete'}
          onClick={() => give('complete', () => calls.completeTransfer(call.id), (now) => now?.id !== call.id)}
          sx={steadyHover('primary')}
        >
          Hand over
        </CallButton>
        {apart ? (
          <CallButton
            variant="outlined"
            color="inherit"
            startIcon={<CallMerge />}
            disabled={!talking || pending !== null}
            loading={pending === 'join'}
            onClick={() => give('join', () => calls.joinTransfer(call.id), (now) => now?.id !== call.id || now.state !== 'held')}
          >
            All together
          </CallButton>
        ) : (
          <CallButton
            variant="outlined"
            color="inherit"
            disabled={pending !== null}
            loading={pending === 'hold'}
            onClick={() => give('hold', () => calls.hold(call.id), (now) => now?.id !== call.id || now.state !== 'answered')}
          >
            Caller on hold
          </CallButton>
        )}
        <CallButton
          variant="outlined"
          color="inherit"
          startIcon={<Undo />}
          disabled={pending !== null}
          loading={pending === 'cancel'}
          onClick={() => give('cancel', () => calls.cancelTransfer(call.id), (now) => now?.id !== call.id || (!isConsulting(now) && now.state === 'answered'))}
        >
          Back to the caller
        </CallButton>
      </Box>
      <WhyNot why={why} />
    </Stack>
  );
}
