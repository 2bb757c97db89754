import type { AmiMessage } from '@nailup/ami';
import { type CallLegRole, callLegRoles } from '@nailup/domain';

/** `PJSIP/<endpoint>-<hex>`: the channel of whoever authenticated as that endpoint (chan_pjsip). */
const pjsipChannel = /^PJSIP\/(.+)-[0-9a-f]+$/;
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** The endpoint a channel belongs to, or null when it is none of PJSIP. */
export function endpointOf(channel: string): string | null {
  return pjsipChannel.exec(channel)?.[1] ?? null;
}

/** A well-formed id of a call, or null. */
export function callIdOf(text: string | undefined): string | null {
  return text !== undefined && uuid.test(text) ? text : null;
}

/** The variables that channel events carry of our own (manager.conf: channelvars), as far as they are set. */
export function variablesOf(event: AmiMessage): { callId: string | null; role: CallLegRole | null } {
  let callId: string | null = null;
  let role: CallLegRole | null = null;
  for (const line of event.all('ChanVariable')) {
    const at = line.indexOf('=');
    const value = line.slice(at + 1);
    if (line.startsWith('NAILUP_CALL=')) callId = callIdOf(value);
    else if (line.startsWith('NAILUP_ROLE=')) role = callLegRoles.find((known) => known === value) ?? null;
  }
  return { callId, role };
}
