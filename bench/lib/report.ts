/**
 * Ends a bench: prints what was wrong, then its one line of JSON. A bench whose output was not found equal, or right,
 * fails, whatever its figures; one that misses a bar does not, as its figures say so.
 */
export function reportBench(
  bench: string,
  figures: Readonly<Record<string, number>>,
  bars: Readonly<Record<string, number>>,
  problems: readonly string[] = [],
): void {
  for (const problem of problems) console.error(`${bench}: ${problem}`);
  const rounded = Object.entries(figures).map(([name, value]) => [name, Number(value.toPrecision(9))]);
  console.log(JSON.stringify({ bench, figures: Object.fromEntries(rounded), bars }));
  if (problems.length > 0) process.exitCode = 1;
}
