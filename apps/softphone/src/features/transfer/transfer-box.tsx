import PhoneForwarded from '@mui/icons-material/PhoneForwarded';
import Stack from '@mui/material/Stack';
import { useState } from 'react';
import { CallButton } from '../../calls/action-button.js';
import type { Call } from '../../calls/manager-calls.js';
import { isConsulting } from '../../calls/words.js';
import { ConsultationStrip } from './consultation-strip.js';
import { TransferChooser } from './transfer-chooser.js';
import { unansweredText } from './transfer-words.js';

/** Handing the caller of a call on: choosing whom, and talking with them first. A consultation itself cannot be handed on. */
export function TransferBox({ call }: { call: Call }) {
  const [open, setOpen] = useState(false);
  if (call.purpose !== null) return null;
  if (isConsulting(call)) return <ConsultationStrip call={call} />;
  const unanswered = call.state === 'held' ? unansweredText(call) : null;
  return (
    <Stack useFlexGap spacing={1.5}>
      <div role="status">{unanswered}</div>
      <CallButton variant="outlined" color="inherit" startIcon={<PhoneForwarded />} aria-expanded={open} onClick={() => setOpen(!open)}>
        Transfer
      </CallButton>
      {open && <TransferChooser call={call} onAsked={() => setOpen(false)} />}
    </Stack>
  );
}
