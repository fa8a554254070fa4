import { formatCount } from "../base/index.ts";
import type { ExactScores, GroupScores, Interval, Scores } from "../linkage/index.ts";
import type { LinkageEvaluation } from "../pipelines/index.ts";
import { printCalibration } from "./calibration-view.ts";
import type { Terminal } from "./terminal.ts";
import { printTable, type TextColumnSpec } from "./text-table.ts";

/** Wrong merges that are listed by name in the terminal; `--json` has all. */
const wrongMergesShown = 50;

/** Prints an evaluation: pairs, entities, categories, calibration, each beside the trivial rule where it has an answer. */
export function printEvaluation(terminal: Terminal, result: LinkageEvaluation): void {
  const { trivial } = result;
  const beside = <T>(own: T, other: T | null | undefined): { who: string; scores: T }[] => [
    { who: "kindred", scores: own },
    ...(other ? [{ who: "trivial rule", scores: other }] : []),
  ];
  printScores(terminal, "pairs", beside(result.pairs, trivial), [
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
  printIntervals(terminal, result);
  printCategories(terminal, result);
  printCalibration(terminal, result);
  printCoverage(terminal, result);
  for (const { left, right } of result.wrongMerges.slice(0, wrongMergesShown))
    terminal.line(`wrong merge: ${left.source}/${left.id} with ${right.source}/${right.id}`);
  if (result.wrongMerges.length > wrongMergesShown)
    terminal.line(`and ${formatCount(result.wrongMerges.length - wrongMergesShown)} more wrong merges (--json)`);
}

const figures = ["precision", "recall", "f1"] as const;

function printScores<T extends Readonly<Record<(typeof figures)[number], number>>>(
  terminal: Terminal,
  title: string,
  rows: readonly { readonly who: string; readonly scores: T }[],
  counts: readonly { readonly title: string; readonly of: (scores: T) => string }[],
): void {
  const counted = counts.map(({ title: name, of }) => ({
    title: name,
    of: ({ scores }: (typeof rows)[number]) => of(scores),
    align: "right" as const,
  }));
  const columns = figureColumns(({ scores }: (typeof rows)[number], figure) => scores[figure].toFixed(4));
  printTable(terminal, rows, [nameColumn(title, ({ who }) => who), ...columns, ...counted]);
  terminal.line();
}

/** Beside the figures they would make lines that no terminal of 80 columns shows whole. */
function printIntervals(terminal: Terminal, { intervals, bCubed, exactEntities }: LinkageEvaluation): void {
  const measures = [
    { of: "pairs", intervals },
    { of: "B-cubed", intervals: bCubed?.intervals },
    { of: "exact entities", intervals: exactEntities?.intervals },
  ];
  const rows = measures.flatMap((each) => (each.intervals ? [{ of: each.of, intervals: each.intervals }] : []));
  if (rows.length === 0) return;
  const columns = figureColumns(({ intervals: own }: (typeof rows)[number], figure) => intervalText(own[figure], 4));
  printTable(terminal, rows, [nameColumn("95 % intervals", ({ of }) => of), ...columns]);
  terminal.line(terminal.style("dim", "by resampling whole entities"));
  terminal.line();
}

/** As wide in every table, so that their figures stand below each other. */
function nameColumn<Row>(title: string, of: (row: Row) => string): TextColumnSpec<Row> {
  return { title, of: (row) => of(row).padEnd("exact entities".length), isWhole: true };
}

function figureColumns<Row>(of: (row: Row, figure: (typeof figures)[number]) => string): TextColumnSpec<Row>[] {
  return figures.map((figure) => ({
    title: figure === "f1" ? "F1" : figure,
    of: (row) => of(row, figure),
    isWhole: true,
  }));
}

function intervalText({ low, high }: Interval, decimals: number): string {
  return `[${low.toFixed(decimals)}, ${high.toFixed(decimals)}]`;
}

/** How many pairs of each category were found, and how many that are none were kept apart: a table each. */
function printCategories(terminal: Terminal, { byCategory, trivial }: LinkageEvaluation): void {
  const others = new Map(trivial?.byCategory.map((one) => [one.category, one.pairs]));
  const found = byCategory.map(({ category, pairs, recallInterval: interval }) => {
    return { category, interval, own: foundOf(pairs), other: foundOf(others.get(category)) };
  });
  const keptApart = byCategory.map(({ category, pairs, specificityInterval: interval }) => {
    return { category, interval, own: keptApartOf(pairs), other: keptApartOf(others.get(category)) };
  });
  printShares(terminal, "found", found);
  printShares(terminal, "kept apart", keptApart);
}

/** So many of all there are. */
interface Share {
  readonly right: number;
  readonly all: number;
}

const noShare: Share = { right: 0, all: 0 };

function foundOf(pairs: Scores | undefined): Share {
  return pairs ? { right: pairs.truePositives, all: pairs.truePositives + pairs.falseNegatives } : noShare;
}

function keptApartOf(pairs: Scores | undefined): Share {
  return pairs ? { right: pairs.trueNegatives, all: pairs.trueNegatives + pairs.falsePositives } : noShare;
}

/** How many pairs of a category came out right here, and by the trivial rule. */
interface CategoryShares {
  readonly category: string;
  readonly interval: Interval | null;
  readonly own: Share;
  readonly other: Share;
}

function printShares(terminal: Terminal, title: string, categories: readonly CategoryShares[]): void {
  const rows = categories.filter(({ own }) => own.all > 0);
  if (rows.length === 0) return;
  const text = ({ right, all }: Share): string => (all === 0 ? "" : `${formatCount(right)} of ${formatCount(all)}`);
  printTable(terminal, rows, [
    { title: "category", of: ({ category }) => category },
    { title, of: ({ own }) => text(own), align: "right" },
    { title: "95 % interval", of: ({ interval }) => (interval ? intervalText(interval, 2) : ""), isWhole: true },
    { title: "trivial rule", of: ({ other }) => text(other), align: "right" },
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
