import type { LegSound } from '@nailup/domain';

/**
 * What `CHANNEL(rtcp,all)` says of a leg (main/rtp_engine.c, ast_rtp_instance_get_quality): `lp` and `rxcount` are what was lost and received here, `rlp` and
 * `txcount` of what was sent. The jitters have each other's names (res_rtp_asterisk.c, ast_rtp_get_stat: txjitter is measured here, rxjitter reported by the
 * other side). Seconds. Null when it is no such line.
 */
export function legSound(text: string): LegSound | null {
  const value = new Map(text.split(';').map((pair) => [pair.slice(0, pair.indexOf('=')), Number(pair.slice(pair.indexOf('=') + 1))]));
  const of = (name: string): number => value.get(name) ?? Number.NaN;
  const [received, lost, jitter, sent, reportedLost, reportedJitter, rtt] = [of('rxcount'), of('lp'), of('txjitter'), of('txcount'), of('rlp'), of('rxjitter'), of('rtt')];
  if (![received, lost, jitter, sent, reportedLost, reportedJitter, rtt].every(Number.isFinite)) return null;
  // A side that sends no RTCP is reported as perfect; a round trip is what only its reports can tell.
  const told = rtt > 0 || reportedLost > 0 || reportedJitter > 0;
  return {
    received: { packets: received, lost, jitterMs: jitter * 1_000 },
    sent: told ? { packets: sent, lost: reportedLost, jitterMs: reportedJitter * 1_000 } : null,
    rttMs: rtt > 0 ? rtt * 1_000 : null,
  };
}
