import type { EncodedComparison } from "../encoded-comparison.ts";
import { commonMinTable, jaroNeeded, shortMax } from "../jaro-bound.ts";
import { popcount } from "../popcount.ts";
import { tileRecords } from "../scan.ts";
import { entryWord, entryWords } from "../text-table.ts";
import { JaroPattern } from "./jaro.ts";
import type { Lane } from "./lane.ts";

/** Jaro-Winkler similarity: settled by length, bag and prefix where these already keep it below every threshold. */
export function jaroWinklerLane(comparison: EncodedComparison & { kind: "jaroWinkler" }): Lane {
  const { entries, symbols, ids, alphabetSize, atLeast } = comparison;
  const words = entries.values;
  const equal = atLeast.length + 2;
  const steps = Float64Array.from(atLeast);
  // With m symbols in common, similarity is at most (m / a + m / b + 1) / 3.
  const needed = jaroNeeded(atLeast[0] as number).map((jaro) => 3 * jaro - 1);
  const commonMins = commonMinTable(atLeast[0] as number);
  const pattern = new JaroPattern(symbols.values, alphabetSize);
  const tileIds = new Int32Array(tileRecords);
  const tile = new Int32Array(tileRecords * entryWords);
  const left = new Int32Array(entryWords);
  let leftId = -1;
  let patternId = -1;

  const levelOf = (at: number): number => {
    const leftSize = left[entryWord.length] as number;
    const size = tile[at + entryWord.length] as number;
    const lengthA = leftSize & 0xffff;
    const lengthB = size & 0xffff;
    const prefix = Math.min(lengthA, lengthB, equalSymbols(left, tile, at));
    const commonMin =
      lengthA < shortMax && lengthB < shortMax
        ? (commonMins[(prefix * shortMax + lengthA) * shortMax + lengthB] as number)
        : ((needed[prefix] as number) * lengthA * lengthB) / (lengthA + lengthB);
    // Symbols of which both bags have one, and all those that the bags do not hold.
    const common =
      popcount((left[0] as number) & (tile[at] as number)) +
      popcount((left[1] as number) & (tile[at + 1] as number)) +
      popcount((left[2] as number) & (tile[at + 2] as number)) +
      popcount((left[3] as number) & (tile[at + 3] as number)) +
      Math.min(leftSize >>> 16, size >>> 16);
    if (common < commonMin) return 1;
    if (patternId !== leftId) {
      pattern.set(left[entryWord.start] as number, lengthA);
      patternId = leftId;
    }
    const jaro = pattern.similarity(tile[at + entryWord.start] as number, lengthB);
    const similarity = jaro > 0.7 ? jaro + prefix * 0.1 * (1 - jaro) : jaro;
    let level = 1;
    for (let t = 0; t < steps.length; t++) if (similarity >= (steps[t] as number)) level++;
    return level;
  };
  return {
    load(record, place) {
      const id = ids.values[record] as number;
      tileIds[place] = id;
      if (id < 0) return;
      for (let w = 0; w < entryWords; w++) tile[place * entryWords + w] = words[id * entryWords + w] as number;
    },
    setLeft(record) {
      leftId = ids.values[record] as number;
      if (leftId < 0) return;
      for (let w = 0; w < entryWords; w++) left[w] = words[leftId * entryWords + w] as number;
    },
    compare(alive, count, levels) {
      for (let k = 0; k < count; k++) {
        const place = alive[k] as number;
        const id = tileIds[place] as number;
        levels[k] = id < 0 || leftId < 0 ? 0 : id === leftId ? equal : levelOf(place * entryWords);
      }
    },
  };
}

/** How many of the first four symbols are the same, before the lengths are looked at. */
function equalSymbols(left: Int32Array, tile: Int32Array, at: number): number {
  const first = (left[entryWord.prefix] as number) ^ (tile[at + entryWord.prefix] as number);
  if (first !== 0) return (first & 0xffff) === 0 ? 1 : 0;
  const second = (left[entryWord.prefix + 1] as number) ^ (tile[at + entryWord.prefix + 1] as number);
  if (second === 0) return 4;
  return (second & 0xffff) === 0 ? 3 : 2;
}
