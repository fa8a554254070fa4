import { formatCount, formatShare } from "../base/index.ts";
import type { CalibrationCertainty, Evaluation } from "../linkage/index.ts";
import type { Terminal } from "./terminal.ts";
import { printTable } from "./text-table.ts";

/** What is known of how right probabilities are. */
type Calibrated = CalibrationCertainty & Pick<Evaluation, "calibration" | "calibrationError">;

/** Characters of a reliability curve. */
const curveWidth = 25;

/** Prints how probabilities and truth agree: a bin a line, and the expected calibration error with what to make of it. */
export function printCalibration(terminal: Terminal, result: Calibrated): void {
  const { calibration, calibrationError, calibrationInterval, calibrationPairs, calibrationByChance } = result;
  if (calibrationPairs === 0)
    return terminal.line("calibration: no labelled pair has a probability between .01 and .99\n");
  const decimals = (value: number): string => value.toFixed(3);
  printTable(terminal, calibration, [
    { title: "probability", of: (bin) => decimals(bin.meanProbability), align: "right" },
    { title: "matches", of: (bin) => decimals(bin.matchShare), align: "right" },
    { title: "pairs", of: (bin) => formatCount(bin.pairs), align: "right" },
    { title: "| said, # true", of: (bin) => curve(bin.meanProbability, bin.matchShare) },
  ]);
  const interval = calibrationInterval
    ? ` [${formatShare(calibrationInterval.low)}, ${formatShare(calibrationInterval.high)}]`
    : "";
  const judged = result.calibrationIsJudged
    ? `over ${formatCount(calibrationPairs)} pairs with probability .01 to .99`
    : `only ${formatCount(calibrationPairs)} pairs with probability .01 to .99: reported, not judged`;
  terminal.line(
    `expected calibration error ${formatShare(calibrationError)}${interval}; ${judged}; right probabilities would show ${formatShare(calibrationByChance)} by chance\n`,
  );
}

function curve(said: number, found: number): string {
  const at = (share: number): number => Math.min(curveWidth - 1, Math.floor(share * curveWidth));
  const drawn = new Array<string>(curveWidth).fill("·");
  drawn[at(found)] = "#";
  drawn[at(said)] = at(said) === at(found) ? "#" : "|";
  return drawn.join("");
}
