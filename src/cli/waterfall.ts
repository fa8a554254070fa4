import type { PairExplanation } from "../pipelines/index.ts";
import type { Terminal } from "./terminal.ts";
import { cutText } from "./text-table.ts";

/** Half the width of the bars, in characters. */
const barWidth = 12;

/** A weight that fills half the bar; larger ones are cut. */
const fullWeight = 12;

/** Prints why a pair is, or is not, one entity: the prior, one bar a comparison, and the sum. */
export function printWaterfall(terminal: Terminal, pair: PairExplanation): void {
  terminal.line(`${nameOf(pair.left)}  ${terminal.style("dim", `${pair.left.source}/${pair.left.id}`)}`);
  terminal.line(`${nameOf(pair.right)}  ${terminal.style("dim", `${pair.right.source}/${pair.right.id}`)}`);
  printRow(
    terminal,
    pair.priorWeight,
    `prior: ${pair.rule === null ? "no blocking rule makes this pair" : `pairs by "${pair.rule}"`}`,
  );
  for (const step of pair.steps) {
    printRow(
      terminal,
      step.weight,
      `${step.field}: ${step.level}${step.tendency === "missing" ? "" : `  ${terminal.style("dim", `${valueText(step.left)} | ${valueText(step.right)}`)}`}`,
    );
  }
  for (const { name, detail, weight } of pair.beyond) printRow(terminal, weight, `${name}: ${detail}`);
  const outcome = pair.reason === "" ? pair.outcome : `${pair.outcome}: ${pair.reason}`;
  printRow(
    terminal,
    pair.weight,
    `${terminal.style("bold", `probability ${probabilityText(pair.probability)}`)}, ${outcome}`,
  );
}

/** Titles of megabytes exist. */
const nameWidth = 200;

/** The title or name of a record, with its year. */
export function nameOf(record: PairExplanation["left"]): string {
  const { title, name, year } = record.values;
  return `${cutText(String(title ?? name ?? record.id), nameWidth)}${typeof year === "number" ? ` (${year})` : ""}`;
}

/** A probability that never claims to be certain. */
export function probabilityText(probability: number): string {
  if (probability > 0.9999) return "above .9999";
  return probability < 0.0001 ? "below .0001" : probability.toFixed(4).replace(/^0/, "");
}

function printRow(terminal: Terminal, weight: number, text: string): void {
  const filled = Math.min(barWidth, Math.round((Math.abs(weight) / fullWeight) * barWidth));
  const bar = "█".repeat(filled);
  const drawn =
    weight < 0
      ? `${bar.padStart(barWidth)}│${" ".repeat(barWidth)}`
      : `${" ".repeat(barWidth)}│${bar.padEnd(barWidth)}`;
  terminal.line(`  ${weightText(weight).padStart(7)} ${terminal.style(weight < 0 ? "red" : "green", drawn)} ${text}`);
}

function weightText(weight: number): string {
  if (!Number.isFinite(weight)) return "-∞";
  return weight === 0 ? "0" : `${weight > 0 ? "+" : ""}${weight.toFixed(2)}`;
}

function valueText(value: unknown): string {
  const text = Array.isArray(value) ? value.join(", ") : String(value);
  return text.length > 40 ? `${text.slice(0, 39)}…` : text;
}
