import { AmiError, type AmiFields, type AmiMessage } from '@nailup/ami';
import type { ListedLeg } from '@nailup/domain';
import { roleOf } from './translate.js';

/** What is asked of a session; `AmiSession` is one. */
export interface Asks {
  action(fields: AmiFields): Promise<AmiMessage>;
  list(fields: AmiFields): Promise<AmiMessage[]>;
}

/** Conferences asked about at once: enough to fill the wire, few enough that a Ping between them is answered in time. */
const pipelined = 50;

/**
 * Lists every leg in every conference. Takes a moment, in which events go on: who reads on applies them after it.
 * @throws AmiError when a list fails; half a snapshot is none
 */
export async function readLegs(session: Asks): Promise<ListedLeg[]> {
  const rooms = await session.list({ Action: 'ConfbridgeListRooms' });
  const names = rooms.flatMap((room) => room.get('Conference') ?? []);
  const legs: ListedLeg[] = [];
  for (let at = 0; at < names.length; at += pipelined) {
    const lists = await Promise.all(names.slice(at, at + pipelined).map((Conference) => session.list({ Action: 'ConfbridgeList', Conference })));
    for (const member of lists.flat()) {
      const uniqueid = member.get('Uniqueid');
      const conference = member.get('Conference');
      if (uniqueid && conference) legs.push({ uniqueid, conference, role: roleOf(member.get('Channel') ?? '', conference) });
    }
  }
  return legs;
}

/** The version Asterisk says it is, or null when it says none. */
export async function readVersion(session: Asks): Promise<string | null> {
  const answer = await unlessRefused(session.action({ Action: 'CoreSettings' }));
  return answer?.get('AsteriskVersion')?.slice(0, 128) ?? null;
}

/** The load average of the last minute (func_sysinfo), or null on a machine that tells none. */
export async function readLoadAverage(session: Asks): Promise<number | null> {
  const answer = await unlessRefused(session.action({ Action: 'Getvar', Variable: 'SYSINFO(loadavg)' }));
  const value = answer?.get('Value');
  const loadAverage = value === undefined || value === '' ? Number.NaN : Number(value);
  return Number.isFinite(loadAverage) && loadAverage >= 0 ? loadAverage : null;
}

/** Null for what this account may not ask or this Asterisk does not know; neither is a reason to give the server up. */
async function unlessRefused(answer: Promise<AmiMessage>): Promise<AmiMessage | null> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof AmiError && error.fault === 'action-refused') return null;
    throw error;
  }
}
