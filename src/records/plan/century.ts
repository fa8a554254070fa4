/** The year that catalogues are taken to be of when the caller says none: a constant, so equal input gives equal plans. */
export const defaultAsOfYear = 2026;

/** How far ahead films are announced. */
const announcedYears = 5;
/** Empty years after the bulk of a catalogue that end its run of years. */
const gapYears = 3;

/**
 * The newest year that release years of a column can have; later ones are 100 years off (two-digit years read into the
 * wrong century: vega-datasets writes "Jan 01 2046" for a film of 1946). Where some year is impossible, which proves the
 * fault, the line is drawn tighter: at the end of the run of years that the newest hundredth of the values stands in.
 */
export function newestYearOf(years: readonly number[], asOfYear: number): number {
  const latest = asOfYear + announcedYears;
  const impossible = years.some((year) => year > latest && year <= latest + 100);
  if (!impossible) return latest;
  const sorted = [...years].sort((a, b) => a - b);
  let newest = sorted[Math.floor((sorted.length - 1) * 0.99)] as number;
  if (newest > latest) return latest;
  for (const year of sorted) if (year > newest && year <= newest + gapYears) newest = year;
  return Math.min(newest, latest);
}
