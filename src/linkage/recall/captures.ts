import { ruleOfKey, type Shard } from "../blocking/index.ts";
import type { LinkageSettings } from "../settings.ts";
import { ruleFamilies } from "./families.ts";

/** How many matches were found in the same ways. Both sets are of families of rules: bit `f` is family `f`. */
export interface Captures {
  /** Families of which both records have a key, so that they could have found the match. */
  readonly able: number;
  /** Families that did. */
  readonly found: number;
  readonly matches: number;
}

/** Counts matches by the families of rules that find them, told from the keys of their two records alone. */
export class CaptureTally {
  readonly #shard: Shard;
  readonly #familyByRule: readonly number[];
  readonly #countByWays = new Map<number, number>();

  constructor(shard: Shard, settings: LinkageSettings) {
    this.#shard = shard;
    const families = ruleFamilies(settings);
    this.#familyByRule = settings.rules.map((_, rule) => families.findIndex(({ rules }) => rules.includes(rule)));
  }

  /** Counts a pair that is taken for a match. */
  add(left: number, right: number): void {
    const { keys, keyStarts } = this.#shard;
    const leftEnd = keyStarts[left + 1] as number;
    const rightEnd = keyStarts[right + 1] as number;
    let [leftHas, rightHas, found] = [0, 0, 0];
    let i = keyStarts[left] as number;
    let j = keyStarts[right] as number;
    while (i < leftEnd || j < rightEnd) {
      const a = i < leftEnd ? (keys[i] as number) : Number.POSITIVE_INFINITY;
      const b = j < rightEnd ? (keys[j] as number) : Number.POSITIVE_INFINITY;
      const family = 1 << (this.#familyByRule[ruleOfKey(Math.min(a, b))] as number);
      if (a <= b) leftHas |= family;
      if (b <= a) rightHas |= family;
      if (a === b) found |= family;
      if (a <= b) i++;
      if (b <= a) j++;
    }
    const ways = (leftHas & rightHas) * familiesStride + found;
    this.#countByWays.set(ways, (this.#countByWays.get(ways) ?? 0) + 1);
  }

  /** What was counted, in an order of its own. */
  finish(): Captures[] {
    return fromCounts(this.#countByWays);
  }
}

const familiesStride = 2 ** 16;

/** The captures of all shards; the order in which they are given does not matter. */
export function mergeCaptures(captures: readonly (readonly Captures[])[]): Captures[] {
  const countByWays = new Map<number, number>();
  for (const { able, found, matches } of captures.flat()) {
    const ways = able * familiesStride + found;
    countByWays.set(ways, (countByWays.get(ways) ?? 0) + matches);
  }
  return fromCounts(countByWays);
}

function fromCounts(countByWays: ReadonlyMap<number, number>): Captures[] {
  return [...countByWays]
    .sort((a, b) => a[0] - b[0])
    .map(([ways, matches]) => ({ able: Math.floor(ways / familiesStride), found: ways % familiesStride, matches }));
}
