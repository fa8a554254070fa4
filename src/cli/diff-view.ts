import { formatCount } from "../base/index.ts";
import type { DiffExample, DiffedLinkage, LinkageDiff } from "../pipelines/index.ts";
import { causeWords } from "./cause-words.ts";
import type { Terminal } from "./terminal.ts";
import { cutText, printTable } from "./text-table.ts";
import { nameOf } from "./waterfall.ts";

/** Parts of a weight that an example shows, those that moved most; a file (`--out`) has all. */
const partsShown = 5;

/** Prints how two linkages differ: counts, causes, and examples of each cause. */
export function printDiff(terminal: Terminal, diff: LinkageDiff, examples: readonly DiffExample[]): void {
  const width = Math.min(terminal.width, 120);
  terminal.line(linkageLine("before", diff.before, width));
  terminal.line(linkageLine("after", diff.after, width));
  const { records, pairs } = diff;
  if (records.new + records.lost > 0)
    terminal.line(`records: ${formatCount(records.new)} new, ${formatCount(records.lost)} lost`);
  terminal.line();
  terminal.line(
    `matches: ${formatCount(pairs.new)} new, ${formatCount(pairs.lost)} lost, ${formatCount(pairs.same)} the same`,
  );
  printCauses(terminal, diff);
  printEntities(terminal, diff);
  for (const example of examples) printExample(terminal, example, width);
}

function linkageLine(
  when: string,
  { directory, run, records, matches, entities }: DiffedLinkage,
  width: number,
): string {
  const counts = `${formatCount(records)} records, ${formatCount(matches)} matches, ${formatCount(entities)} entities`;
  return `${when.padEnd(6)} ${cutText(`${directory} (run ${run})`, Math.max(20, width - counts.length - 9))}  ${counts}`;
}

function printCauses(terminal: Terminal, { causes }: LinkageDiff): void {
  if (causes.length === 0) return;
  terminal.line();
  const ranked = causes.toSorted((a, b) => b.new + b.lost - a.new - a.lost);
  printTable(terminal, ranked, [
    { title: "because of", of: ({ cause }) => cause },
    { title: "new", of: (row) => formatCount(row.new), align: "right" },
    { title: "lost", of: (row) => formatCount(row.lost), align: "right" },
    { title: "", of: ({ cause }) => causeWords[cause], maxWidth: 52 },
  ]);
}

function printEntities(terminal: Terminal, { entities }: LinkageDiff): void {
  terminal.line();
  const shown = entities.filter(({ changes }) => changes > 0);
  printTable(terminal, shown, [
    { title: "entities", of: ({ change }) => change },
    { title: "changes", of: (row) => formatCount(row.changes), align: "right" },
    { title: "before", of: (row) => formatCount(row.before), align: "right" },
    { title: "after", of: (row) => formatCount(row.after), align: "right" },
    { title: "because of", of: ({ causes }) => causeShares(causes), maxWidth: 44 },
  ]);
}

function causeShares(causes: Readonly<Record<string, number>>): string {
  const ranked = Object.entries(causes).toSorted(([, a], [, b]) => b - a);
  return ranked.map(([cause, count]) => `${cause === "null" ? "others" : cause} ${formatCount(count)}`).join(", ");
}

function printExample(terminal: Terminal, { pair, before, after }: DiffExample, width: number): void {
  const line = (indent: number, text: string): void =>
    terminal.line(" ".repeat(indent) + cutText(text, width - indent));
  terminal.line();
  line(0, `${pair.change} because of ${pair.cause.kind}: ${pair.cause.detail}`);
  for (const side of [0, 1] as const) {
    const record = after[side] ?? before[side];
    const name = side === 0 ? pair.left : pair.right;
    line(2, `${record === null ? "" : `${nameOf(record)}  `}${name.source}/${name.id}`);
    const [was, is] = [before[side], after[side]];
    if (was === null || is === null) continue;
    for (const field of pair.changedFields) {
      const [from, to] = [valueText(was.values[field]), valueText(is.values[field])];
      if (from !== to) line(4, `${field}: ${from} -> ${to}`);
    }
  }
  line(2, weightLine(pair));
  const moves = pair.parts.filter(({ moved }) => Math.abs(moved) >= 0.005);
  const shown = moves.toSorted((a, b) => Math.abs(b.moved) - Math.abs(a.moved)).slice(0, partsShown);
  for (const { name, before: was, after: is } of shown) {
    const weights = `${weightText(was?.weight).padStart(7)} -> ${weightText(is?.weight).padStart(7)}`;
    const level = is?.level ?? was?.level ?? "";
    terminal.line(`    ${weights}  ${cutText(level === "" ? name : `${name}: ${level}`, width - 24)}`);
  }
}

function weightLine({ before, after }: DiffExample["pair"]): string {
  const side = ({ weight, outcome, standing }: typeof before): string =>
    `${weightText(weight ?? undefined)} (${outcome ?? standing})`;
  return `weight ${side(before)} -> ${side(after)}`;
}

function weightText(weight: number | undefined): string {
  return weight === undefined ? "-" : `${weight >= 0 ? "+" : ""}${weight.toFixed(2)}`;
}

function valueText(value: unknown): string {
  if (value === null || value === undefined) return "nothing";
  return Array.isArray(value) ? value.join(", ") : String(value);
}
