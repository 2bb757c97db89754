import { AmiError, type AmiFields, type AmiMessage } from '@nailup/ami';
import type { CallLeg, ListedLeg } from '@nailup/domain';
import { endpointOf } from './channel.js';
import { listedCallLeg } from './translate-calls.js';
import { roleOf } from './translate.js';

/** What is asked of a session; `AmiSession` is one. */
export interface Asks {
  action(fields: AmiFields): Promise<AmiMessage>;
  list(fields: AmiFields): Promise<AmiMessage[]>;
}

/** Conferences asked about at once: enough to fill the wire, few enough that a Ping between them is answered in time. */
const pipelined = 50;

/** Everything that stands on a media server at one moment. */
export interface Standing {
  readonly legs: readonly ListedLeg[];
  readonly calls: readonly CallLeg[];
}

/**
 * Lists every leg in every conference, every seat that rests outside its own, and every leg of a call. Takes a moment, in which events go on: who
 * reads on applies them after it.
 * @throws AmiError when a list fails; half a snapshot is none
 */
export async function readEverything(session: Asks): Promise<Standing> {
  const members = await readMembers(session);
  const legs = new Map<string, ListedLeg>();
  const conferences = new Map<string, string>();
  for (const member of members) {
    const uniqueid = member.get('Uniqueid');
    const conference = member.get('Conference');
    if (!uniqueid || !conference) continue;
    conferences.set(uniqueid, conference);
    const role = roleOf(member.get('Channel') ?? '', conference, member);
    if (role !== null) legs.set(uniqueid, { uniqueid, conference, role });
  }
  const calls: CallLeg[] = [];
  for (const channel of await session.list({ Action: 'CoreShowChannels' })) {
    const leg = listedCallLeg(channel, conferences);
    if (leg !== null) calls.push(leg);
    const seat = seatOf(channel);
    if (seat !== null && !legs.has(seat.uniqueid)) legs.set(seat.uniqueid, seat);
  }
  return { legs: [...legs.values()], calls };
}

/** A seat that sits, whether in its conference, in the holding bridge or on the step from one to the other: the dialplan's context says so. */
function seatOf(channel: AmiMessage): ListedLeg | null {
  const conference = endpointOf(channel.get('Channel') ?? '');
  const uniqueid = channel.get('Uniqueid') ?? '';
  if (conference === null || uniqueid === '' || channel.get('Context') !== 'seated' || channel.get('Exten') !== conference) return null;
  return { uniqueid, conference, role: 'agent' };
}

async function readMembers(session: Asks): Promise<AmiMessage[]> {
  const rooms = await session.list({ Action: 'ConfbridgeListRooms' });
  const names = rooms.flatMap((room) => room.get('Conference') ?? []);
  const members: AmiMessage[] = [];
  for (let at = 0; at < names.length; at += pipelined) {
    const lists = await Promise.all(names.slice(at, at + pipelined).map((Conference) => session.list({ Action: 'ConfbridgeList', Conference })));
    members.push(...lists.flat());
  }
  return members;
}

/** The version Asterisk says it is, or null when it says none. */
export async function readVersion(session: Asks): Promise<string | null> {
  const answer = await unlessRefused(session.action({ Action: 'CoreSettings' }));
  return answer?.get('AsteriskVersion')?.slice(0, 128) ?? null;
}

/**
 * The moment this Asterisk began by its own clock, as it writes it (CoreStatus, main/manager.c: ast_startuptime), which no later change of that clock
 * moves: the mark of one process. Null when it does not tell.
 */
export async function readBootMark(session: Asks): Promise<string | null> {
  const answer = await unlessRefused(session.action({ Action: 'CoreStatus' }));
  const [date, time] = [answer?.get('CoreStartupDate'), answer?.get('CoreStartupTime')];
  return date && time ? `${date} ${time}`.slice(0, 32) : null;
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
