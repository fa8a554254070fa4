import { fullYear, parseDay } from "./date.ts";

const yearMin = -5000;
const yearMax = 2999;
const plain = /^[-−]?\d{1,4}$/;
const beforeChrist = /^(?:c\.?|ca\.?|circa)? ?(\d{1,4}) ?(?:bc|bce|b\.c\.)$/i;
const doubtful = /^(?:c\.?|ca\.?|circa|about|~)? ?(-?\d{1,4})(?:s|\?)?\.?0?$/i;
const leading = /^[([]?(\d{4})(?:\.0+)?[)\]]?(?: ?[-–—/,;]|\?|$)/;

/**
 * The year that a text says: "1999", "(1999)", "1999-2003" and "1999–" (the first), dates, "c. 1850", "1237?", "530s",
 * "384 BC" (-384); null for anything else, and for 0, which no calendar has. With `newestYear`, two digits are resolved to
 * the latest year that is not after it.
 */
export function parseYear(text: string, newestYear: number | null): number | null {
  if (plain.test(text)) return plausible(yearFromDigits(text.replace("−", "-"), newestYear));
  const range = leading.exec(text);
  const day = parseDay(text, newestYear ?? yearMax);
  if (day) return plausible(day.year);
  if (range) return plausible(Number(range[1]));
  const before = beforeChrist.exec(text);
  if (before) return plausible(-Number(before[1]));
  const doubt = doubtful.exec(text);
  if (doubt) return plausible(Number(doubt[1]));
  return onlyYearIn(text);
}

function yearFromDigits(digits: string, newestYear: number | null): number {
  return newestYear !== null && /^\d{2}$/.test(digits) ? fullYear(digits, newestYear) : Number(digits);
}

function onlyYearIn(text: string): number | null {
  const found = text.length <= 40 ? text.match(/(?<!\d)(?:1[0-9]|20)\d\d(?!\d)/g) : null;
  return found?.length === 1 ? Number(found[0]) : null;
}

function plausible(year: number): number | null {
  return year !== 0 && year >= yearMin && year <= yearMax ? year : null;
}
