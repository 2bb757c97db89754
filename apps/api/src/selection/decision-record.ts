import { afterPicks, type Candidate, type Considered, explain, type PolicyName } from '@nailup/domain';

/** One value for each server, in the order of `ids`; one for all of them where they agree, as they mostly do. */
type Column<T> = readonly T[] | { readonly all: T };
type Facts = Omit<Candidate, 'mediaServerId'>;

/**
 * What a batch of decisions saw and chose, kept once for all of them. Written out per placement, the reasons of one
 * decision over 255 servers take 30 KB; decisions are pure, so they are told again from this instead.
 */
export interface SelectionPicture {
  /** The media servers considered. */
  readonly ids?: readonly string[];
  /** The picture that names them instead, when they are the same: 255 ids are most of what a picture weighs. */
  readonly as?: string;
  /** By columns: MySQL takes in a fifth of the JSON values that rows would have. */
  readonly facts: { readonly [K in keyof Facts]: Column<Facts[K]> };
  /** In the order decided, as indexes into `ids`: the server chosen and the one left; -1 for none. */
  readonly picks: readonly (readonly [chosen: number, leaves: number])[];
}

const factNames = ['mode', 'health', 'capacity', 'weight', 'region', 'seats', 'reserved', 'talking', 'loadAverage'] as const satisfies readonly (keyof Facts)[];

/** A picture with the names in it. */
export type FullPicture = SelectionPicture & { readonly ids: readonly string[] };

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

/** @param as the picture that names the same candidates in the same order, if there is one */
export function paint(
  candidates: readonly Candidate[],
  picks: readonly { readonly chosen: string | null; readonly leaves: string | null }[],
  as: string | null = null,
): SelectionPicture {
  const at = new Map(candidates.map((candidate, index) => [candidate.mediaServerId, index]));
  const indexOf = (id: string | null): number => (id === null ? -1 : (at.get(id) ?? -1));
  return {
    ...(as === null ? { ids: candidates.map(({ mediaServerId }) => mediaServerId) } : { as }),
    facts: Object.fromEntries(factNames.map((name) => [name, columnOf(candidates.map((candidate) => candidate[name]))])) as unknown as SelectionPicture['facts'],
    picks: picks.map(({ chosen, leaves }) => [indexOf(chosen), indexOf(leaves)]),
  };
}

function columnOf<T>(values: readonly T[]): Column<T> {
  const [first] = values;
  return first !== undefined && values.every((value) => value === first) ? { all: first } : values;
}

function valueAt<T>(column: Column<T>, at: number): T {
  return 'all' in column ? column.all : (column[at] as T);
}

/** Every server that was considered for a placement, with the reason: the decision as it was, told again. */
export function considered(record: DecisionRecord, picture: FullPicture): Considered[] {
  const candidates = picture.ids.map((mediaServerId, at) => ({
    mediaServerId,
    ...(Object.fromEntries(factNames.map((name) => [name, valueAt<unknown>(picture.facts[name], at)])) as unknown as Facts),
  }));
  const idAt = (index: number): string | null => picture.ids[index] ?? null;
  const earlier = picture.picks.slice(0, record.position).map(([chosen, leaves]) => ({ chosen: idAt(chosen), leaves: idAt(leaves) }));
  const request = { region: record.region, exclude: new Set(record.exclude), failed: new Set(record.failed) };
  return explain(afterPicks(candidates, earlier), request, record.policy, record.chosen);
}
