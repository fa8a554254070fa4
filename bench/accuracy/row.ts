import type { Half, Interval } from "../../src/linkage/index.ts";

/** What part of the labelled data a run may look at. */
export interface AccuracyOptions {
  /** Of the films: choices are made on `even`; the others are read when an issue is closed. */
  readonly half: Half | "all";
  /** Whether test splits may be read, which is done once, at the end; else the splits that choices are made on. */
  readonly final: boolean;
}

/** One figure of the table, beside what it has to beat. */
export interface Measure {
  /** Its name among the figures, such as `movies f1`. */
  readonly name: string;
  readonly value: number;
  readonly interval?: Interval | null;
  /** The trivial rule on the same records; absent where it has no answer. */
  readonly trivial?: number | null;
  /** Published figures of others on the same split, by name. */
  readonly published?: Readonly<Record<string, number>>;
  /** What it has to reach; a figure without a bar is only told. */
  readonly bar?: number;
  /** Calibration errors are to stay below their bar; all others to reach it. */
  readonly lowerIsBetter?: boolean;
}

/** What one row of the table gives. */
export interface RowResult {
  readonly measures: readonly Measure[];
  /** Lines to print below: categories, counts, bins. */
  readonly details: readonly string[];
  /** What was wrong with the output itself, whatever its figures: truth that was not found, records that are missing. */
  readonly problems: readonly string[];
}

/** A row (or several that come out of one run) of the accuracy table of issue 4. */
export interface AccuracyRow {
  /** For `--only`. */
  readonly name: string;
  /** The names under which `settings-tried.jsonl` lists what was tried on data of this row. */
  readonly sets: readonly string[];
  measure(options: AccuracyOptions): Promise<RowResult>;
}
