/** Kernels may differ from the reference in the last bit of a bound, never in a level. */
const slack = 1e-9;

/**
 * The least Jaro similarity with which texts that share a prefix of 0 to 4 symbols can reach a Jaro-Winkler similarity:
 * the bonus of a tenth of what is missing for each of them is given only above .7.
 */
export function jaroNeeded(jaroWinkler: number): Float64Array {
  return Float64Array.from({ length: 5 }, (_, prefix) => {
    if (jaroWinkler <= 0.7) return jaroWinkler - slack;
    const bonus = 0.1 * prefix;
    return Math.max(0.7, (jaroWinkler - bonus) / (1 - bonus)) - slack;
  });
}

/** Lengths of texts from here on are not looked up. */
export const shortMax = 64;

/**
 * The fewest symbols in common with which texts of lengths `a` and `b`, of which the first `prefix` symbols are equal, can
 * reach a Jaro-Winkler similarity, at `(prefix * shortMax + a) * shortMax + b`; with m of them Jaro is at most (m / a + m / b + 1) / 3.
 */
export function commonMinTable(jaroWinkler: number): Uint8Array {
  const table = new Uint8Array(5 * shortMax * shortMax);
  jaroNeeded(jaroWinkler).forEach((jaro, prefix) => {
    for (let a = 1; a < shortMax; a++)
      for (let b = 1; b < shortMax; b++) {
        const common = Math.ceil(((3 * jaro - 1) * a * b) / (a + b));
        table[(prefix * shortMax + a) * shortMax + b] = Math.min(Math.max(common, 0), 255);
      }
  });
  return table;
}
