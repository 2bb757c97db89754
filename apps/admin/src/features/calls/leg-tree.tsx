import ChevronRight from '@mui/icons-material/ChevronRight';
import DnsOutlined from '@mui/icons-material/DnsOutlined';
import GroupAddOutlined from '@mui/icons-material/GroupAddOutlined';
import HeadsetMicOutlined from '@mui/icons-material/HeadsetMicOutlined';
import HourglassEmpty from '@mui/icons-material/HourglassEmpty';
import PhoneForwardedOutlined from '@mui/icons-material/PhoneForwardedOutlined';
import PhoneOutlined from '@mui/icons-material/PhoneOutlined';
import type { SvgIconComponent } from '@mui/icons-material';
import Box from '@mui/material/Box';
import { clientNumber } from '../../shared/calls.js';
import type { Call } from '../../shared/contract.js';
import { Hidden, Soft } from '../../shared/text.js';

interface Station {
  icon: SvgIconComponent;
  /** What it is, for who does not see the sign. */
  what: string;
  name: string;
  more?: string;
}

/** The way of a call from the client to the agent, or to the number she was handed on to; with whoever is asked about it at the end. Two media servers when the caller came in by another one than the agent's. */
export function stations(call: Call, conference: string | null): Station[] {
  const { farMediaServer, mediaServer, agent, queue, state, purpose, consultation } = call;
  const asked = consultation && consultation.state !== 'ended' ? consultation : null;
  const server = (name: string, more?: string): Station => ({ icon: DnsOutlined, what: 'media server', name, ...(more ? { more } : {}) });
  return [
    { icon: PhoneOutlined, what: 'client', name: clientNumber(call) },
    ...(farMediaServer ? [server(farMediaServer.name, 'far leg')] : []),
    ...(mediaServer ? [server(mediaServer.name, farMediaServer ? 'near leg' : undefined)] : []),
    purpose === 'onward' && state !== 'queued'
      ? { icon: PhoneForwardedOutlined, what: 'number', name: call.to }
      : state === 'queued' || !agent
        ? { icon: HourglassEmpty, what: 'waits', name: queue ? `in line of ${queue.name}` : 'for an agent' }
        : { icon: HeadsetMicOutlined, what: 'agent', name: agent.displayName, ...(conference ? { more: conference } : {}) },
    ...(asked ? [{ icon: GroupAddOutlined, what: 'is asked', name: asked.displayName ?? asked.to.replace(/^agent:/, ''), more: state === 'held' ? 'client hears music' : 'all together' }] : []),
  ];
}

/** The legs of a call in one line, in the order sound takes from the client to the agent. */
export function LegTree({ call, conference = null, wrap = false }: { call: Call; conference?: string | null; wrap?: boolean }) {
  return (
    <Box component="ol" aria-label={`Legs of the call with ${clientNumber(call)}`} sx={{ display: 'flex', flexWrap: wrap ? 'wrap' : 'nowrap', alignItems: 'center', rowGap: 0.5, m: 0, p: 0, listStyle: 'none' }}>
      {stations(call, conference).map(({ icon: Icon, what, name, more }, index) => (
        <Box component="li" key={`${what} ${name} ${index}`} sx={{ display: 'inline-flex', alignItems: 'center', gap: 0.5, whiteSpace: 'nowrap', position: 'relative' }}>
          {index > 0 && <ChevronRight aria-hidden sx={{ fontSize: 16, color: 'text.secondary', mx: 0.25 }} />}
          <Icon aria-hidden sx={{ fontSize: 16, color: 'text.secondary' }} />
          <Hidden>{what}</Hidden>
          {name}
          {more && <Soft>{more}</Soft>}
        </Box>
      ))}
    </Box>
  );
}
