import type { Column } from "../../columns/index.ts";

/** One answer a comparison may give. */
export interface Level {
  /** As people read it in a waterfall: "equal, and no other record of a source has it". */
  readonly label: string;
  /** How often matches are expected at this level before any data is seen; the shares of all levels are normalised. */
  readonly m: number;
  /** The same for candidate pairs that are no match. */
  readonly u: number;
  /** The weight (log2 m/u) never falls below this, whatever the data seem to say. */
  readonly weightMin?: number;
  /** The weight never rises above this. */
  readonly weightMax?: number;
}

/** What comparisons know of all records, beyond the two before them. */
export interface CompareContext {
  /** The most records of one source that hold the value with this key (see {@link Comparison.valueKeys}); at least 1. */
  frequency(key: string): number;
  /** How many records there are in all sources. */
  readonly recordCount: number;
}

/** Compares the values of two rows of one column: a level, or {@link nullLevel} where either has none. */
export type PairComparer = (left: number, right: number) => number;

/**
 * A comparison that the engine (`../engine/`) knows how to carry out over whole blocks. Levels ascend: 1 where no threshold
 * is met, one more for each that is, and for texts the last where they are equal.
 */
export type KernelSpec =
  | { readonly kind: "exact"; readonly lower: boolean }
  | { readonly kind: "jaroWinkler"; readonly lower: boolean; readonly atLeast: readonly number[] }
  | { readonly kind: "difference"; readonly atMost: readonly number[] }
  | { readonly kind: "intersection"; readonly lower: boolean; readonly atLeast: readonly number[] };

/** One kind of comparison. A new one is a file with this shape and a line in `kinds.ts`. */
export interface Comparison {
  /** Level 0 is {@link nullLevel}; `levels[i]` describes level i + 1. */
  readonly levels: readonly Level[];
  /** Levels by number whose weights must not fall in this order: more agreement is never less evidence. */
  readonly ascending: readonly number[];
  /** From this level upwards the two values agree, up to `disagreesUpTo` they speak against each other. */
  readonly agreesFrom: number;
  readonly disagreesUpTo: number;
  /** Its levels begin where the settings say, and what they are worth is for the model alone to say. */
  readonly graded?: boolean;
  /** Its values are classes that many records share: their agreement alone never makes a match. */
  readonly classes?: boolean;
  /** The keys under which a value's frequency is counted; absent where frequency does not matter. */
  readonly valueKeys?: (text: string) => string[];
  /** A value has so many keys, such as words, that their frequencies are taken from a sample. */
  readonly keysSampled?: boolean;
  /** What is shown of a text that people would not read. */
  readonly show?: (text: string) => string;
  /** The same comparison as the engine carries it out; `prepare` is its reference. */
  readonly kernel?: KernelSpec;
  /** Prepares each distinct value of the column once. */
  prepare(column: Column, context: CompareContext): PairComparer;
}

/** The level of a pair in which either value is missing: never evidence. */
export const nullLevel = 0;

/** Levels a comparison may have at most, the null level included: patterns keep four bits for each. */
export const levelsMax = 16;
