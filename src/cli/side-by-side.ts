import type { Tendency } from "../linkage/index.ts";
import type { PairExplanation } from "../pipelines/index.ts";
import type { Terminal } from "./terminal.ts";
import { cutText, padText } from "./text-table.ts";
import { nameOf } from "./waterfall.ts";

const fieldWidth = 11;
const weightWidth = 7;
/** One block of the bar for each two bits of weight. */
const barWidth = 6;
const bitsPerBlock = 2;

const signs: Readonly<Record<Tendency, string>> = { agrees: "=", differs: "≠", open: "~", missing: "·" };

/**
 * Prints two records beside each other, field by field: whether they agree, and what that adds to the weight. Fits 80
 * columns, and uses up to 120.
 */
export function printSideBySide(terminal: Terminal, pair: PairExplanation): void {
  const width = Math.min(Math.max(terminal.width, 60), 120);
  const valueWidth = Math.floor((width - fieldWidth - weightWidth - barWidth - 6) / 2);
  const row = (field: string, left: string, sign: string, right: string): string =>
    `${padText(cutText(field, fieldWidth), fieldWidth)} ${padText(cutText(left, valueWidth), valueWidth)} ${sign} ${padText(cutText(right, valueWidth), valueWidth)}`;
  const line = (text: string, weight: number | null): void => {
    if (weight === null) return terminal.line(text.trimEnd());
    const colour = weight < 0 ? "red" : "green";
    terminal.line(`${text} ${terminal.style(colour, `${weightText(weight)} ${bar(weight)}`.trimEnd())}`);
  };
  line(terminal.style("bold", row("", nameOf(pair.left), " ", nameOf(pair.right))), null);
  line(terminal.style("dim", row("", recordText(pair.left), " ", recordText(pair.right))), null);
  const compared = new Set(pair.steps.map(({ field }) => field));
  const words = pair.rule === null ? "no blocking rule makes this pair" : `pairs by "${pair.rule}"`;
  const rest = fieldWidth + 1;
  line(
    padText(`${padText("prior", fieldWidth)} ${cutText(words, 2 * valueWidth + 3)}`, rest + 2 * valueWidth + 3),
    pair.priorWeight,
  );
  for (const step of pair.steps) {
    const text = row(step.field, valueText(step.left), signs[step.tendency], valueText(step.right));
    line(step.tendency === "differs" ? terminal.style("bold", text) : text, step.weight);
  }
  for (const { name, detail, weight } of pair.beyond)
    line(
      padText(`${padText(name, fieldWidth)} ${cutText(detail, 2 * valueWidth + 3)}`, rest + 2 * valueWidth + 3),
      weight,
    );
  for (const field of uncompared(pair, compared))
    line(
      terminal.style("dim", row(field, valueText(pair.left.values[field]), " ", valueText(pair.right.values[field]))),
      null,
    );
}

/** Fields that are no evidence may still tell a person. */
function uncompared({ left, right }: PairExplanation, compared: ReadonlySet<string>): string[] {
  const fields = new Set([...Object.keys(left.values), ...Object.keys(right.values)]);
  return [...fields].filter(
    (field) => !compared.has(field) && (left.values[field] ?? right.values[field] ?? null) !== null,
  );
}

function recordText({ source, id }: PairExplanation["left"]): string {
  return `${source}/${id}`;
}

function bar(weight: number): string {
  return "█".repeat(Math.min(barWidth, Math.round(Math.abs(weight) / bitsPerBlock)));
}

function weightText(weight: number): string {
  if (!Number.isFinite(weight)) return "-∞".padStart(weightWidth);
  return (weight === 0 ? "0" : `${weight > 0 ? "+" : ""}${weight.toFixed(2)}`).padStart(weightWidth);
}

function valueText(value: unknown): string {
  if (value === null || value === undefined) return "";
  return Array.isArray(value) ? value.join(", ") : String(value);
}
