import { formatCount } from "../base/index.ts";
import type { Interval, KnownSoFar } from "../linkage/index.ts";
import type { LabelQuestion } from "../pipelines/index.ts";
import { printSideBySide } from "./side-by-side.ts";
import type { Terminal } from "./terminal.ts";
import { cutText } from "./text-table.ts";
import { probabilityText } from "./waterfall.ts";

/** Prints a pair to label: why it is asked about, both records, the evidence. */
export function printQuestion(terminal: Terminal, question: LabelQuestion, number: number): void {
  const { pair, alike, why, believed } = question;
  const reason =
    why === "teaches"
      ? `teaches most: ${formatCount(alike)} ${alike === 1 ? "pair looks" : "pairs look"} like this`
      : "drawn at random, to measure";
  terminal.line();
  terminal.line(terminal.style("bold", `Pair ${formatCount(number)}`) + terminal.style("dim", `  ${reason}`));
  printSideBySide(terminal, pair);
  const learned = Math.abs(believed - pair.probability) < 0.005 ? "" : `, by your labels ${believed.toFixed(2)}`;
  const outcome = pair.reason === "" ? pair.outcome : `${pair.outcome}: ${pair.reason}`;
  terminal.line(
    cutText(`probability ${probabilityText(pair.probability)}${learned}; ${outcome}`, Math.min(terminal.width, 120)),
  );
}

/** Says in two lines at most what the labels so far tell. */
export function printKnown(terminal: Terminal, known: KnownSoFar): void {
  const { same, different, unsure, precision, review, doubted } = known;
  if (same + different + unsure === 0) return;
  const counts = `${same} same, ${different} different${unsure > 0 ? `, ${unsure} unsure` : ""}`;
  const parts = [counts];
  if (precision !== null)
    parts.push(`precision ${shareText(precision.share, precision.interval)}${partText(precision.covered)}`);
  if (review !== null) parts.push(`of those for review ${shareText(review.share, review.interval)} are the same`);
  terminal.line(terminal.style("dim", parts.join("; ")));
  if (doubted.pairs < doubtedMin) return;
  const said = `the model said ${doubted.meanProbability.toFixed(2)} and ${doubted.matchShare.toFixed(2)} are the same`;
  terminal.line(
    terminal.style(
      "dim",
      `of ${doubted.pairs} pairs in doubt ${said}; calibration error ${doubted.calibrationError.toFixed(2)}`,
    ),
  );
}

/** Fewer labels in doubt would say nothing of a calibration. */
const doubtedMin = 10;

function shareText(share: number, interval: Interval | null): string {
  return `${share.toFixed(3)}${interval ? ` [${interval.low.toFixed(3)}, ${interval.high.toFixed(3)}]` : ""}`;
}

function partText(covered: number): string {
  return covered > 0.9995 ? "" : ` of ${(covered * 100).toFixed(1)} % of matches`;
}
