import { bootstrap, type UnitTable } from "./bootstrap.ts";
import { type Interval, wilson } from "./interval.ts";
import { harmonicMean, type ScoreIntervals } from "./scores.ts";

/** Fewer units than this say nothing of how others would come out. */
const unitsMin = 10;

/** The columns of a unit table that precision and recall are made of; each a sum of what was right and of all there was. */
export interface ScoreColumns {
  readonly precision: readonly [right: number, all: number];
  readonly recall: readonly [right: number, all: number];
}

/**
 * Intervals of precision, recall and F1 for each set of columns, from one resampling of the units; null for few units.
 * Where no unit errs, no resampling can err either, and an interval without width would claim certainty: its end is then
 * Wilson's over the units that could have erred.
 */
export function scoreIntervals(units: UnitTable, columns: readonly ScoreColumns[]): (ScoreIntervals | null)[] {
  if (units.unitCount < unitsMin) return columns.map(() => null);
  const share = (sums: Float64Array, [right, all]: readonly [number, number]): number =>
    sums[all] === 0 ? 1 : (sums[right] as number) / (sums[all] as number);
  const drawn = bootstrap(units, (sums) =>
    columns.flatMap((one) => {
      const [precision, recall] = [share(sums, one.precision), share(sums, one.recall)];
      return [precision, recall, harmonicMean(precision, recall)];
    }),
  );
  return columns.map((one, i) => {
    const [precision, recall, f1] = drawn.slice(i * 3, i * 3 + 3) as [Interval, Interval, Interval];
    const widened = {
      precision: widen(precision, trialsOf(units, one.precision[1])),
      recall: widen(recall, trialsOf(units, one.recall[1])),
    };
    const isCertain = f1.low === f1.high;
    const low = harmonicMean(widened.precision.low, widened.recall.low);
    return { ...widened, f1: isCertain ? { low: Math.min(low, f1.low), high: f1.high } : f1 };
  });
}

function trialsOf({ unitCount, width, values }: UnitTable, column: number): number {
  let trials = 0;
  for (let unit = 0; unit < unitCount; unit++) if ((values[unit * width + column] as number) > 0) trials++;
  return trials;
}

function widen({ low, high }: Interval, trials: number): Interval {
  if (low !== high || (low !== 0 && low !== 1)) return { low, high };
  return wilson(low === 1 ? trials : 0, trials) ?? { low: 0, high: 1 };
}
