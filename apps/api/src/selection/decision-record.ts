import {
  afterPicks,
  type Candidate,
  type Considered,
  explain,
  type MediaServerHealth,
  type MediaServerMode,
  type PolicyName,
} from '@nailup/domain';

type ServerTuple = readonly [
  mediaServerId: string,
  mode: MediaServerMode,
  health: MediaServerHealth,
  capacity: number,
  weight: number,
  region: string | null,
  seats: number,
  reserved: number,
  talking: number,
  loadAverage: number | null,
];

/**
 * What a batch of decisions saw and chose, kept once for all of them. Written out per placement, the reasons of one
 * decision over 255 servers take 30 KB; decisions are pure, so they are told again from this instead.
 */
export interface SelectionPicture {
  readonly servers: readonly ServerTuple[];
  /** In the order decided, as indexes into `servers`: the server chosen and the one left; -1 for none. */
  readonly picks: readonly (readonly [chosen: number, leaves: number])[];
}

/** What is kept with the placement: its own part of the question, and the place of the rest. */
export interface DecisionRecord {
  readonly policy: PolicyName;
  readonly chosen: string;
  readonly eligibleCount: number;
  readonly pictureId: string;
  /** How many decisions of the batch came before this one. */
  readonly position: number;
  readonly region: string | null;
  readonly exclude: readonly string[];
  readonly failed: readonly string[];
}

export function paint(
  candidates: readonly Candidate[],
  picks: readonly { readonly chosen: string | null; readonly leaves: string | null }[],
): SelectionPicture {
  const at = new Map(candidates.map((candidate, index) => [candidate.mediaServerId, index]));
  const indexOf = (id: string | null): number => (id === null ? -1 : (at.get(id) ?? -1));
  return {
    servers: candidates.map((c) => [c.mediaServerId, c.mode, c.health, c.capacity, c.weight, c.region, c.seats, c.reserved, c.talking, c.loadAverage]),
    picks: picks.map(({ chosen, leaves }) => [indexOf(chosen), indexOf(leaves)]),
  };
}

/** Every server that was considered for a placement, with the reason: the decision as it was, told again. */
export function considered(record: DecisionRecord, picture: SelectionPicture): Considered[] {
  const candidates = picture.servers.map(
    ([mediaServerId, mode, health, capacity, weight, region, seats, reserved, talking, loadAverage]): Candidate => ({
      mediaServerId, mode, health, capacity, weight, region, seats, reserved, talking, loadAverage,
    }),
  );
  const idAt = (index: number): string | null => picture.servers[index]?.[0] ?? null;
  const earlier = picture.picks.slice(0, record.position).map(([chosen, leaves]) => ({ chosen: idAt(chosen), leaves: idAt(leaves) }));
  const request = { region: record.region, exclude: new Set(record.exclude), failed: new Set(record.failed) };
  return explain(afterPicks(candidates, earlier), request, record.policy, record.chosen);
}
