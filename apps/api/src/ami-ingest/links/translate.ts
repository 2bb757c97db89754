import type { LegRole } from '@nailup/domain';
import type { AmiMessage } from '@nailup/ami';
import type { LegFact } from './link-report.js';

/** `PJSIP/<endpoint>-<hex>`: the channel of whoever authenticated as that endpoint (chan_pjsip). */
const PJSIP_CHANNEL = /^PJSIP\/(.+)-[0-9a-f]+$/;

/** The seat's own leg is the one whose endpoint the conference is named for; everybody else there is a client. */
export function roleOf(channel: string, conference: string): LegRole {
  return PJSIP_CHANNEL.exec(channel)?.[1] === conference ? 'agent' : 'client';
}

/**
 * What an AMI event says of the legs of a media server, or null when it says nothing of them. Pure.
 * ConfbridgeJoin and ConfbridgeLeave carry no marked flag (apps/confbridge/confbridge_manager.c), so the role is read from the channel's name.
 */
export function translate(mediaServerId: string, event: AmiMessage): LegFact | null {
  switch (event.Event) {
    case 'ConfbridgeJoin': {
      const { conference, uniqueid, channel } = legOf(event);
      if (!conference || !uniqueid) return null;
      return { kind: 'leg-joined', mediaServerId, uniqueid, conference, role: roleOf(channel, conference) };
    }
    case 'ConfbridgeLeave': {
      const { conference, uniqueid } = legOf(event);
      return conference && uniqueid ? { kind: 'leg-left', mediaServerId, uniqueid, conference } : null;
    }
    // The channel is gone, whether or not a leave was heard.
    case 'Hangup': {
      const { uniqueid } = legOf(event);
      return uniqueid ? { kind: 'leg-left', mediaServerId, uniqueid } : null;
    }
    case 'ConfbridgeEnd': {
      const { conference } = legOf(event);
      return conference ? { kind: 'conference-ended', mediaServerId, conference } : null;
    }
    default:
      return null;
  }
}

function legOf(event: AmiMessage): { conference: string; uniqueid: string; channel: string } {
  return { conference: event.get('Conference') ?? '', uniqueid: event.get('Uniqueid') ?? '', channel: event.get('Channel') ?? '' };
}
