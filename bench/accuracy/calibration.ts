import type { JudgedCalibration } from "../lib/calibrated-on-even.ts";
import type { Measure } from "./row.ts";

const errorMax = 0.03;

/** The expected calibration error of probabilities .01 to .99; it has a bar only where there are pairs enough to judge it. */
export function calibrationMeasure(name: string, found: JudgedCalibration): Measure {
  return {
    name,
    value: found.calibrationError,
    interval: found.calibrationInterval,
    lowerIsBetter: true,
    ...(found.calibrationIsJudged ? { bar: errorMax } : {}),
  };
}

/** How many pairs it was seen on, and the reliability table. */
export function calibrationDetails(set: string, found: JudgedCalibration): string[] {
  const judged = found.calibrationIsJudged ? "" : ", fewer than 300: told, not judged";
  const chance = found.calibrationByChance.toFixed(4);
  return [
    `${set}: ${found.calibrationPairs} labelled pairs with probability .01 to .99${judged}; exact probabilities would show ${chance} by chance`,
    ...found.calibration.map(
      ({ pairs, meanProbability, matchShare }) =>
        `    ${String(Math.round(pairs)).padStart(6)} pairs said ${meanProbability.toFixed(3)} were ${matchShare.toFixed(3)}`,
    ),
  ];
}
