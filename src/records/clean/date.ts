const months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const dayMs = 86_400_000;

/** A calendar day; the year may have had only two digits in the source. */
export interface CalendarDay {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

const iso = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ].*)?$/;
const compact = /^(\d{4})(\d{2})(\d{2})$/;
const numeric = /^(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})(?: .*)?$/;
const monthFirst = /^([a-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})$/i;
const dayFirst = /^(\d{1,2})(?:st|nd|rd|th)?[ -]([a-z]{3,9})\.?,?[ -](\d{4}|\d{2})$/i;

/**
 * A day from ISO ("1998-06-12"), US ("6/12/1998", unless the first number cannot be a month), dotted ("12.06.1998") and
 * worded ("Jun 12 1998", "12-Jun-98") dates; null for what is no whole date. Two-digit years are resolved to the latest
 * year that is not after `newestYear`.
 */
export function parseDay(text: string, newestYear: number): CalendarDay | null {
  const parts = iso.exec(text) ?? compact.exec(text);
  if (parts) return validDay(Number(parts[1]), Number(parts[2]), Number(parts[3]));
  const numbers = numeric.exec(text);
  if (numbers) return numericDay(numbers, newestYear);
  const words = monthFirst.exec(text.replace(/^[a-z]{3,9}, /i, ""));
  if (words) return validDay(Number(words[3]), monthNamed(words[1] as string), Number(words[2]));
  const day = dayFirst.exec(text);
  if (day) return validDay(fullYear(day[3] as string, newestYear), monthNamed(day[2] as string), Number(day[1]));
  return null;
}

/** Days since 1970-01-01 of a day. */
export function dayNumber({ year, month, day }: CalendarDay): number {
  return Math.round(new Date(0).setUTCFullYear(year, month - 1, day) / dayMs);
}

/** A two-digit year as the latest that is not after `newestYear`; a four-digit year as it is. */
export function fullYear(digits: string, newestYear: number): number {
  if (digits.length > 2) return Number(digits);
  const century = newestYear - (newestYear % 100);
  const year = century + Number(digits);
  return year > newestYear ? year - 100 : year;
}

function numericDay(parts: RegExpExecArray, newestYear: number): CalendarDay | null {
  const [first, second] = [Number(parts[1]), Number(parts[3])];
  const year = fullYear(parts[4] as string, newestYear);
  const dayComesFirst = parts[2] === "/" ? first > 12 : second <= 12;
  return dayComesFirst ? validDay(year, second, first) : validDay(year, first, second);
}

function monthNamed(word: string): number {
  return months.indexOf(word.slice(0, 3).toLowerCase()) + 1;
}

function validDay(year: number, month: number, day: number): CalendarDay | null {
  if (month < 1 || month > 12 || day < 1 || year < 1) return null;
  const daysInMonth = new Date(Date.UTC(2000 + (year % 400), month, 0)).getUTCDate();
  return day <= daysInMonth ? { year, month, day } : null;
}
