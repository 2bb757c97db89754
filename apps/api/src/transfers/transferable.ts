import type { CallBook } from '../calls/call-book.js';
import type { CallRecord } from '../calls/call.record.js';
import { type KnownLeg, legsOf } from '../calls/legs-of.js';
import { whomToCall } from '../calls/number-rules.js';
import type { Config } from '../config/config.js';
import { rows, type Tx } from '../database/database.js';
import type { Caller } from '../identity/caller.js';
import { problem } from '../problem/problem.js';
import type { DiallingSettings } from '../settings/settings.dto.js';

/** A call that an agent has, with a leg that is known. */
export interface Talking {
  readonly call: CallRecord & { readonly agentId: string; readonly conference: string; readonly mediaServerId: string; readonly legUniqueid: string };
  /** The leg that faces the caller. */
  readonly facing: KnownLeg;
}

/** Locks a call of the caller's that can be handed on. @throws Problem CALL.NOT_FOUND, CALL.ENDED, CALL.WRONG_STATE */
export async function lockTalking(tx: Tx, book: CallBook, caller: Caller, id: string): Promise<Talking> {
  const call = await book.lock(tx, id);
  // Somebody else's call does not exist for an agent.
  if (call === null || (caller.role === 'agent' && call.agentId !== caller.agentId)) throw problem('CALL.NOT_FOUND');
  if (call.state === 'ended') throw problem('CALL.ENDED');
  const { agentId, conference, mediaServerId, legUniqueid } = call;
  const [facing] = legsOf(call);
  if (agentId === null || conference === null || mediaServerId === null || legUniqueid === null || facing === undefined) throw problem('CALL.WRONG_STATE', { detail: `It is ${call.state}.` });
  if (call.purpose !== null) throw problem('CALL.WRONG_STATE', { detail: 'It is a consultation.' });
  if ((call.state !== 'answered' && call.state !== 'held') || call.wantedEnd !== null) throw problem('CALL.WRONG_STATE', { detail: `It is ${call.wantedEnd === null ? call.state : 'ending'}.` });
  return { call: { ...call, agentId, conference, mediaServerId, legUniqueid }, facing };
}

/** The number of the client. */
export function clientNumber({ direction, from, to }: CallRecord): string {
  return direction === 'inbound' ? from : to;
}

/** The number to dial, by the same rules as for placing a call. @throws Problem CALL.NO_PROXY, CALL.DIALLING_OFF, CALL.NUMBER_NOT_ALLOWED */
export function numberToDial(typed: string, dialling: DiallingSettings, { proxySecret }: Config): string {
  if (proxySecret === null) throw problem('CALL.NO_PROXY');
  if (!dialling.enabled) throw problem('CALL.DIALLING_OFF');
  const number = whomToCall(typed, dialling);
  if (number === null) throw problem('CALL.NUMBER_NOT_ALLOWED');
  return number;
}

/** Numbers an agent had called or handed callers on to within a minute. @throws Problem CALL.TOO_MANY */
export async function notTooManyOf(tx: Tx, agentId: string, callsPerMinute: number): Promise<void> {
  const counted = (column: string): string => `(SELECT id, started_at FROM calls WHERE ${column} = ? AND direction = 'outbound' ORDER BY id DESC LIMIT ?)`;
  const [last] = await rows<{ waitSeconds: number }>(
    tx,
    `SELECT TIMESTAMPDIFF(MICROSECOND, NOW(3), d.started_at + INTERVAL 1 MINUTE) / 1000000 AS waitSeconds
     FROM (${counted('agent_id')} UNION ${counted('transferred_by')}) d ORDER BY d.id DESC LIMIT 1 OFFSET ?`,
    [agentId, callsPerMinute, agentId, callsPerMinute, callsPerMinute - 1],
  );
  const waitSeconds = Number(last?.waitSeconds ?? 0);
  if (waitSeconds > 0) throw problem('CALL.TOO_MANY', { retryAfterSeconds: waitSeconds });
}
