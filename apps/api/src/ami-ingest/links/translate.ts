import type { AmiMessage } from '@nailup/ami';
import type { LegRole } from '@nailup/domain';
import { endpointOf, variablesOf } from './channel.js';
import type { LegFact } from './link-report.js';

/**
 * Whose leg stands in a conference: the seat's own is the one whose endpoint the conference is named for, everybody else is a client. Null for who
 * counts as nobody there: the ringing the agent hears, a supervisor.
 */
export function roleOf(channel: string, conference: string, event?: AmiMessage): LegRole | null {
  // The role first: the tone is a Local channel that looks like a client's.
  const role = event === undefined ? null : variablesOf(event).role;
  if (role !== null && role !== 'client') return null;
  return endpointOf(channel) === conference ? 'agent' : 'client';
}

/**
 * What an AMI event says of the legs of a media server, or null when it says nothing of them. Pure.
 * ConfbridgeJoin and ConfbridgeLeave carry no marked flag (apps/confbridge/confbridge_manager.c), so the role is read from the channel.
 */
export function translate(mediaServerId: string, event: AmiMessage): LegFact | null {
  switch (event.Event) {
    case 'ConfbridgeJoin': {
      const { conference, uniqueid, channel } = legOf(event);
      const role = conference && uniqueid ? roleOf(channel, conference, event) : null;
      return role === null ? null : { kind: 'leg-joined', mediaServerId, uniqueid, conference, role };
    }
    case 'ConfbridgeLeave': {
      const { conference, uniqueid, channel } = legOf(event);
      // The agent may step out to rest (holding parking): her leg ends with its channel alone.
      if (!conference || !uniqueid || roleOf(channel, conference, event) !== 'client') return null;
      return { kind: 'leg-left', mediaServerId, uniqueid, conference };
    }
    // Said by the dialplan when the agent rests in the holding bridge: she is there as well as in her conference.
    case 'UserEvent': {
      const { uniqueid, channel } = legOf(event);
      const conference = endpointOf(channel);
      if (event.get('UserEvent') !== 'NailupSeat' || event.get('Place') !== 'parked' || conference === null || !uniqueid) return null;
      return { kind: 'leg-joined', mediaServerId, uniqueid, conference, role: 'agent' };
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
