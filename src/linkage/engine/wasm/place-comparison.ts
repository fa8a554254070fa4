import type { Arena } from "../arena.ts";
import type { EncodedComparison } from "../encoded-comparison.ts";
import { commonMinTable, jaroNeeded } from "../jaro-bound.ts";
import { tileRecords } from "../scan.ts";
import { entryWords, symbolsMax } from "../text-table.ts";
import { comparisonPlace as at, kindNumber, listBytes } from "./layout.ts";

/** The words of a comparison by their places, with scratch memory of its own: no two scans may share it. */
export function comparisonWords(comparison: EncodedComparison, arena: Arena): Record<number, number> {
  const kind = { [at.kind]: kindNumber[comparison.kind] };
  switch (comparison.kind) {
    case "exact":
      return { ...kind, [at.values]: comparison.ids.at, [at.tile]: arena.int32(tileRecords).at };
    case "difference":
      return {
        ...kind,
        ...steps(comparison.atMost, arena),
        [at.values]: comparison.values.at,
        [at.tile]: arena.float64(tileRecords).at,
      };
    case "intersection":
      return {
        ...kind,
        ...steps(comparison.atLeast, arena),
        [at.values]: comparison.starts.at,
        [at.table]: comparison.members.at,
        [at.detail]: comparison.signatures.at,
        [at.tile]: arena.uint8(tileRecords * listBytes).at,
      };
    case "jaroWinkler":
      return { ...kind, ...steps(comparison.atLeast, arena), ...textWords(comparison, arena) };
  }
}

function steps(values: readonly number[], arena: Arena): Record<number, number> {
  return { [at.steps]: arena.float64Of(Float64Array.from(values)).at, [at.stepCount]: values.length };
}

function textWords(comparison: EncodedComparison & { kind: "jaroWinkler" }, arena: Arena): Record<number, number> {
  // With m symbols in common, similarity is at most (m / a + m / b + 1) / 3.
  const needed = jaroNeeded(comparison.atLeast[0] as number).map((jaro) => 3 * jaro - 1);
  return {
    [at.values]: comparison.ids.at,
    [at.table]: comparison.entries.at,
    [at.detail]: comparison.symbols.at,
    [at.tile]: arena.int32(tileRecords * entryWords).at,
    [at.tileIds]: arena.int32(tileRecords).at,
    [at.leftEntry]: arena.int32(entryWords).at,
    [at.leftId]: -1,
    [at.patternId]: -1,
    [at.patternAt]: arena.int32(2).at,
    [at.places]: arena.float64(comparison.alphabetSize).at,
    [at.needed]: arena.float64Of(needed).at,
    [at.commonMin]: arena.uint8Of(commonMinTable(comparison.atLeast[0] as number)).at,
    [at.scratch]: arena.uint8(symbolsMax * 2).at,
  };
}
