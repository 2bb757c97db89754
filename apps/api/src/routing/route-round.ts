import { Injectable } from '@nestjs/common';
import { holdCaller, type PolicyName, type WaitingCaller } from '@nailup/domain';
import { v7 as newId } from 'uuid';
import { CallBook, type NewCall } from '../calls/call-book.js';
import { change, rows, type Tx } from '../database/database.js';
import { lockDispatch } from '../database/dispatch-lock.js';
import { appendEvents } from '../live/event-log.js';
import { type Problem, problem } from '../problem/problem.js';
import { Keys } from '../secrets/keys.js';
import type { Outcome } from '../database/group-commit.js';
import { readServers, type ServerRow } from '../selection/selection-facts.js';
import { Chance } from '../time/clock.js';
import { type Destination, readDestinations } from './destinations.js';
import { matchHeld } from './matching.js';
import type { RouteQuery, RouteView } from './route.dto.js';
import { countHeld, type QueuedCaller, readFreeAgents, readQueuedCallers, type SeatedAgent } from './routing-facts.js';
import { sipAddress } from './sip-address.js';
import { givenTargets, keepTargets, type Target, targetToken } from './target.js';

/** Asked again within this time, a route is the one given before. */
const sameAnswerSeconds = 60;
/** A promise whose leg has not been seen after this time is taken back. */
export const legDueSeconds = 10;
/** What the row of a call has room for; no number is as long, a user name may be. */
const longestNumber = 64;
/** What is not shown of a From that a stranger wrote. */
const strange = /[^A-Za-z0-9+*#._@-]/g;

interface Arrival extends WaitingCaller {
  readonly query: RouteQuery;
  readonly destination: Exclude<Destination, { kind: 'nobody' | 'unknown' }>;
}

/** Where callers may wait. */
interface Places {
  readonly policy: PolicyName;
  readonly servers: readonly ServerRow[];
  readonly sipUris: ReadonlyMap<string, string>;
}

/** Finds routes: who is promised to a caller, or where the caller waits, written before it is told. */
@Injectable()
export class RouteRound {
  constructor(
    private readonly book: CallBook,
    private readonly keys: Keys,
    private readonly chance: Chance,
  ) {}

  /** Routes for all who asked, in the order in which they did, as if one had come after the other. Within the caller's transaction, which it finishes. */
  async find(tx: Tx, batch: readonly RouteQuery[]): Promise<Outcome<RouteView>[]> {
    // Where numbers lead and what media servers there are is configuration, and read before the lock for which the routes of all managers wait.
    const destinationOf = await readDestinations(tx, batch.map(({ to }) => to));
    const places = await readPlaces(tx);
    await lockDispatch(tx);
    const outcomes = await this.#givenBefore(tx, batch.map(({ callId }) => callId));
    const asked = batch.filter(({ callId }) => !outcomes.has(callId));
    const arrivals: Arrival[] = [];
    for (const query of asked) {
      const destination = destinationOf(query.to);
      if (destination.kind === 'unknown') outcomes.set(query.callId, { refusal: problem('ROUTE.UNKNOWN_NUMBER') });
      else if (destination.kind === 'nobody' || (destination.kind === 'agent' && !destination.there)) outcomes.set(query.callId, { refusal: nobodyThere() });
      else arrivals.push({ callId: newId(), query, destination, ...wishOf(destination) });
    }
    if (arrivals.length > 0) await this.#take(tx, arrivals, places, outcomes);
    return batch.map(({ callId }) => outcomes.get(callId) ?? { refusal: nobodyThere() });
  }

  /** The answers that stand already. A Call-ID that comes back later is another call. */
  async #givenBefore(tx: Tx, sipCallIds: readonly string[]): Promise<Map<string, Outcome<RouteView>>> {
    const known = await rows<{ id: string; sipCallId: string; recent: number }>(
      tx,
      `SELECT id, sip_call_id AS sipCallId, started_at > NOW(3) - INTERVAL ${sameAnswerSeconds} SECOND AS recent FROM calls WHERE sip_call_id IN (?)`,
      [sipCallIds],
    );
    const old = known.filter(({ recent }) => recent === 0).map(({ id }) => id);
    if (old.length > 0) await change(tx, 'UPDATE calls SET sip_call_id = NULL WHERE id IN (?)', [old]);
    const tokens = new Map(known.filter(({ recent }) => recent !== 0).map(({ id, sipCallId }) => [sipCallId, this.#tokenOf(id)]));
    const given = await givenTargets(tx, [...tokens.values()]);
    return new Map([...tokens].flatMap(([sipCallId, token]) => {
      const one = given.get(token);
      return one ? [[sipCallId, { answer: view({ ...one, token }, one.sipUri, one.agentId) }] as const] : [];
    }));
  }

  async #take(tx: Tx, arrivals: readonly Arrival[], places: Places, outcomes: Map<string, Outcome<RouteView>>): Promise<void> {
    const queued = await readQueuedCallers(tx);
    const before: readonly WaitingCaller[] = queued.filter(({ inLine, overdue }) => inLine && overdue === null);
    // Who waits already is matched as well: the agent they are about to be brought to is not there for who comes now.
    const matches = new Map((await matchHeld(tx, [...before, ...arrivals], await readFreeAgents(tx))).map(({ caller, agent }) => [caller.callId, agent]));
    const opened: NewCall[] = [];
    const targets: Target[] = [];
    const hold = this.#holder(places, queued);
    for (const arrival of arrivals) {
      const agent = matches.get(arrival.callId);
      const place = agent ?? hold();
      const address = place === null ? null : sipAddress(place.sipUri);
      if (place === null || address === null) {
        outcomes.set(arrival.query.callId, { refusal: nobodyThere() });
        continue;
      }
      opened.push(callOf(arrival, place.mediaServerId, agent));
      const { callId, destination } = arrival;
      const target: Target = {
        token: this.#tokenOf(callId), callId, mediaServerId: place.mediaServerId, kind: agent ? 'agent' : 'queue',
        conference: agent?.conference ?? null, musicClass: destination.kind === 'queue' ? destination.musicClass : null,
      };
      targets.push(target);
      outcomes.set(arrival.query.callId, { answer: view(target, place.sipUri, agent?.agentId ?? null) });
    }
    const events = await this.book.openAll(tx, opened);
    await keepTargets(tx, targets);
    await appendEvents(tx, events);
  }

  /** Gives callers who must wait their media servers, each seeing where the ones before went. */
  #holder({ servers, sipUris, policy }: Places, queued: readonly QueuedCaller[]): () => { mediaServerId: string; sipUri: string } | null {
    const held = countHeld(queued);
    return () => {
      const mediaServerId = holdCaller(servers, held, policy, () => this.chance.next());
      const sipUri = mediaServerId === null ? undefined : sipUris.get(mediaServerId);
      if (mediaServerId === null || sipUri === undefined) return null;
      held.set(mediaServerId, (held.get(mediaServerId) ?? 0) + 1);
      return { mediaServerId, sipUri };
    };
  }

  #tokenOf(callId: string): string {
    return targetToken(this.keys.targetDigest(callId));
  }
}

function callOf({ callId, query, destination, wantedAgentId }: Arrival, mediaServerId: string, agent: SeatedAgent | undefined): NewCall {
  return {
    id: callId, direction: 'inbound', state: agent ? 'ringing' : 'queued', from: query.from.replace(strange, '').slice(0, longestNumber), to: query.to.slice(0, longestNumber),
    mediaServerId, sipCallId: query.callId, dueSeconds: legDueSeconds,
    ...(agent ? { agentId: agent.agentId, placementId: agent.placementId, conference: agent.conference } : {}),
    ...(destination.kind === 'queue' ? { queueId: destination.queueId } : {}),
    ...(wantedAgentId === null ? {} : { wantedAgentId }),
  };
}

async function readPlaces(tx: Tx): Promise<Places> {
  const [pool] = await rows<{ policy: PolicyName }>(tx, 'SELECT policy FROM pool WHERE id = 1');
  const policy = pool?.policy ?? 'agents-in-call';
  const servers = (await readServers(tx)).filter(({ deleted }) => !deleted);
  return { policy, servers, sipUris: new Map(servers.map(({ mediaServerId, sipUri }) => [mediaServerId, sipUri])) };
}

function wishOf(destination: Arrival['destination']): Pick<WaitingCaller, 'skills' | 'wantedAgentId'> {
  return destination.kind === 'queue' ? { skills: destination.skills, wantedAgentId: null } : { skills: [], wantedAgentId: destination.agentId };
}

function nobodyThere(): Problem {
  return problem('ROUTE.NOBODY_THERE');
}

function view({ token, callId, kind, mediaServerId }: Pick<Target, 'token' | 'callId' | 'kind' | 'mediaServerId'>, sipUri: string, agentId: string | null): RouteView {
  return { target: `sip:${token}@${sipAddress(sipUri) ?? ''}`, callId, disposition: kind, agentId, mediaServerId };
}
