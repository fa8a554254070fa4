import type { CompareContext } from "./contract.ts";

/** A shared value carries log2(records / its frequency) bits, counted in parts of this size so that sums are exact. */
const partsOfBit = 1024;
/** Lists that share this much are not alike by chance. */
const rareBits = 9;

/** What it says that two records share a value with this key: the more, the rarer it is. A whole number. */
export function rarityWeigher(context: CompareContext): (key: string) => number {
  const recordCount = Math.max(context.recordCount, 2);
  return (key) => Math.round(Math.log2(recordCount / context.frequency(key)) * partsOfBit);
}

/** Whether the weights of all shared keys, added up, are more than chance gives. */
export function isRare(weight: number): boolean {
  return weight >= rareBits * partsOfBit;
}
