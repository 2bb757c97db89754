import type { AmiMessage } from '@nailup/ami';
import { type CallFact, type CallLeg, type LegPlaceSeen, qualityOf } from '@nailup/domain';
import { callIdOf, variablesOf } from './channel.js';
import { legSound } from './leg-sound.js';

/** Under this ActionID the leg of a call is ordered, so that the answer of Asterisk that comes later names the call (OriginateResponse). */
export const dialActionId = (callId: string): string => `dial-${callId}`;

/** Reason of OriginateResponse (main/manager_doc.xml: AST_CONTROL_ values) as a cause of Q.850; the others say nothing more than that it failed. */
const causeOfReason: ReadonlyMap<string, number> = new Map([['3', 19], ['5', 17], ['8', 34]]);

const placesSaid: Readonly<Record<string, LegPlaceSeen>> = { queue: 'queue', hold: 'hold', across: 'across', onward: 'onward' };

/** What an AMI event says of the leg of a call, or null when it says nothing of one. Pure. */
export function translateCall(event: AmiMessage): CallFact | null {
  if (event.Event === 'OriginateResponse') return dialFailed(event);
  // Most events of a busy server are of seats: told apart without reading their headers.
  if (!event.text.includes('NAILUP_CALL=')) return null;
  const { callId, role } = variablesOf(event);
  const uniqueid = event.get('Uniqueid') ?? '';
  if (callId === null || uniqueid === '' || role === null) return null;
  const leg = (place: LegPlaceSeen, conference: string | null = null): CallFact => ({ kind: 'call-leg', callId, uniqueid, role, place, conference });
  switch (event.Event) {
    case 'Newstate':
      return leg(placeOfState(event.get('ChannelStateDesc')));
    case 'ConfbridgeJoin':
      return leg('conference', event.get('Conference') ?? null);
    case 'ConfbridgeLeave':
      return { kind: 'call-leg-left', callId, uniqueid, conference: event.get('Conference') ?? '' };
    case 'UserEvent': {
      if (event.get('UserEvent') === 'NailupQuality') {
        const sound = role === 'client' ? legSound(event.get('Rtcp') ?? '') : null;
        const quality = sound === null ? null : qualityOf(sound);
        return quality === null ? null : { kind: 'call-quality', callId, uniqueid, quality };
      }
      if (event.get('UserEvent') === 'NailupAcross') return role === 'client' ? { kind: 'call-across-failed', callId, uniqueid } : null;
      if (event.get('UserEvent') === 'NailupRecording') {
        const recordingId = callIdOf(event.get('Recording'));
        return role === 'client' && recordingId !== null ? { kind: 'call-recording', callId, uniqueid, recordingId } : null;
      }
      const place = placesSaid[event.get('Place') ?? ''];
      return event.get('UserEvent') === 'NailupLeg' && place !== undefined ? leg(place) : null;
    }
    case 'DTMFEnd': {
      const digit = event.get('Digit') ?? '';
      // What we send comes by as well, in the other direction.
      return role === 'client' && event.get('Direction') === 'Received' && /^[0-9A-D*#]$/.test(digit) ? { kind: 'call-digit', callId, uniqueid, digit } : null;
    }
    case 'Hangup':
      return { kind: 'call-leg-ended', callId, uniqueid, role, cause: wholeNumber(event.get('Cause')) };
    default:
      return null;
  }
}

/**
 * The leg of a call in a CoreShowChannels list, or null for a channel of no call. Which conference it stands in is told by the lists of those.
 * @param conferences conference by uniqueid
 */
export function listedCallLeg(item: AmiMessage, conferences: ReadonlyMap<string, string>): CallLeg | null {
  const { callId, role } = variablesOf(item);
  const uniqueid = item.get('Uniqueid') ?? '';
  if (callId === null || uniqueid === '' || role === null) return null;
  const conference = conferences.get(uniqueid) ?? null;
  const place = conference !== null ? 'conference' : (placesSaid[item.get('Context') ?? ''] ?? placeOfState(item.get('ChannelStateDesc')));
  return { callId, uniqueid, role, place, conference };
}

function placeOfState(state: string | undefined): LegPlaceSeen {
  return state === 'Up' ? 'up' : state === 'Ringing' ? 'ringing' : 'coming';
}

function dialFailed(event: AmiMessage): CallFact | null {
  if (event.get('Response') !== 'Failure') return null;
  // A failure carries no channel variables: the call is named by the action that ordered it.
  const actionId = event.ActionID ?? '';
  const callId = callIdOf(actionId.startsWith('dial-') ? actionId.slice('dial-'.length) : undefined);
  return callId === null ? null : { kind: 'call-dial-failed', callId, cause: causeOfReason.get(event.get('Reason') ?? '') ?? null };
}

function wholeNumber(text: string | undefined): number | null {
  return text !== undefined && /^\d{1,4}$/.test(text) ? Number(text) : null;
}
