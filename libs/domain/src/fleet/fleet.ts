import type { ConferenceLevel, FleetFact, LegRole } from './facts.js';

interface Leg {
  readonly conference: string;
  readonly role: LegRole;
}

/**
 * What stands on the media servers: a projection of snapshots plus the events that follow.
 *
 * Every fact may come twice, late, or about something already known; the last fact about a leg wins. So a snapshot may
 * be taken while events flow: apply the snapshot first, then every event that arrived since it was begun.
 */
export class Fleet {
  private readonly servers = new Map<string, ServerLegs>();

  /** Takes a fact in and names the conferences whose level it may have changed. */
  apply(fact: FleetFact): ReadonlySet<string> {
    switch (fact.kind) {
      case 'snapshot':
        return this.replace(fact.mediaServerId, fact.legs);
      case 'leg-joined':
        return this.of(fact.mediaServerId).put(fact.uniqueid, fact);
      case 'leg-left':
        return this.of(fact.mediaServerId).remove(fact.uniqueid, fact.conference);
      case 'conference-ended':
        return this.of(fact.mediaServerId).end(fact.conference);
      case 'server-restarted':
        return this.replace(fact.mediaServerId, []);
      case 'server-forgotten': {
        const changed = this.replace(fact.mediaServerId, []);
        this.servers.delete(fact.mediaServerId);
        return changed;
      }
    }
  }

  /** How one conference stands now; an unknown one is empty. */
  conference(mediaServerId: string, conference: string): ConferenceLevel {
    return this.servers.get(mediaServerId)?.level(conference) ?? { conference, legs: [], clientLegs: 0 };
  }

  /** Every conference of a server that has somebody in it. */
  conferences(mediaServerId: string): ConferenceLevel[] {
    return this.servers.get(mediaServerId)?.levels() ?? [];
  }

  private of(mediaServerId: string): ServerLegs {
    let server = this.servers.get(mediaServerId);
    if (!server) this.servers.set(mediaServerId, (server = new ServerLegs()));
    return server;
  }

  private replace(mediaServerId: string, legs: readonly (Leg & { readonly uniqueid: string })[]): ReadonlySet<string> {
    const before = this.of(mediaServerId);
    const after = new ServerLegs();
    for (const leg of legs) after.put(leg.uniqueid, leg);
    this.servers.set(mediaServerId, after);
    return new Set([...before.names(), ...after.names()]);
  }
}

/** The legs of one server, by uniqueid and by conference. */
class ServerLegs {
  private readonly legs = new Map<string, Leg>();
  /** Nearly every one has one leg or two: a set of them takes three times the room. */
  private readonly byConference = new Map<string, string[]>();

  put(uniqueid: string, { conference, role }: Leg): ReadonlySet<string> {
    const changed = new Set([conference]);
    const known = this.legs.get(uniqueid);
    if (known?.conference === conference && known.role === role) return new Set();
    if (known) for (const name of this.remove(uniqueid)) changed.add(name);
    // A role that came from another thread is a text of its own; kept are the two words.
    this.legs.set(uniqueid, { conference, role: role === 'agent' ? 'agent' : 'client' });
    const members = this.byConference.get(conference);
    if (members) members.push(uniqueid);
    else this.byConference.set(conference, [uniqueid]);
    return changed;
  }

  /** A leave that names another conference than the leg stands in is old news: the leg has moved on since. */
  remove(uniqueid: string, from?: string): ReadonlySet<string> {
    const leg = this.legs.get(uniqueid);
    if (!leg || (from !== undefined && from !== leg.conference)) return new Set();
    this.legs.delete(uniqueid);
    const members = this.byConference.get(leg.conference) ?? [];
    members.splice(members.indexOf(uniqueid), 1);
    if (members.length === 0) this.byConference.delete(leg.conference);
    return new Set([leg.conference]);
  }

  end(conference: string): ReadonlySet<string> {
    const members = this.byConference.get(conference);
    if (!members) return new Set();
    const clients = members.filter((uniqueid) => this.legs.get(uniqueid)?.role === 'client');
    for (const uniqueid of clients) this.remove(uniqueid);
    return clients.length === 0 ? new Set() : new Set([conference]);
  }

  level(conference: string): ConferenceLevel {
    const legs: string[] = [];
    let clientLegs = 0;
    for (const uniqueid of this.byConference.get(conference) ?? []) {
      if (this.legs.get(uniqueid)?.role === 'agent') legs.push(uniqueid);
      else clientLegs += 1;
    }
    return { conference, legs, clientLegs };
  }

  levels(): ConferenceLevel[] {
    return [...this.byConference.keys()].map((conference) => this.level(conference));
  }

  names(): Iterable<string> {
    return this.byConference.keys();
  }
}
