import Box from '@mui/material/Box';
import type { ReactNode } from 'react';
import type { Settings } from '../../shared/contract.js';
import { secondsText } from '../../shared/duration.js';
import { DiallingPill } from './calls-section.js';
import { countryName } from './countries.js';
import { SettingsPart } from './section-form.js';
import { parkings, parts, policies, recordingModes, visibility } from './words.js';

/** The settings for who may see them and not change them. */
export function SettingsFacts({ settings: { policy, parking, pauseReasons, dispositions, wrapUpSeconds, dialling, recording, supervision } }: { settings: Settings }) {
  const [home, ...others] = dialling.countries.map(countryName);
  return (
    <>
      <SettingsPart {...parts.seats}>
        <Facts of={{ 'A new seat goes to the media server with': policies[policy].name, 'Between calls agents wait': parkings[parking].name }} />
      </SettingsPart>
      <SettingsPart {...parts.work}>
        <Facts of={{ 'Reasons for a pause': pauseReasons.join(', ') || 'none', 'Longest wrap-up': wrapUpSeconds === 0 ? 'no wrap-up' : secondsText(wrapUpSeconds) }} />
      </SettingsPart>
      <SettingsPart {...parts.dispositions}>{dispositions.map(({ label }) => label).join(', ') || 'none'}</SettingsPart>
      <SettingsPart {...parts.calls}>
        <DiallingPill enabled={dialling.enabled} />
      </SettingsPart>
      <SettingsPart {...parts.supervision}>{visibility[supervision.visibleToAgent ? 'told' : 'untold'].name}</SettingsPart>
      <SettingsPart {...parts.dialling}>
        <Facts
          of={{
            'Countries that may be called': home === undefined ? 'none' : `${home} (home)${others.map((name) => `, ${name}`).join('')}`,
            'Allowed besides': dialling.alsoAllowed.map((beginning) => `${beginning}…`).join(', ') || 'nothing',
            'Most calls of an agent in a minute': dialling.callsPerMinute,
            'Number shown to others': dialling.callerId ?? 'none',
            'Emergency numbers': dialling.emergency ? 'may be called' : 'may not be called',
          }}
        />
      </SettingsPart>
      <SettingsPart {...parts.recording}>
        <Facts of={{ 'Calls are recorded': recordingModes[recording.mode].name, 'Recordings are kept for': `${recording.retentionDays} days` }} />
      </SettingsPart>
    </>
  );
}

function Facts({ of }: { of: Readonly<Record<string, ReactNode>> }) {
  return (
    <Box component="dl" sx={{ display: 'grid', gridTemplateColumns: { xs: '1fr', sm: 'max-content minmax(0, 1fr)' }, columnGap: 3, rowGap: 0.75, m: 0, '& dt': { color: 'text.secondary' }, '& dd': { m: 0 } }}>
      {Object.entries(of).map(([name, value]) => (
        <Box key={name} sx={{ display: 'contents' }}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </Box>
      ))}
    </Box>
  );
}
