import { weightOf } from "../classify/index.ts";
import type { LinkageSettings } from "../settings.ts";
import type { Link } from "./cut.ts";
import type { Judgement } from "./judgement.ts";
import type { OrderedPairs } from "./ordered-pairs.ts";
import { type Cut, splitEntity } from "./split-entity.ts";

/** What {@link splitWeakLinks} reads and changes. */
export interface SplitInput {
  readonly pairs: OrderedPairs;
  /** What became of each pair; those across a cut go to review. */
  readonly judged: Judgement[];
  /** The group of each record, named by one of its records; parts that are cut off get names of their own. */
  readonly group: Int32Array;
  /** Pairs of records that people said are the same: never cut. */
  readonly held: readonly (readonly [left: number, right: number])[];
  /** Pairs of one group that were compared and found too unlikely to be kept. */
  readonly unseen: readonly UnseenPair[];
  readonly settings: LinkageSettings;
}

/** A pair that is not among those that were kept, with its weight. */
export interface UnseenPair {
  readonly left: number;
  readonly right: number;
  readonly weight: number;
}

/** A link must hold something, also where its weight is the threshold itself. */
const strengthMin = 1e-6;

/** Cuts entities at weak links that compared pairs contradict; see {@link splitEntity}. */
export function splitWeakLinks(input: SplitInput): void {
  const { pairs, group, judged, settings } = input;
  const origin = weightOf(settings.threshold);
  const differsBelow = Math.min(weightOf(settings.reviewThreshold), origin);
  if (!Number.isFinite(origin)) return;
  const doubted = new Map<number, number[]>();
  const inOne = (i: number): boolean => group[pairs.left[i] as number] === group[pairs.right[i] as number];
  for (const i of pairs.order)
    if ((pairs.weight[i] as number) < differsBelow && inOne(i))
      doubted.set(group[pairs.left[i] as number] as number, []);
  const unseen = input.unseen.filter(({ weight }) => weight < differsBelow);
  for (const { left } of unseen) doubted.set(group[left] as number, []);
  if (doubted.size === 0) return;
  for (const i of pairs.order) if (inOne(i)) doubted.get(group[pairs.left[i] as number] as number)?.push(i);
  for (const [root, rows] of doubted) {
    const unseenHere = unseen.filter(({ left }) => group[left] === root);
    const heldHere = input.held.filter(([left]) => group[left] === root);
    const members = membersOf(rows, heldHere, pairs);
    const place = new Map(members.map((record, at) => [record, at]));
    const link = (left: number, right: number, strength: number): Link => {
      return { a: place.get(left) as number, b: place.get(right) as number, strength };
    };
    const ofPair = (i: number, strength: number): Link =>
      link(pairs.left[i] as number, pairs.right[i] as number, strength);
    const weight = (i: number): number => pairs.weight[i] as number;
    const strengthOf = (i: number): number =>
      pairs.trusted?.[i] === undefined ? Math.max(weight(i) - origin, strengthMin) : Number.POSITIVE_INFINITY;
    const cuts = splitEntity({
      memberCount: members.length,
      links: [
        ...rows.filter((i) => judged[i]?.outcome === "match").map((i) => ofPair(i, strengthOf(i))),
        ...heldHere.map(([left, right]) => link(left, right, Number.POSITIVE_INFINITY)),
      ],
      contradictions: [
        ...rows.filter((i) => weight(i) < differsBelow).map((i) => ofPair(i, origin - weight(i))),
        ...unseenHere.map((one) => link(one.left, one.right, origin - one.weight)),
      ],
    });
    for (const cut of cuts) applyCut(cut, members, rows, place, input);
  }
}

/** The records of an entity in their order; each is in at least one pair that joined it, or was joined by a decision. */
function membersOf(
  rows: readonly number[],
  held: readonly (readonly [number, number])[],
  pairs: OrderedPairs,
): number[] {
  const members = new Set(rows.flatMap((i) => [pairs.left[i] as number, pairs.right[i] as number]));
  for (const [left, right] of held) members.add(left).add(right);
  return [...members].sort((a, b) => a - b);
}

function applyCut(
  cut: Cut,
  members: readonly number[],
  rows: readonly number[],
  place: ReadonlyMap<number, number>,
  { pairs, judged, group }: SplitInput,
): void {
  const sideOf = (record: number): number => cut.side[place.get(record) as number] as number;
  for (const side of [1, 2]) {
    const part = members.filter((record) => sideOf(record) === side);
    for (const record of part) group[record] = part[0] as number;
  }
  const reason = reasonOf(cut);
  for (const i of rows) {
    const [left, right] = [sideOf(pairs.left[i] as number), sideOf(pairs.right[i] as number)];
    if (left !== 0 && right !== 0 && left !== right && judged[i]?.outcome === "match")
      judged[i] = { outcome: "review", reason };
  }
}

function reasonOf({ side, links, strength, contradictions, against }: Cut): string {
  const [one, other] = [1, 2].map((name) => side.reduce((sum, at) => sum + (at === name ? 1 : 0), 0));
  const held = links === 1 ? "1 match" : `${links} matches`;
  const differing = contradictions === 1 ? "1 compared pair" : `${contradictions} compared pairs`;
  return `a weak link: what joins ${one} and ${other} records is ${held} of weight ${strength.toFixed(1)}, against ${against.toFixed(1)} of ${differing}`;
}
