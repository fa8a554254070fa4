import { seededRandom } from "../../base/index.ts";
import { middle, replicateCount } from "./bootstrap.ts";
import { isOpen, type Judged, tiedPairs } from "./calibration.ts";
import { equalMassBins, type TiedPairs } from "./equal-mass-bins.ts";
import type { Interval } from "./interval.ts";

/** How sure a calibration error is. */
export interface CalibrationCertainty {
  /** Labelled pairs with probability .01 to .99. */
  readonly calibrationPairs: number;
  /** False below 300 such pairs: too few to judge by, whatever the error is. */
  readonly calibrationIsJudged: boolean;
  readonly calibrationInterval: Interval | null;
  /** The error that as many pairs would show on average if every probability were exactly right. */
  readonly calibrationByChance: number;
}

const pairsMin = 300;
const seed = 20_150_125;

/**
 * How sure a calibration error is. The interval is the bootstrap's reflected around the error ("basic"), because resampled
 * bins are noisier than the pairs' own and so always look worse. A. C. Davison, D. V. Hinkley, "Bootstrap Methods and
 * Their Application", 1997, section 5.2.
 */
export function calibrationCertainty(judged: readonly Judged[]): CalibrationCertainty {
  const open = judged
    .filter(isOpen)
    .toSorted(
      (a, b) => a.probability - b.probability || (a.unit ?? 0) - (b.unit ?? 0) || Number(a.match) - Number(b.match),
    );
  const counted = { calibrationPairs: open.length, calibrationIsJudged: open.length >= pairsMin };
  if (open.length < 2) return { ...counted, calibrationInterval: null, calibrationByChance: 0 };
  const tied = tiedPairs(open);
  const error = equalMassBins(tied);
  const { low, high } = middle(resampledErrors(open, tied));
  const interval = { low: Math.max(0, 2 * error - high), high: Math.min(1, Math.max(error, 2 * error - low)) };
  return { ...counted, calibrationInterval: interval, calibrationByChance: chanceError(tied) };
}

function resampledErrors(open: readonly Judged[], { probability }: TiedPairs): number[] {
  const placeOf = new Map(Array.from(probability, (value, place) => [value, place]));
  const place = Int32Array.from(open, (pair) => placeOf.get(pair.probability) as number);
  const units = [...Map.groupBy(open.keys(), (i) => open[i]?.unit ?? -1 - i).values()];
  const random = seededRandom(seed);
  const drawn = {
    probability,
    pairs: new Float64Array(probability.length),
    matches: new Float64Array(probability.length),
  };
  return Array.from({ length: replicateCount(open.length) }, () => {
    drawn.pairs.fill(0);
    drawn.matches.fill(0);
    for (let draw = 0; draw < units.length; draw++) {
      for (const i of units[random.integer(units.length)] as number[]) {
        const at = place[i] as number;
        drawn.pairs[at] = (drawn.pairs[at] as number) + 1;
        if (open[i]?.match) drawn.matches[at] = (drawn.matches[at] as number) + 1;
      }
    }
    return equalMassBins(drawn);
  });
}

const chanceDraws = 200;

function chanceError(tied: TiedPairs): number {
  const random = seededRandom(seed).fork("chance");
  let sum = 0;
  for (let draw = 0; draw < chanceDraws; draw++) {
    const matches = tied.pairs.map((count, i) => {
      let found = 0;
      for (let pair = 0; pair < count; pair++) if (random.next() < (tied.probability[i] as number)) found++;
      return found;
    });
    sum += equalMassBins({ ...tied, matches });
  }
  return sum / chanceDraws;
}
