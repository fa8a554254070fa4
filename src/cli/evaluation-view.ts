import { formatCount } from "../base/index.ts";
import type { ExactScores, GroupScores, Interval, ScoreIntervals } from "../linkage/index.ts";
import type { LinkageEvaluation } from "../pipelines/index.ts";
import { printCalibration } from "./calibration-view.ts";
import type { Terminal } from "./terminal.ts";
import { printTable } from "./text-table.ts";

/** Wrong merges that are listed by name in the terminal; `--json` has all. */
const wrongMergesShown = 50;

/** Prints an evaluation: pairs, entities, categories, calibration, each beside the trivial rule where it has an answer. */
export function printEvaluation(terminal: Terminal, result: LinkageEvaluation): void {
  const { trivial } = result;
  const beside = <T>(own: T, other: T | null | undefined): { who: string; scores: T }[] => [
    { who: "kindred", scores: own },
    ...(other ? [{ who: "trivial rule", scores: other }] : []),
  ];
  const kindred = { ...result.pairs, intervals: result.intervals };
  printScores(terminal, "pairs", beside(kindred, trivial && { ...trivial, intervals: null }), [
    { title: "right", of: (scores) => formatCount(scores.truePositives) },
    { title: "wrong", of: (scores) => formatCount(scores.falsePositives) },
    { title: "missed", of: (scores) => formatCount(scores.falseNegatives) },
  ]);
  if (result.bCubed) printScores<GroupScores>(terminal, "B-cubed", beside(result.bCubed, trivial?.bCubed), []);
  if (result.exactEntities)
    printScores<ExactScores>(terminal, "exact entities", beside(result.exactEntities, trivial?.exactEntities), [
      { title: "exact", of: (scores) => formatCount(scores.exact) },
      { title: "found", of: (scores) => formatCount(scores.entities) },
      { title: "true", of: (scores) => formatCount(scores.clusters) },
    ]);
  if (result.intervals) terminal.line(terminal.style("dim", "[ ]: 95 % intervals, by resampling whole entities"));
  printCategories(terminal, result);
  printCalibration(terminal, result);
  printCoverage(terminal, result);
  for (const { left, right } of result.wrongMerges.slice(0, wrongMergesShown))
    terminal.line(`wrong merge: ${left.source}/${left.id} with ${right.source}/${right.id}`);
  if (result.wrongMerges.length > wrongMergesShown)
    terminal.line(`and ${formatCount(result.wrongMerges.length - wrongMergesShown)} more wrong merges (--json)`);
}

interface Shown {
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
  readonly intervals: ScoreIntervals | null;
}

function printScores<T extends Shown>(
  terminal: Terminal,
  title: string,
  rows: readonly { readonly who: string; readonly scores: T }[],
  counts: readonly { readonly title: string; readonly of: (scores: T) => string }[],
): void {
  const columns = (["precision", "recall", "f1"] as const).map((name) => ({
    title: name === "f1" ? "F1" : name,
    of: ({ scores }: (typeof rows)[number]) => withInterval(scores[name], scores.intervals?.[name]),
    isWhole: true,
  }));
  const counted = counts.map(({ title: name, of }) => ({
    title: name,
    of: ({ scores }: (typeof rows)[number]) => of(scores),
    align: "right" as const,
  }));
  printTable(terminal, rows, [{ title, of: ({ who }) => who.padEnd(14) }, ...columns, ...counted]);
  terminal.line();
}

function withInterval(value: number, interval: Interval | null | undefined): string {
  return `${value.toFixed(4)}${interval ? ` [${interval.low.toFixed(4)}, ${interval.high.toFixed(4)}]` : ""}`;
}

function printCategories(terminal: Terminal, { byCategory, trivial }: LinkageEvaluation): void {
  if (byCategory.length === 0) return;
  const other = new Map(trivial?.byCategory.map((one) => [one.category, one.pairs]));
  const share = (right: number, missed: number, interval?: Interval | null): string =>
    right + missed === 0
      ? "-"
      : `${right} of ${right + missed}${interval ? ` [${interval.low.toFixed(2)}, ${interval.high.toFixed(2)}]` : ""}`;
  printTable(terminal, byCategory, [
    { title: "category", of: (row) => row.category },
    {
      title: "found",
      of: ({ pairs, recallInterval }) => share(pairs.truePositives, pairs.falseNegatives, recallInterval),
      isWhole: true,
    },
    {
      title: "trivial rule",
      of: ({ category }) => share(other.get(category)?.truePositives ?? 0, other.get(category)?.falseNegatives ?? 0),
      isWhole: true,
    },
    {
      title: "kept apart",
      of: ({ pairs, specificityInterval }) => share(pairs.trueNegatives, pairs.falsePositives, specificityInterval),
      isWhole: true,
    },
    {
      title: "trivial rule",
      of: ({ category }) => share(other.get(category)?.trueNegatives ?? 0, other.get(category)?.falsePositives ?? 0),
      isWhole: true,
    },
  ]);
  terminal.line();
}

function printCoverage(terminal: Terminal, { coverage }: LinkageEvaluation): void {
  const { recordsNamed, recordsUnknown, sourcesWithoutTruth } = coverage;
  if (recordsUnknown > 0)
    terminal.line(
      `${formatCount(recordsUnknown)} of the ${formatCount(recordsNamed)} records of the truth were not linked: they count as not found in labelled pairs, and not at all in clusters`,
    );
  if (sourcesWithoutTruth.length > 0)
    terminal.line(
      `the truth names no record of ${sourcesWithoutTruth.join(", ")}: whatever was merged with them counts as wrong`,
    );
}
