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
