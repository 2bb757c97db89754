import { sipRealm } from '../selection/credentials.js';
import type { Parking } from '../selection/placement.record.js';
import type { RealtimeRow } from './realtime-query.js';

/** What realtime knows of a live placement. */
export interface SipSeat {
  readonly placementId: string;
  readonly username: string;
  readonly ha1: string;
  readonly parking: Parking;
  /** Whether its password may still open a call. What is inside a call (re-INVITE, BYE) is never asked for one (asterisk/FACTS.md), so a taken seat needs no exception. */
  readonly answersForPassword: boolean;
}

/** The tables of a seat's account. */
export const realtimeTables = ['ps_endpoints', 'ps_auths'] as const;
export type RealtimeTable = (typeof realtimeTables)[number];

/** A browser that froze or vanished without a BYE stops sending RTP and RTCP: ten seconds find it before its heartbeat does. A resting microphone may be silent for ever. */
const rtpTimeoutSeconds: Readonly<Record<Parking, string>> = { conference: '10', holding: '0' };

const rowOf: Readonly<Record<RealtimeTable, (seat: SipSeat) => RealtimeRow | null>> = {
  /** What is not said here has the default of Asterisk. */
  ps_endpoints: ({ placementId, username, parking }) => ({
    id: username,
    context: 'seats',
    // Named so that its RTP stays on the address the operator chose (asterisk/config/pjsip.conf).
    transport: 'websocket',
    auth: username,
    aors: username,
    webrtc: 'yes',
    disallow: 'all',
    allow: 'opus,ulaw,alaw',
    direct_media: 'no',
    // RFC 4028 timers would send re-INVITEs that a browser in a background tab answers late; the heartbeat finds the dead.
    timers: 'no',
    rtp_timeout: rtpTimeoutSeconds[parking],
    rtp_timeout_hold: '300',
    rtp_keepalive: '5',
    dtmf_mode: 'rfc4733',
    max_audio_streams: '1',
    max_video_streams: '0',
    // One thing to dial and nothing else: no transfer out of the seat, no subscription, no MESSAGE into the dialplan.
    allow_transfer: 'no',
    // A beginning of `seat` is then unknown (404) instead of incomplete (484).
    allow_overlap: 'no',
    allow_subscribe: 'no',
    message_context: 'no-messages',
    trust_id_inbound: 'no',
    send_pai: 'no',
    send_rpid: 'no',
    media_encryption_optimistic: 'no',
    accountcode: placementId,
    // Where the dialplan lets her wait between calls (context `seats`).
    set_var: `NAILUP_PARKING=${parking}`,
  }),
  ps_auths: ({ username, ha1, answersForPassword }) =>
    answersForPassword ? { id: username, auth_type: 'md5', username, realm: sipRealm, md5_cred: ha1 } : null,
};

/** One Contact, the newest, to which Asterisk never sends anything: it tells that its WebSocket stands (lines.ts). How old it is does not matter. */
export function aorRow(username: string): RealtimeRow {
  return { id: username, max_contacts: '1', remove_existing: 'yes', qualify_frequency: '0', maximum_expiration: '86400' };
}

/** The row of one seat in one table, or null when it must not be told. */
export function seatRow(table: RealtimeTable, seat: SipSeat): RealtimeRow | null {
  return rowOf[table](seat);
}
