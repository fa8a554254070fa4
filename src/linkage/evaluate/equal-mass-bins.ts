/** Pairs by probability, ascending: how many there are of each, and how many of those are matches. */
export interface TiedPairs {
  readonly probability: Float64Array;
  readonly pairs: Float64Array;
  readonly matches: Float64Array;
}

const binsMax = 15;

/** Visits up to 15 bins of equal size, by probability, and gives the expected calibration error; 0 without a pair. */
export function equalMassBins(
  tied: TiedPairs,
  visit: (pairs: number, probabilitySum: number, matchSum: number) => void = () => {},
): number {
  const total = tied.pairs.reduce((sum, count) => sum + count, 0);
  const bins = Math.min(binsMax, total);
  let [bin, start, seen, probabilitySum, matchSum, error] = [1, 0, 0, 0, 0, 0];
  tied.pairs.forEach((count, i) => {
    const probability = tied.probability[i] as number;
    const matchShare = (tied.matches[i] as number) / count;
    for (let left = count; left > 0; ) {
      const end = Math.floor((bin * total) / bins);
      const taken = Math.min(left, end - seen);
      probabilitySum += taken * probability;
      matchSum += taken * matchShare;
      seen += taken;
      left -= taken;
      if (seen < end) continue;
      visit(end - start, probabilitySum, matchSum);
      error += Math.abs(probabilitySum - matchSum);
      [bin, start, probabilitySum, matchSum] = [bin + 1, end, 0, 0];
    }
  });
  return total === 0 ? 0 : error / total;
}
