import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import type { CallStep } from '../../shared/contract.js';
import { Soft } from '../../shared/text.js';
import { offsetText, stepFacts, stepText, type NameOf } from './words.js';

const clock = (at: string): string => new Date(at).toLocaleTimeString(undefined, { hour: '2-digit', minute: '2-digit', second: '2-digit', fractionalSecondDigits: 3 });

const dots: Readonly<Record<string, string>> = {
  'call.queued': 'warning.main',
  'call.held': 'warning.main',
  'call.answered': 'success.main',
  'call.resumed': 'success.main',
  'call.ended': 'text.primary',
};

/** What happened to a call, step by step, each with its moment counted from the first. Steps of the client leg are softer than those of the call. */
export function Ladder({ steps, nameOf, live }: { steps: readonly CallStep[]; nameOf: NameOf; live: boolean }) {
  const begun = Date.parse(steps[0]?.at ?? '');
  return (
    <Box component="ol" aria-label="What happened, step by step" sx={{ m: 0, p: 0, listStyle: 'none' }}>
      {steps.map((step, index) => {
        const ofLeg = !step.type.startsWith('call.');
        const facts = stepFacts(step, nameOf, steps.slice(0, index));
        const last = index === steps.length - 1;
        return (
          <Box component="li" key={`${index} ${step.type}`} sx={{ display: 'grid', gridTemplateColumns: '92px 18px minmax(0, 1fr)', columnGap: 0.75 }}>
            <Box sx={{ textAlign: 'right', lineHeight: 1.35, pb: 1.25 }}>
              <Box sx={{ fontSize: '0.8125rem', fontWeight: 600, whiteSpace: 'nowrap' }}>{offsetText(Date.parse(step.at) - begun)}</Box>
              <Box component="time" dateTime={step.at} title={new Date(step.at).toLocaleString()} sx={{ fontSize: '0.75rem', color: 'text.secondary', whiteSpace: 'nowrap' }}>
                {clock(step.at)}
              </Box>
            </Box>
            <Box aria-hidden sx={{ position: 'relative' }}>
              {(!last || live) && <Box sx={{ position: 'absolute', left: 8, top: 12, bottom: -6, borderLeft: last ? '2px dotted' : '2px solid', borderColor: 'divider' }} />}
              <Box
                sx={{
                  position: 'absolute',
                  left: ofLeg ? 5 : 3,
                  top: ofLeg ? 7 : 5,
                  width: ofLeg ? 8 : 12,
                  height: ofLeg ? 8 : 12,
                  borderRadius: '50%',
                  bgcolor: ofLeg ? 'background.paper' : (dots[step.type] ?? 'info.main'),
                  border: ofLeg ? '2px solid' : 'none',
                  borderColor: 'text.secondary',
                }}
              />
            </Box>
            <Box sx={{ pb: 1.25, minWidth: 0 }}>
              <Typography variant="body2" sx={{ fontWeight: ofLeg ? 400 : 600 }}>
                {stepText(step)}
              </Typography>
              {facts.length > 0 && <Soft>{facts.join(' · ')}</Soft>}
              <Raw step={step} />
            </Box>
          </Box>
        );
      })}
      {live && (
        <Box component="li" sx={{ pl: '122px', color: 'text.secondary', fontSize: '0.8125rem' }}>
          The call goes on
        </Box>
      )}
    </Box>
  );
}

/** What the manager wrote down, for who needs it to the letter. */
function Raw({ step }: { step: CallStep }) {
  return (
    <Box component="details" sx={{ fontSize: '0.75rem', color: 'text.secondary', '& summary': { cursor: 'pointer', width: 'fit-content' } }}>
      <summary>
        {step.type}
      </summary>
      <Box component="pre" tabIndex={0} sx={{ m: 0, mt: 0.5, p: 1, borderRadius: 1, bgcolor: 'var(--nailup-sunken)', overflowX: 'auto' }}>
        {JSON.stringify(step.data, null, 2)}
      </Box>
    </Box>
  );
}
