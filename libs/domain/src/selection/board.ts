import type { Candidate, Random, SelectionRequest } from './candidate.js';
import { fallsAt, isTurnedDown } from './ladder.js';
import { compareRanks, policies, type PolicyName, type Rank } from './policies.js';

/** Expected "no": every usable server is at its capacity, or none may be used at all. */
export type Refusal = 'pool-full' | 'no-eligible-server';

export type ServerPick =
  | { readonly chosen: string; readonly refusal: null; readonly eligibleCount: number }
  | { readonly chosen: null; readonly refusal: Refusal; readonly eligibleCount: 0 };

type Writable = { -readonly [K in keyof Candidate]: Candidate[K] };

const nobody: SelectionRequest = { region: null, exclude: new Set(), failed: new Set() };

/**
 * The pool while seats are given: a copy of the candidates on which each decision sees what the earlier ones promised. What does not
 * depend on who asks is worked out once and again only for a server whose seats changed, as a batch asks it hundreds of times.
 */
export class Board {
  private readonly servers: Writable[];
  private readonly places = new Map<string, number>();
  /** Whether the server stands on every step that is the same for every agent. */
  private readonly open: boolean[];
  private readonly ranks: Rank[];

  constructor(
    candidates: readonly Candidate[],
    private readonly policy: PolicyName,
  ) {
    // By id, so that ties come in one order whoever read the rows in which: the draw alone decides between them.
    this.servers = candidates.map((candidate) => ({ ...candidate })).sort((a, b) => (a.mediaServerId < b.mediaServerId ? -1 : 1));
    this.servers.forEach(({ mediaServerId }, place) => this.places.set(mediaServerId, place));
    this.open = this.servers.map((server) => fallsAt(server, nobody, null) === null);
    this.ranks = this.servers.map(policies[policy]);
  }

  /** How the servers stand now. */
  get candidates(): readonly Candidate[] {
    return this.servers;
  }

  /** Chooses for one agent and changes nothing. Draws exactly one number. */
  pick(request: SelectionRequest, random: Random): ServerPick {
    const draw = random();
    const { best, eligibleCount } = this.least(request);
    const chosen = best[Math.floor(draw * best.length)];
    const server = chosen === undefined ? undefined : this.servers[chosen];
    if (!server) return { chosen: null, refusal: this.refusalOf(request), eligibleCount: 0 };
    return { chosen: server.mediaServerId, refusal: null, eligibleCount };
  }

  /** Promises a seat on one server and takes back the one its agent leaves. */
  seat(chosen: string, leaves: string | null): void {
    this.change(chosen, 1, 1);
    if (leaves !== null) this.change(leaves, -1, 0);
  }

  /** The region is a preference: nobody eligible in it means that the whole pool is asked. */
  private least(request: SelectionRequest): { best: number[]; eligibleCount: number } {
    if (request.region !== null) {
      const near = this.leastIn(request, request.region);
      if (near.eligibleCount > 0) return near;
    }
    return this.leastIn(request, null);
  }

  /** The places of the least busy eligible servers. */
  private leastIn(request: SelectionRequest, region: string | null): { best: number[]; eligibleCount: number } {
    const choosy = request.exclude.size > 0 || request.failed.size > 0;
    let best: number[] = [];
    let least: Rank | null = null;
    let eligibleCount = 0;
    for (let place = 0; place < this.servers.length; place += 1) {
      const server = this.servers[place]!;
      if (!this.open[place] || (region !== null && server.region !== region) || (choosy && isTurnedDown(server, request))) continue;
      eligibleCount += 1;
      const rank = this.ranks[place]!;
      const order = least === null ? -1 : compareRanks(rank, least);
      if (order > 0) continue;
      if (order < 0) {
        least = rank;
        best = [];
      }
      best.push(place);
    }
    return { best, eligibleCount };
  }

  private change(mediaServerId: string, seats: number, reserved: number): void {
    const place = this.places.get(mediaServerId);
    const server = place === undefined ? undefined : this.servers[place];
    if (place === undefined || !server) return;
    server.seats += seats;
    server.reserved += reserved;
    this.open[place] = fallsAt(server, nobody, null) === null;
    this.ranks[place] = policies[this.policy](server);
  }

  /** Full only if the want of seats is all that stands in the way; else the pool has nothing this agent may use. */
  private refusalOf(request: SelectionRequest): Refusal {
    const steps = this.servers.map((server) => fallsAt(server, request, null));
    return steps.includes('has-room') && !steps.includes('not-failed') ? 'pool-full' : 'no-eligible-server';
  }
}
